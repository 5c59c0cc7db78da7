import type { ConnectionMapping } from '../../attribute-mapping/index.ts';
import { join, raw, type Sql, sql } from '../../framework/index.ts';
import { type AttributePath, type Compare, type Filter, fold, printPath } from '../../scim/index.ts';
import { columnValue } from '../search/filter/operand.ts';
import type { LookUp } from '../search/source.ts';
import { parseUserId } from '../user/user-id.ts';

/** Whom of the shoppers it takes to look at: everybody for whom a filter can hold is among them. */
export interface Narrowing {
  /** Found by an index; nobody where the list is empty. */
  readonly lookUps?: readonly LookUp[];
  /** Over `customer_entity c`. */
  readonly condition?: Sql;
}

export interface Narrowed {
  readonly mapping: ConnectionMapping;
  readonly websiteId: number;
}

const nobody: Narrowing = { lookUps: [] };
const anybody: Narrowing = {};

/** Attributes that a shopper has whatever is mapped. */
const own: ReadonlySet<string> = new Set(['schemas', 'id', 'userName', 'emails', 'active', 'meta']);

/** Narrows the shoppers down to those for whom a filter can hold; `evaluate` decides. */
export function narrowed(filter: Filter, about: Narrowed): Narrowing {
  switch (filter.kind) {
    case 'and':
      return both(filter.filters.map((one) => narrowed(one, about)));
    case 'or':
      return either(filter.filters.map((one) => narrowed(one, about)));
    case 'not':
      return anybody;
    case 'present':
      return canHave(filter.path, about) ? anybody : nobody;
    case 'valuePath':
      return canHave(filter.path, about) ? narrowed(filter.filter, about) : nobody;
    case 'compare':
      return compared(filter, about);
  }
}

/** Nothing leads to an attribute without a target: of a shopper there is nothing but its row. */
const canHave = (path: AttributePath, { mapping }: Narrowed): boolean =>
  (!path.extension && own.has(path.attribute.name)) || mapping.targetsOf(path).length > 0;

function both(parts: readonly Narrowing[]): Narrowing {
  const known = parts.flatMap(({ lookUps }) => (lookUps ? [lookUps] : []));
  const [fewest] = known.sort((a, b) => a.length - b.length);
  const conditions = parts.flatMap(({ condition }) => condition ?? []);
  return {
    ...(fewest ? { lookUps: fewest } : {}),
    ...(conditions.length > 0 ? { condition: join(conditions, ' AND ') } : {}),
  };
}

function either(parts: readonly Narrowing[]): Narrowing {
  const some = parts.filter(({ lookUps }) => lookUps?.length !== 0);
  if (some.every(({ lookUps }) => lookUps)) return { lookUps: some.flatMap(({ lookUps = [] }) => lookUps) };
  const conditions = some.flatMap(({ condition }) => condition ?? []);
  return conditions.length === some.length ? { condition: sql`(${join(conditions, ' OR ')})` } : anybody;
}

const times: ReadonlyMap<string, Sql> = new Map([
  ['meta.created', sql`c.created_at`],
  ['meta.lastModified', sql`c.updated_at`],
]);
const signs: Partial<Record<Compare['op'], Sql>> = {
  eq: raw('='),
  gt: raw('>'),
  ge: raw('>='),
  lt: raw('<'),
  le: raw('<='),
};

/**
 * True of a filter that the columns of a row decide alone: times, as who imports what has changed asks for them. The
 * condition is the filter then, and nobody has to be rendered to be turned down.
 */
export function isDecidedByTimes(filter: Filter): boolean {
  if (filter.kind === 'and' || filter.kind === 'or') return filter.filters.every(isDecidedByTimes);
  return filter.kind === 'compare' && filter.value !== null && filter.op in signs && times.has(printPath(filter.path));
}

function compared({ path, op, value }: Compare, about: Narrowed): Narrowing {
  // What is missing differs from everything, and equals null.
  if (value === null ? op === 'eq' : op === 'ne') return anybody;
  if (!canHave(path, about)) return nobody;
  if (value === null) return anybody;
  const name = printPath(path);
  const time = times.get(name);
  const sign = signs[op];
  if (time && sign) return { condition: sql`${time} ${sign} ${columnValue('second', op, value)}` };
  if (op !== 'eq') return anybody;
  if (name === 'active') return value === true ? { condition: sql`COALESCE(c.is_active, 1) <> 0` } : anybody;
  if (name === 'id') return byId(String(value));
  const isEmail = name === 'userName' || (name === 'emails.value' && onlyEmail(path, about));
  return isEmail ? { lookUps: [byEmail(String(value), about)] } : anybody;
}

/** Other addresses than the one that the store logs in with may be mapped to `emails` as well. */
const onlyEmail = (path: AttributePath, { mapping }: Narrowed): boolean =>
  mapping.targetsOf(path).every((target) => target === 'email');

function byId(text: string): Narrowing {
  const id = parseUserId(text);
  if (id?.generation !== 0) return nobody;
  const keys = sql`SELECT ce.entity_id AS id FROM {customer_entity} ce WHERE ce.entity_id = ${id.customerId}`;
  return { lookUps: [{ keys, few: true }] };
}

/** The store's collation finds all that have the same fold, and perhaps more. */
function byEmail(text: string, { websiteId }: Narrowed): LookUp {
  const texts = [...new Set([text.trim(), fold(text)])];
  const keys = sql`SELECT ce.entity_id AS id FROM {customer_entity} ce WHERE ce.email IN (${join(texts)}) AND ce.website_id = ${websiteId}`;
  return { keys, few: true };
}
