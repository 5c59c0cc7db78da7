import { quoted } from '../error.ts';
import { parseFilter } from '../filter/parse.ts';
import { parseNumber } from '../filter/value.ts';
import type { Reading } from '../mode.ts';
import { type AttributePath, resolveName } from '../path/attribute-path.ts';
import { invalidSyntax, invalidValue } from '../refusal.ts';
import { isObject } from '../resource/resource.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import type { ListQuery } from './handler.ts';

export const SEARCH_REQUEST_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';

/** The parameters of a query, from a URL or from a SearchRequest; undefined where not given. */
export interface QueryParameters {
  readonly attributes?: string | readonly string[];
  readonly excludedAttributes?: string | readonly string[];
  readonly filter?: string;
  readonly sortBy?: string;
  readonly sortOrder?: string;
  readonly startIndex?: unknown;
  readonly count?: unknown;
}

/** From the URL (RFC 7644 §3.4.2). Unknown parameters, such as Entra's `aadOptscim062020`, are passed over. */
export function queryFromUrl(parameters: ReadonlyMap<string, string>): QueryParameters {
  if (parameters.size === 0) return {};
  const given: Record<string, string> = {};
  for (const name of ['attributes', 'excludedAttributes', 'filter', 'sortBy', 'sortOrder', 'startIndex', 'count']) {
    const value = parameters.get(name.toLowerCase());
    if (value !== undefined) given[name] = value;
  }
  return given;
}

/** From the body of a POST to `/.search` (RFC 7644 §3.4.3). */
export function queryFromMessage(body: unknown, how: Reading): QueryParameters {
  if (!isObject(body)) throw invalidSyntax('The body must be a SearchRequest message.');
  const members = new Map(Object.entries(body).map(([name, value]) => [name.toLowerCase(), value]));
  const schemas = members.get('schemas');
  const uris = Array.isArray(schemas) ? schemas : [schemas];
  if (!uris.some((uri) => typeof uri === 'string' && uri.toLowerCase() === SEARCH_REQUEST_SCHEMA.toLowerCase())) {
    if (how.mode === 'interop-strict') throw invalidSyntax(`"schemas" must be ["${SEARCH_REQUEST_SCHEMA}"].`);
    how.notes.push('schemas-missing: SearchRequest');
  }
  const text = (name: string): string | undefined => {
    const value = members.get(name.toLowerCase()) ?? undefined;
    if (value === undefined || typeof value === 'string') return value;
    throw invalidValue(`${name} must be a string.`);
  };
  const names = (name: string): string | readonly string[] | undefined => {
    const value = members.get(name.toLowerCase()) ?? undefined;
    if (value === undefined || typeof value === 'string') return value;
    if (Array.isArray(value) && value.every((entry) => typeof entry === 'string')) return value;
    throw invalidValue(`${name} must be a list of attribute names.`);
  };
  return defined({
    attributes: names('attributes'),
    excludedAttributes: names('excludedAttributes'),
    filter: text('filter'),
    sortBy: text('sortBy'),
    sortOrder: text('sortOrder'),
    startIndex: members.get('startindex') ?? undefined,
    count: members.get('count') ?? undefined,
  });
}

/**
 * The query in numbers and paths: `startIndex` below 1 is 1, a negative `count` is 0, one above the maximum is the
 * maximum (RFC 7644 §3.4.2.4). Throws `invalidFilter` or `invalidValue`.
 */
export function readQuery(
  given: QueryParameters,
  type: ResourceType,
  limits: { readonly defaultCount: number; readonly maxCount: number },
  how: Reading,
): ListQuery {
  const startIndex = Math.max(1, integer('startIndex', given.startIndex) ?? 1);
  const count = Math.min(limits.maxCount, Math.max(0, integer('count', given.count) ?? limits.defaultCount));
  const filter = given.filter === undefined ? undefined : parseFilter(given.filter, type, how);
  const sortBy = given.sortBy === undefined || given.sortBy === '' ? undefined : sortPath(given.sortBy, type, how);
  const sortOrder = readOrder(given.sortOrder);
  return { startIndex, count, sortOrder, ...(filter ? { filter } : {}), ...(sortBy ? { sortBy } : {}) };
}

function integer(name: string, value: unknown): number | undefined {
  if (value === undefined || value === '') return undefined;
  const number = typeof value === 'string' ? parseNumber(value.trim()) : value;
  if (typeof number !== 'number' || !Number.isInteger(number)) throw invalidValue(`${name} must be an integer.`);
  return Math.min(Math.max(number, Number.MIN_SAFE_INTEGER), Number.MAX_SAFE_INTEGER);
}

function sortPath(text: string, type: ResourceType, how: Reading): AttributePath {
  const found = resolveName(text.trim(), type, how.mode === 'compat');
  if (found.kind !== 'attribute') throw invalidValue(`sortBy: ${type.name} has no attribute ${quoted(text)}.`);
  const { path } = found;
  if ((path.subAttribute ?? path.attribute).returned === 'never') {
    throw invalidValue(`sortBy: ${quoted(text)} is never returned and cannot be sorted by.`);
  }
  if (path.subAttribute || path.attribute.type !== 'complex') return path;
  const value = path.attribute.byName.get('value');
  if (!value) throw invalidValue(`sortBy: ${quoted(text)} is complex; name one of its sub-attributes.`);
  return { ...path, subAttribute: value };
}

function readOrder(text: string | undefined): ListQuery['sortOrder'] {
  const order = text?.trim().toLowerCase() ?? '';
  if (order === '' || order === 'ascending') return 'ascending';
  if (order === 'descending') return 'descending';
  throw invalidValue('sortOrder must be "ascending" or "descending".');
}

/** Leaves out what is undefined. */
function defined(given: { readonly [K in keyof QueryParameters]: QueryParameters[K] | undefined }): QueryParameters {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
