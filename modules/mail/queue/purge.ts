import { type Clock, type ConfigReader, type Database, join, sql } from '../../framework/index.ts';
import type { queueSettings } from './settings.ts';

const day = 86_400_000;
const batch = 500;

/** Removes mails that ended longer ago than they are to be kept, in batches that hold nobody up. Answers how many. */
export async function purgeMails(
  database: Database,
  config: ConfigReader<(typeof queueSettings)['fields']>,
  clock: Clock,
): Promise<number> {
  const before = clock.now().getTime() - (await config.get('retention')) * day;
  let removed = 0;
  for (const state of ['sent', 'failed', 'withdrawn', 'unconfigured'])
    for (;;) {
      const rows = await database.all<{ mail_id: number }>(
        sql`SELECT mail_id FROM {vestibule_mail} WHERE state = ${state} AND at_ms < ${before} ORDER BY at_ms LIMIT ${batch}`,
      );
      if (rows.length === 0) break;
      const ids = rows.map(({ mail_id }) => mail_id);
      await database.run(sql`DELETE FROM {vestibule_mail} WHERE mail_id IN (${join(ids)}) AND state = ${state}`);
      removed += rows.length;
    }
  return removed;
}
