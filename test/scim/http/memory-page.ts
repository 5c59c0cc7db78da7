import { createHmac } from 'node:crypto';
import {
  type AttributePath,
  compareCodePoints,
  expiredCursor,
  fold,
  invalidCount,
  invalidCursor,
  isObject,
  type ListQuery,
  type ListResult,
  parseDateTime,
  printFilter,
  printPath,
  type Resource,
} from '../../../modules/scim/index.ts';

type Key = string | number | undefined;

interface Entry {
  readonly resource: Resource;
  readonly key: Key;
  /** Decides between equal keys: the order of creation, which is that of the ids. */
  readonly sequence: number;
}

/** Where a page begins: after, or before, a resource that may be gone by now. */
interface Position {
  readonly query: string;
  readonly count: number;
  readonly back: boolean;
  readonly key: Key;
  readonly sequence: number;
  readonly issued: number;
}

/** One page of resources, sorted as RFC 7644 §3.4.2.3 has it, by index or by a signed cursor (RFC 9865). */
export function pageOf(type: string, found: readonly Resource[], query: ListQuery, now: Date): ListResult {
  const entries = found.map((resource) => entryOf(resource, query.sortBy)).sort(orderOf(query));
  const totalResults = entries.length;
  if (query.cursor === undefined) {
    const start = query.startIndex - 1;
    return { resources: entries.slice(start, start + query.count).map(({ resource }) => resource), totalResults };
  }
  const asked = [
    type,
    query.filter && printFilter(query.filter),
    query.sortBy && printPath(query.sortBy),
    query.sortOrder,
  ];
  const identity = JSON.stringify(asked);
  const start = startOf(entries, query, identity, now);
  const page = entries.slice(start, start + query.count);
  const first = page[0];
  const last = page.at(-1);
  const cursorAt = ({ key, sequence }: Entry, back: boolean): string =>
    seal({ query: identity, count: query.count, back, key, sequence, issued: now.getTime() });
  return {
    resources: page.map(({ resource }) => resource),
    totalResults,
    cursorBehind(id) {
      const entry = page.find(({ resource }) => resource.id === id);
      return entry && cursorAt(entry, false);
    },
    ...(last && start + query.count < entries.length ? { nextCursor: cursorAt(last, false) } : {}),
    ...(first && start > 0 ? { previousCursor: cursorAt(first, true) } : {}),
  };
}

function startOf(entries: readonly Entry[], query: ListQuery, identity: string, now: Date): number {
  if (query.cursor === undefined || query.cursor === '') return 0;
  const position = unseal(query.cursor);
  if (position?.query !== identity) throw invalidCursor('The cursor is none of this query.');
  if (now.getTime() - position.issued > 3_600_000) throw expiredCursor('The cursor is older than an hour.');
  if (position.count !== query.count) throw invalidCount('The count differs from that of the first page.');
  const order = orderOf(query);
  const at = { resource: {}, ...position };
  if (position.back) return Math.max(0, entries.filter((entry) => order(entry, at) < 0).length - query.count);
  return entries.filter((entry) => order(entry, at) <= 0).length;
}

function orderOf({ sortOrder }: ListQuery): (left: Entry, right: Entry) => number {
  const sign = sortOrder === 'descending' ? -1 : 1;
  return (left, right) => sign * compareKeys(left.key, right.key) || left.sequence - right.sequence;
}

/** RFC 7644 §3.4.2.3: without a value last when ascending, first when descending. */
function compareKeys(left: Key, right: Key): number {
  if (left === undefined || right === undefined) return Number(left === undefined) - Number(right === undefined);
  if (typeof left === 'string' && typeof right === 'string') return compareCodePoints(left, right);
  return Number(left) - Number(right);
}

function entryOf(resource: Resource, sortBy: AttributePath | undefined): Entry {
  const sequence = Number(String(resource.id).slice(1));
  return { resource, key: sortBy && keyOf(resource, sortBy), sequence };
}

/** Of several values the primary one, else the first. */
function keyOf(resource: Resource, { schema, extension, attribute, subAttribute }: AttributePath): Key {
  const owner = extension ? resource[schema.id] : resource;
  const value = isObject(owner) ? owner[attribute.name] : undefined;
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  const one = all.find((element) => isObject(element) && element.primary === true) ?? all[0];
  const simple = subAttribute ? (isObject(one) ? one[subAttribute.name] : undefined) : one;
  const { type, caseExact } = subAttribute ?? attribute;
  if (typeof simple === 'number' || typeof simple === 'boolean') return Number(simple);
  if (typeof simple !== 'string') return undefined;
  if (type === 'dateTime') return parseDateTime(simple);
  return caseExact ? simple : fold(simple);
}

const sign = (text: string): string => createHmac('sha256', 'a key of the server').update(text).digest('base64url');

function seal(position: Position): string {
  const text = Buffer.from(JSON.stringify(position)).toString('base64url');
  return `${text}.${sign(text)}`;
}

function unseal(cursor: string): Position | undefined {
  const [text = '', signature] = cursor.split('.');
  return signature === sign(text) ? (JSON.parse(Buffer.from(text, 'base64url').toString()) as Position) : undefined;
}
