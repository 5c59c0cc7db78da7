import { type Executor, idList, join, type Sql, sql } from '../framework/index.ts';
import type { CustomerState, Selection } from './customer.ts';

interface Locking {
  readonly forUpdate?: boolean;
}

const lockOf = (db: Executor, options: Locking | undefined): Sql =>
  options?.forUpdate === true ? db.dialect.forUpdate : sql``;

/** See `Customers.byIds`. */
export async function customersByIds(
  db: Executor,
  { columns, hydrate }: Selection,
  ids: readonly number[],
  options?: Locking,
): Promise<readonly CustomerState[]> {
  if (ids.length === 0) return [];
  const rows = await db.all(sql`SELECT ${columns} FROM {customer_entity} c
    WHERE c.entity_id IN (${idList(ids)}) ORDER BY c.entity_id ${lockOf(db, options)}`);
  return rows.map(hydrate);
}

/** Lists of e-mails are filled up to one of these lengths, so that few statements are prepared. */
const lengths = [1, 10, 50, 100, 200, 500, 1000];

/** See `Customers.byEmails`; without a website, on all of them. */
export async function customersByEmails(
  db: Executor,
  { columns, hydrate }: Selection,
  websiteId: number | undefined,
  emails: readonly string[],
  options?: Locking,
): Promise<readonly CustomerState[]> {
  const last = emails.at(-1);
  if (last === undefined) return [];
  const length = lengths.find((n) => n >= emails.length) ?? emails.length;
  const list = join([...emails, ...Array<string>(length - emails.length).fill(last)]);
  const onWebsite = websiteId === undefined ? sql`` : sql`AND c.website_id = ${websiteId}`;
  const rows = await db.all(sql`SELECT ${columns} FROM {customer_entity} c
    WHERE c.email IN (${list}) ${onWebsite} ORDER BY c.entity_id ${lockOf(db, options)}`);
  return rows.map(hydrate);
}
