import { type ConfigKey, type ConfigRow, type Executor, sql, type Transaction } from '../../framework/index.ts';

/** A row of the configuration, or that there is none. */
type Stored = { readonly value: string | null; readonly updated_at?: string } | undefined;

/** A row that this host has written, and how it was before. */
interface Written {
  readonly scope: ConfigRow['scope'];
  readonly scopeId: number;
  readonly path: string;
  readonly was_there: number;
  readonly value_before: string | null;
  readonly at_before: string | null;
  readonly is_there: number;
  readonly value_written: string | null;
}

const storedNow = (db: Executor, { scope, scopeId, path }: ConfigKey): Promise<Stored> =>
  db.first<{ value: string | null; updated_at: string }>(sql`SELECT value, updated_at FROM {core_config_data}
    WHERE scope = ${scope} AND scope_id = ${scopeId} AND path = ${path} ${db.dialect.forUpdate}`);

/** Keeps what was there before the first time, and what is there from now on. `next` is undefined for a row taken away. */
export async function keepBefore(tx: Transaction, key: ConfigKey, next: Stored): Promise<void> {
  const before = await storedNow(tx, key);
  const { scope, scopeId, path } = key;
  await tx.run(sql`INSERT INTO {vestibule_written_configuration}
      (scope, scope_id, path, was_there, value_before, at_before, is_there, value_written)
    VALUES (${scope}, ${scopeId}, ${path}, ${before !== undefined}, ${before?.value ?? null},
      ${before?.updated_at ?? null}, ${next !== undefined}, ${next?.value ?? null})
    ${tx.dialect.onDuplicate(['scope', 'scope_id', 'path'], ['is_there', 'value_written'])}`);
}

/** Rows that still say what this host wrote: what others have written since is theirs. */
export async function writtenHere(db: Executor): Promise<readonly Written[]> {
  const rows = await db.all<Written>(sql`SELECT scope, scope_id AS scopeId, path, was_there, value_before, at_before,
    is_there, value_written FROM {vestibule_written_configuration} ORDER BY path, scope, scope_id`);
  const found: Written[] = [];
  for (const row of rows) {
    const now = await storedNow(db, row);
    const asWritten = (now !== undefined) === (row.is_there === 1) && (now?.value ?? null) === row.value_written;
    const asBefore = (now !== undefined) === (row.was_there === 1) && (now?.value ?? null) === row.value_before;
    if (asWritten && !asBefore) found.push(row);
  }
  return found;
}

/** Writes back what was there before, in the same row where there still is one. */
export async function writeBack(tx: Transaction, row: Written): Promise<void> {
  const { scope, scopeId, path, was_there, is_there, value_before: value, at_before: at } = row;
  const place = sql`scope = ${scope} AND scope_id = ${scopeId} AND path = ${path}`;
  if (was_there === 0) await tx.run(sql`DELETE FROM {core_config_data} WHERE ${place}`);
  else if (is_there === 1)
    await tx.run(sql`UPDATE {core_config_data} SET value = ${value}, updated_at = ${at} WHERE ${place}`);
  else
    await tx.run(sql`INSERT INTO {core_config_data} (scope, scope_id, path, value, updated_at)
      VALUES (${scope}, ${scopeId}, ${path}, ${value}, ${at})`);
}
