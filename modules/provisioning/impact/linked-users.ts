import type { ConnectionMapping } from '../../attribute-mapping/index.ts';
import { type Database, type Executor, idList, sql } from '../../framework/index.ts';
import { isProtected } from '../protection/protection.ts';
import type { Room } from '../room.ts';
import { readUsers, type UserRecord } from '../user/user-record.ts';

/** Users that are read together: what is held in memory at any time. */
export const usersTogether = 500;

/** How many living users a connection has, counted no further than `most`. */
export async function countLinked(db: Executor, connectionId: number, most = Number.MAX_SAFE_INTEGER): Promise<number> {
  const row = await db.first<{ n: number }>(
    sql`SELECT COUNT(*) AS n FROM (SELECT customer_id FROM {vestibule_user} WHERE connection_id = ${connectionId} AND is_deleted = 0 LIMIT ${most}) AS some`,
  );
  return row?.n ?? 0;
}

/** The living users of a connection whose customer comes after `after`, whole, in order of their ids, a batch at a time. */
export async function* linkedUsers(
  room: Room,
  mapping: ConnectionMapping,
  connectionId: number,
  after = 0,
): AsyncGenerator<readonly UserRecord[]> {
  const { database, customers } = room;
  let last = after;
  for (;;) {
    const keys = await nextKeys(database, connectionId, last);
    const end = keys.at(-1);
    if (end === undefined) return;
    const records = await readUsers({ db: database, customers, mapping }, connectionId, keys);
    const closed = await protectedAmong(database, keys);
    yield records.map((record) => (closed.has(record.customerId) ? { ...record, isProtected: true } : record));
    last = end;
  }
}

/** The customers of the next living users of a connection, in order of their ids, `most` at a time. */
export async function nextKeys(
  database: Database,
  connectionId: number,
  after: number,
  most = usersTogether,
): Promise<number[]> {
  const rows = await database.all<{ customer_id: number }>(
    sql`SELECT u.customer_id FROM {vestibule_user} u ${database.dialect.readBy('vestibule_user_listing')} WHERE u.connection_id = ${connectionId} AND u.is_deleted = 0 AND u.customer_id > ${after} ORDER BY u.customer_id LIMIT ${most}`,
  );
  return rows.map((row) => row.customer_id);
}

async function protectedAmong(db: Executor, ids: readonly number[]): Promise<ReadonlySet<number>> {
  const rows = await db.all<{ entity_id: number }>(
    sql`SELECT c.entity_id FROM {customer_entity} c WHERE c.entity_id IN (${idList(ids)}) AND ${isProtected}`,
  );
  return new Set(rows.map((row) => row.entity_id));
}
