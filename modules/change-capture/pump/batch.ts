import { type Events, idList, sql, type Transaction } from '../../framework/index.ts';
import { ChangesCaptured } from '../captured-change.ts';
import { type ChangeRow, type StoredChange, toChange } from '../change-row.ts';
import { fold } from './fold.ts';

/** Rows at most that one transaction hands on. */
export const batchSize = 400;

/** Somebody else has taken rows that were about to be handed on: nothing of this transaction may stay. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

/**
 * Hands the oldest changes on in this transaction: observers see them, and they leave the table. Answers how many rows;
 * undefined where another process is at it. Only rows of committed transactions are seen, whatever their ids, and none of
 * an open one is waited for.
 *
 * @throws Overtaken
 */
export async function handOn(tx: Transaction, events: Events): Promise<number | undefined> {
  const held = await tx.first(
    sql`SELECT pump_id FROM {vestibule_change_pump} WHERE pump_id = 1 ${tx.dialect.forUpdateUnlessHeld}`,
  );
  if (!held) return undefined;
  const rows = await tx.all<StoredChange>(
    sql`SELECT change_id, kind, customer_id, website_id, address_id, aspects, own, cause, at_ms FROM {vestibule_change} ORDER BY change_id LIMIT ${batchSize}`,
  );
  if (rows.length === 0) return 0;
  // Row by row by their key: a scan would stop at the first row of somebody's open transaction.
  const ids = rows.map((row) => row.change_id);
  tx.later(tx.dialect.deleteByKey('vestibule_change', 'change_id', ids), ({ affectedRows }) => {
    // Two nodes of a cluster may both hold the row of the pump.
    if (affectedRows !== rows.length) throw new Overtaken('another process has handed these changes on');
  });
  if (events.observed(ChangesCaptured)) {
    const changes = (await withWebsites(tx, fold(await withCustomers(tx, rows)))).map(toChange);
    if (changes.length > 0) await events.emit(ChangesCaptured, { changes }, tx);
  }
  return rows.length;
}

/** Adds whose addresses they are to rows that only say which. What is gone by now is left out: its end has a row of its own. */
async function withCustomers(tx: Transaction, rows: readonly StoredChange[]): Promise<readonly ChangeRow[]> {
  const addresses = new Set<number>();
  for (const row of rows) if (row.customer_id === null && row.address_id !== null) addresses.add(row.address_id);
  const owners = new Map<number, number>();
  if (addresses.size > 0) {
    const found = await tx.all<{ entity_id: number; parent_id: number | null }>(
      sql`SELECT entity_id, parent_id FROM {customer_address_entity} WHERE entity_id IN (${idList([...addresses])})`,
    );
    for (const { entity_id, parent_id } of found) if (parent_id !== null) owners.set(entity_id, parent_id);
  }
  return rows.flatMap((row) => {
    const customer = row.customer_id ?? owners.get(row.address_id ?? 0);
    return customer === undefined ? [] : [{ ...row, customer_id: customer }];
  });
}

/**
 * Adds the websites that whoever left a row did not know: of rows of values and addresses, asked for in one statement; of
 * customers who are gone, from what else is said of them.
 */
async function withWebsites(tx: Transaction, rows: readonly ChangeRow[]): Promise<readonly ChangeRow[]> {
  const unknown = new Set(rows.filter((row) => row.website_id === null).map((row) => row.customer_id));
  if (unknown.size === 0) return rows;
  const websites = new Map<number, number | null>();
  for (const row of rows) if (row.website_id !== null) websites.set(row.customer_id, row.website_id);
  const found = await tx.all<{ entity_id: number; website_id: number | null }>(
    sql`SELECT entity_id, website_id FROM {customer_entity} WHERE entity_id IN (${idList([...unknown])})`,
  );
  for (const { entity_id, website_id } of found) websites.set(entity_id, website_id);
  return rows.map((row) =>
    row.website_id === null ? { ...row, website_id: websites.get(row.customer_id) ?? null } : row,
  );
}
