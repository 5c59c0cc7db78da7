import { type Executor, empty, idList, join, raw, type Sql, sql } from '../../framework/index.ts';

/** A customer as the grid shows it. */
export interface CustomerRow {
  readonly id: number;
  readonly website_id: number | null;
  readonly email: string | null;
  readonly firstname: string | null;
  readonly lastname: string | null;
  readonly group_id: number;
  readonly created_at: string;
  readonly is_active: number;
  readonly lock_expires: string | null;
  readonly confirmation: string | null;
  readonly name: string | null;
  readonly telephone: string | null;
  readonly postcode: string | null;
  readonly country: string | null;
  readonly region: string | null;
  readonly taxvat: string | null;
}

/** Columns that may be sorted by: each has an index, in which the second one decides between equals. */
const orders = {
  id: ['entity_id'],
  email: ['email', 'website_id'],
  lastname: ['lastname', 'entity_id'],
  firstname: ['firstname', 'entity_id'],
} as const;
export type CustomerSort = keyof typeof orders;
export const customerSorts = Object.keys(orders) as CustomerSort[];

/** The key of a row in an order, for cursors; a NULL is marked by its missing letter. */
export function keyOf(sort: CustomerSort, row: CustomerRow): readonly string[] {
  if (sort === 'id') return [String(row.id)];
  const second = sort === 'email' ? row.website_id : row.id;
  const first = row[sort];
  return [first === null ? '' : `=${first}`, String(second ?? 0)];
}

export interface Stretch {
  readonly sort: CustomerSort;
  readonly order: 'asc' | 'desc';
  readonly after?: readonly string[] | undefined;
  readonly before?: readonly string[] | undefined;
  readonly limit: number;
  /** Customers whose value of the sorted column begins so. */
  readonly prefix?: string | undefined;
  readonly id?: number | undefined;
  /** These alone; there must be one. */
  readonly ids?: readonly number[] | undefined;
}

export const likePrefix = (text: string): string => `${text.replace(/[!%_]/g, '!$&')}%`;

/** Rows behind (or before) a key in an order; those before it come nearest first. */
export function customerRows(db: Executor, stretch: Stretch): Promise<CustomerRow[]> {
  const { sort, after, before, limit, prefix, id, ids } = stretch;
  const upwards = (stretch.order === 'asc') !== (before !== undefined);
  const [first, second] = orders[sort];
  const conditions: Sql[] = [
    ...(id === undefined ? [] : [sql`c.entity_id = ${id}`]),
    ...(ids === undefined ? [] : [sql`c.entity_id IN (${idList(ids)})`]),
    ...(prefix === undefined ? [] : [sql`c.${raw(first)} LIKE ${likePrefix(prefix)} ESCAPE '!'`]),
    ...beyond(first, second, before ?? after, upwards),
  ];
  const where = conditions.length === 0 ? empty : sql`WHERE ${join(conditions, ' AND ')}`;
  const direction = raw(upwards ? 'ASC' : 'DESC');
  const by = second === undefined ? empty : sql`, c.${raw(second)} ${direction}`;
  return db.all<CustomerRow>(sql`
    SELECT c.entity_id AS id, c.website_id, c.email, c.firstname, c.lastname, c.group_id, c.created_at, c.is_active,
      c.lock_expires, c.confirmation, c.taxvat, g.name, g.billing_telephone AS telephone,
      g.billing_postcode AS postcode, g.billing_country_id AS country, g.billing_region AS region
    FROM {customer_entity} c LEFT JOIN {customer_grid_flat} g ON g.entity_id = c.entity_id
    ${where} ORDER BY c.${raw(first)} ${direction}${by} LIMIT ${limit}`);
}

/** What lies beyond a key. NULLs come first in both engines' order. */
function beyond(
  first: string,
  second: string | undefined,
  key: readonly string[] | undefined,
  upwards: boolean,
): Sql[] {
  if (key === undefined) return [];
  const [one, two] = [raw(first), raw(second ?? first)];
  if (second === undefined) {
    const id = Number(key[0]) || 0;
    return [upwards ? sql`c.${one} > ${id}` : sql`c.${one} < ${id}`];
  }
  const [value = '', last = '0'] = key;
  const id = Number(last) || 0;
  if (value === '')
    return [upwards ? sql`(c.${one} IS NOT NULL OR c.${two} > ${id})` : sql`(c.${one} IS NULL AND c.${two} < ${id})`];
  const text = value.slice(1);
  return upwards
    ? [sql`c.${one} >= ${text}`, sql`(c.${one} > ${text} OR c.${two} > ${id})`]
    : [
        sql`(c.${one} <= ${text} OR c.${one} IS NULL)`,
        sql`(c.${one} IS NULL OR c.${one} < ${text} OR c.${two} < ${id})`,
      ];
}
