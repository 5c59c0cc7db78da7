import { type Executor, sql } from '../../framework/index.ts';

/** Beyond, pages say "100+". */
export const mostWaiting = 100;

/** How many holds and match requests wait for an administrator, counted no further than one above the most. */
export async function waitingOf(db: Executor): Promise<{ holds: number; matches: number }> {
  const row = await db.first<{ holds: number; matches: number }>(
    sql`SELECT (SELECT COUNT(*) FROM (SELECT hold_id FROM {vestibule_guard_hold} WHERE status = ${'open'} LIMIT ${mostWaiting + 1}) AS h) AS holds, (SELECT COUNT(*) FROM (SELECT request_id FROM {vestibule_match_request} WHERE state = ${'pending'} LIMIT ${mostWaiting + 1}) AS m) AS matches`,
  );
  return { holds: Number(row?.holds ?? 0), matches: Number(row?.matches ?? 0) };
}

export const upToMost = (count: number): string => (count > mostWaiting ? `${mostWaiting}+` : String(count));
