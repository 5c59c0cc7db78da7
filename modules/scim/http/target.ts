import { depart } from '../deviation/depart.ts';
import type { Reading } from '../mode.ts';
import { invalidSyntax } from '../refusal.ts';
import { isText } from '../resource/resource.ts';

/** What a request line asks for, below the SCIM base. */
export interface Target {
  /** Decoded, without empty ones: `//Users/` and `/Users` are the same. */
  readonly segments: readonly string[];
  /** The code of `/connections/<code>/…`, which is no longer among the segments. */
  readonly connection?: string;
  /** Without the question mark; may be empty. */
  readonly query: string;
}

/** Of a request without a query. */
export const noParameters: ReadonlyMap<string, string> = new Map();

/** Splits a request's URL, or answers undefined where it is not below `base` (such as `/scim/v2`). */
export function readTarget(url: string, base: readonly string[]): Target | undefined {
  const question = url.indexOf('?');
  const path = question < 0 ? url : url.slice(0, question);
  const query = question < 0 ? '' : url.slice(question + 1);
  const raw: string[] = [];
  for (const segment of path.split('/')) if (segment !== '') raw.push(segment);
  for (let i = 0; i < base.length; i++) if (raw[i] !== base[i]) return undefined;
  const segments = raw.slice(base.length).map(decodeSegment);
  if (segments[0] !== 'connections' || segments[1] === undefined) return { segments, query };
  return { segments: segments.slice(2), connection: segments[1], query };
}

/** The segments of a path as `readTarget` wants them. */
export const segmentsOf = (path: string): readonly string[] => path.split('/').filter((segment) => segment !== '');

function decodeSegment(segment: string): string {
  if (!segment.includes('%')) return segment;
  const text = decode(segment, 'path');
  if (!isText(text)) throw invalidSyntax('The path of the URL holds U+0000.');
  return text;
}

/**
 * The parameters of a query by lower-case name. Empty ones (`?`, a trailing `&`) are passed over; a parameter given
 * twice is refused, because nobody can tell which one counts. In `compat` a `+` is a blank (OneLogin writes filters so),
 * except in a value that has its blanks as `%20`: there a `+` is a plus, as in `userName%20eq%20"a+b@example.com"`.
 */
export function readParameters(query: string, how: Pick<Reading, 'mode' | 'notes'>): ReadonlyMap<string, string> {
  if (query === '') return noParameters;
  const parameters = new Map<string, string>();
  for (const pair of query.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = decode(equals < 0 ? pair : pair.slice(0, equals), 'query').toLowerCase();
    const raw = equals < 0 ? '' : pair.slice(equals + 1);
    if (parameters.has(name)) throw invalidSyntax(`The query gives ${JSON.stringify(name)} twice.`);
    parameters.set(name, decode(withBlanks(raw, name, how), 'query'));
  }
  return parameters;
}

function withBlanks(raw: string, name: string, how: Pick<Reading, 'mode' | 'notes'>): string {
  if (!raw.includes('+') || raw.includes('%20') || how.mode === 'interop-strict') return raw;
  depart('plus-for-blank', `query ${name}`, how);
  return raw.replaceAll('+', ' ');
}

function decode(text: string, where: 'path' | 'query'): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalidSyntax(`The ${where} of the URL is not percent-encoded UTF-8.`);
  }
}
