import { type Connections, readSpan } from '../../connection/index.ts';
import { type Executor, UsageError } from '../../framework/index.ts';
import type { Websites } from '../../store/index.ts';
import { invalid } from '../webhook-error.ts';

export const actor = 'command line';

/** `app-secret: value` as a header's name and value. @throws UsageError */
export function headersFrom(given: readonly string[] | undefined): Record<string, string> | undefined {
  if (given === undefined || given.length === 0) return undefined;
  return Object.fromEntries(
    given.map((text) => {
      const colon = text.indexOf(':');
      if (colon < 1) throw new UsageError("--header is a name and a value, such as --header 'app-secret: value'.");
      return [text.slice(0, colon), text.slice(colon + 1)];
    }),
  );
}

/** The website that a code means. @throws WebhookError `WEBHOOK_INVALID` */
export async function websiteIdOf(websites: Websites, code: string): Promise<number> {
  const website = await websites.byCode(code);
  if (website && website.id !== 0) return website.id;
  const known = (await websites.websites()).filter(({ id }) => id !== 0).map((one) => one.code);
  throw invalid('websiteId', `There is no website "${code}"; there are ${known.join(', ')}.`);
}

/** @throws ConnectionError `CONNECTION_UNKNOWN` */
export const connectionIdOf = async (db: Executor, connections: Connections, code: string): Promise<number> =>
  (await connections.byCode(db, code)).id;

/** How long the secret before may sign beside the new one. */
export const overlapOf = (text: string | undefined): number =>
  readSpan(text ?? '24h', { from: '0m', to: '7d', example: '24h' });
