import { type Database, idList, type Sql, sql, sqlTimestamp } from '../../framework/index.ts';

/** Rows that are removed by one statement. */
const batch = 200;
const day = 86_400_000;

const before = (now: Date, days: number): string => sqlTimestamp(new Date(now.getTime() - days * day));

/** Looks for ids and removes their rows until there are none; answers how many went. */
async function inBatches(database: Database, find: Sql, remove: (ids: readonly number[]) => Sql): Promise<number> {
  let removed = 0;
  for (;;) {
    const ids = (await database.all<{ id: number }>(sql`${find} LIMIT ${batch}`)).map(({ id }) => id);
    if (ids.length > 0) removed += (await database.run(remove(ids))).affectedRows;
    if (ids.length < batch) return removed;
  }
}

/**
 * Forgets who wanted to be which customer and was not answered, and approvals that nobody has used. What an administrator
 * has denied stays denied.
 */
export async function purgeMatchRequests(database: Database, days: number, now: Date): Promise<number> {
  if (days <= 0) return 0;
  const old = before(now, days);
  const due = sql`state <> 'denied' AND last_at < ${old} AND (decided_at IS NULL OR decided_at < ${old})`;
  return inBatches(
    database,
    sql`SELECT request_id AS id FROM {vestibule_match_request} WHERE ${due} ORDER BY request_id`,
    (ids) => sql`DELETE FROM {vestibule_match_request} WHERE request_id IN (${idList(ids)}) AND ${due}`,
  );
}

/** Forgets runs of `mapping:apply` but the latest of each connection. */
export async function purgeRuns(database: Database, days: number, now: Date): Promise<number> {
  if (days <= 0) return 0;
  return inBatches(
    database,
    sql`SELECT r.run_id AS id FROM {vestibule_mapping_run} r WHERE r.started_at < ${before(now, days)} AND EXISTS (SELECT 1 FROM {vestibule_mapping_run} n WHERE n.connection_id = r.connection_id AND n.run_id > r.run_id) ORDER BY r.run_id`,
    (ids) => sql`DELETE FROM {vestibule_mapping_run} WHERE run_id IN (${idList(ids)})`,
  );
}
