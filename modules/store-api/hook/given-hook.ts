import { isRecord } from '../http/parameters.ts';
import { malformed, unfit } from '../refusal.ts';

/** What an importer says of a webhook. */
export interface GivenHook {
  readonly scope?: string;
  readonly destination?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly active?: boolean;
}

const textIn = (body: Readonly<Record<string, unknown>>, name: string): string | undefined => {
  const value = body[name];
  if (value === undefined || typeof value === 'string') return value;
  throw unfit(name, `"${name}" has to be a text.`);
};

/** @throws StoreRefusal 400, 422 that names the field */
export function readHook(body: unknown): GivenHook {
  if (!isRecord(body)) throw malformed('The body has to be a JSON object: one webhook at a time.');
  const { headers, is_active: active } = body;
  const [scope, destination] = [textIn(body, 'scope'), textIn(body, 'destination')];
  if (active !== undefined && typeof active !== 'boolean')
    throw unfit('is_active', '"is_active" has to be true or false.');
  return {
    ...(scope === undefined ? {} : { scope }),
    ...(destination === undefined ? {} : { destination }),
    ...(headers === undefined ? {} : { headers: headersIn(headers) }),
    ...(active === undefined ? {} : { active }),
  };
}

function headersIn(value: unknown): Readonly<Record<string, string>> {
  if (value === null || (Array.isArray(value) && value.length === 0)) return {};
  const entries = isRecord(value) ? Object.entries(value) : undefined;
  if (entries?.every((entry): entry is [string, string] => typeof entry[1] === 'string'))
    return Object.fromEntries(entries);
  throw unfit('headers', '"headers" has to be an object of texts: {"app-secret": "…"}.');
}
