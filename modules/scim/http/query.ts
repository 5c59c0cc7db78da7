import { depart } from '../deviation/depart.ts';
import { quoted } from '../error.ts';
import { parseFilter } from '../filter/parse.ts';
import { member } from '../messages/member.ts';
import { checkSchemas } from '../messages/schemas.ts';
import type { Reading } from '../mode.ts';
import { type AttributePath, resolveName } from '../path/attribute-path.ts';
import { invalidSyntax, invalidValue } from '../refusal.ts';
import { isObject } from '../resource/resource.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import type { ListQuery } from './handler.ts';
import { type PageSizes, type PagingParameters, readPaging } from './paging.ts';

export const SEARCH_REQUEST_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';

/** The parameters of a query, from a URL or from a SearchRequest; undefined where not given. */
export interface QueryParameters extends PagingParameters {
  readonly attributes?: string | readonly string[];
  readonly excludedAttributes?: string | readonly string[];
  readonly filter?: string;
  readonly sortBy?: string;
  readonly sortOrder?: string;
}

const names = ['attributes', 'excludedAttributes', 'filter', 'sortBy', 'sortOrder', 'startIndex', 'count', 'cursor'];

/** From the URL (RFC 7644 §3.4.2). Unknown parameters, such as Entra's `aadOptscim062020`, are passed over. */
export function queryFromUrl(parameters: ReadonlyMap<string, string>): QueryParameters {
  if (parameters.size === 0) return {};
  const given: Record<string, string> = {};
  for (const name of names) {
    const value = parameters.get(name.toLowerCase());
    if (value !== undefined) given[name] = value;
  }
  return given;
}

/** From the body of a POST to `/.search` (RFC 7644 §3.4.3). */
export function queryFromMessage(body: unknown, how: Reading): QueryParameters {
  if (!isObject(body)) throw invalidSyntax('The body must be a SearchRequest message.');
  checkSchemas(body, SEARCH_REQUEST_SCHEMA, how);
  const given = (name: string): unknown => member(body, name.toLowerCase()) ?? undefined;
  const text = (name: string): string | undefined => {
    const value = given(name);
    if (value === undefined || typeof value === 'string') return value;
    throw invalidValue(`${name} must be a string.`);
  };
  const list = (name: string): string | readonly string[] | undefined => {
    const value = given(name);
    if (typeof value === 'string') depart('single-value-for-list', name, how);
    if (value === undefined || typeof value === 'string') return value;
    if (Array.isArray(value) && value.every((entry) => typeof entry === 'string')) return value;
    throw invalidValue(`${name} must be a list of attribute names.`);
  };
  const number = (name: string): unknown => {
    const value = given(name);
    if (typeof value === 'string') depart('string-number', name, how);
    return value;
  };
  return defined({
    attributes: list('attributes'),
    excludedAttributes: list('excludedAttributes'),
    filter: text('filter'),
    sortBy: text('sortBy'),
    sortOrder: text('sortOrder'),
    startIndex: number('startIndex'),
    count: number('count'),
    cursor: given('cursor'),
  });
}

/** The query in numbers and paths. Throws `invalidFilter`, `invalidValue`, or with a cursor the words of RFC 9865 §4. */
export function readQuery(given: QueryParameters, type: ResourceType, limits: PageSizes, how: Reading): ListQuery {
  const paging = readPaging(given, limits);
  const filter = given.filter === undefined ? undefined : parseFilter(given.filter, type, how);
  const sortOrder = readOrder(given.sortOrder);
  return { ...paging, sortOrder, ...(filter ? { filter } : {}), ...readSort(given, type, how) };
}

/** What the query sorts by, if anything. @throws ScimError `invalidValue` where the type has no such attribute */
export function readSort(
  { sortBy }: Pick<QueryParameters, 'sortBy'>,
  type: ResourceType,
  how: Reading,
): Pick<ListQuery, 'sortBy'> {
  return sortBy === undefined || sortBy === '' ? {} : { sortBy: sortPath(sortBy, type, how) };
}

function sortPath(text: string, type: ResourceType, how: Reading): AttributePath {
  const found = resolveName(text.trim(), type, how.mode === 'compat');
  if (found.kind !== 'attribute') throw invalidValue(`sortBy: ${type.name} has no attribute ${quoted(text)}.`);
  if (found.odd) depart(found.odd, 'sortBy', how);
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
