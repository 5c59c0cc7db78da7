import { type Executor, sql } from '../../framework/index.ts';
import { type DecodedEntry, decodeEntry } from '../entry/decode.ts';

/**
 * One record by its id, sealed or not. Sealed records stand in the order of their seals: a seal says from which id to which
 * it goes, so one of them (rarely two, which overlap) is looked into.
 */
export async function entryById(db: Executor, id: number): Promise<DecodedEntry | undefined> {
  const row = await db.first<{ entry: string }>(
    sql`SELECT entry FROM {vestibule_activity_pending} WHERE activity_id = ${id} UNION ALL SELECT r.entry FROM {vestibule_activity_seal} s JOIN {vestibule_activity_record} r ON r.seal_id = s.seal_id AND r.activity_id = ${id} WHERE s.first_id <= ${id} AND s.last_id >= ${id}`,
  );
  return row && decodeEntry(row.entry);
}
