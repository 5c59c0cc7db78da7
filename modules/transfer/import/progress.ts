import { createHash, randomUUID } from 'node:crypto';
import { type Database, sql, type Transaction } from '../../framework/index.ts';
import type { FileSurvey } from '../file/survey.ts';
import { TransferError } from '../transfer-error.ts';
import { type ImportCounts, type ImportOptions, noCounts } from './options.ts';

/** How far an import has come, as the last commit left it. */
export interface Progress {
  readonly key: string;
  readonly run: string;
  readonly counts: ImportCounts;
  readonly errorsBytes: number;
  /** It goes on after an interruption. */
  readonly resumed: boolean;
}

type Row = Omit<ImportCounts, 'records'> & {
  readonly run: string;
  readonly is_done: number;
  readonly record: number;
  readonly errors_bytes: number;
};

/** What was finished so long ago, or was left lying, is forgotten: files are not kept track of forever. */
const forgottenAfterMs = 30 * 86_400_000;

/** The same file with the same wishes. How many go into a batch and where errors go make no other import of it. */
export function importKey({ digest, format }: FileSurvey, options: ImportOptions): string {
  const { websiteId = null, only = null, managed, passwordHashes, ignored } = options;
  const wishes = [digest, format, websiteId, only, managed, passwordHashes, [...ignored].sort()];
  return createHash('sha256').update(JSON.stringify(wishes)).digest('hex');
}

/** Begins an import, or goes on with one that was interrupted. Whoever was at work on it finds it taken over. */
export async function beginProgress(
  database: Database,
  key: string,
  { name, restart }: Pick<ImportOptions, 'name' | 'restart'>,
  now: Date,
): Promise<Progress> {
  const run = randomUUID();
  const ms = now.getTime();
  return database.transaction(async (tx) => {
    tx.later(sql`DELETE FROM {vestibule_import} WHERE updated_ms < ${ms - forgottenAfterMs}`);
    const row =
      await tx.first<Row>(sql`SELECT run, is_done, record, created, updated, unchanged, skipped, failed, errors_bytes
      FROM {vestibule_import} WHERE import_key = ${key} ${tx.dialect.forUpdate}`);
    if (row !== undefined && row.is_done === 0 && !restart) {
      tx.later(sql`UPDATE {vestibule_import} SET run = ${run}, updated_ms = ${ms} WHERE import_key = ${key}`);
      return {
        key,
        run,
        counts: countsOf(row),
        errorsBytes: Number(row.errors_bytes),
        resumed: Number(row.record) > 0,
      };
    }
    tx.later(sql`DELETE FROM {vestibule_import} WHERE import_key = ${key}`);
    tx.later(sql`INSERT INTO {vestibule_import}
      (import_key, run, name, is_done, record, created, updated, unchanged, skipped, failed, errors_bytes, started_ms, updated_ms)
      VALUES (${key}, ${run}, ${name.slice(0, 255)}, 0, 0, 0, 0, 0, 0, 0, 0, ${ms}, ${ms})`);
    return { key, run, counts: noCounts, errorsBytes: 0, resumed: false };
  });
}

const countsOf = ({ record, created, updated, unchanged, skipped, failed }: Row): ImportCounts => ({
  records: Number(record),
  created: Number(created),
  updated: Number(updated),
  unchanged: Number(unchanged),
  skipped: Number(skipped),
  failed: Number(failed),
});

/**
 * Notes, in the transaction of a batch, how far it has come: with the batch or not at all.
 *
 * @throws TransferError `IMPORT_OVERTAKEN` where another run has taken over
 */
export async function noteProgress(
  tx: Transaction,
  { key, run }: Progress,
  counts: ImportCounts,
  errorsBytes: number,
  done: boolean,
  now: Date,
): Promise<void> {
  const { records, created, updated, unchanged, skipped, failed } = counts;
  const { affectedRows } =
    await tx.run(sql`UPDATE {vestibule_import} SET is_done = ${Number(done)}, record = ${records},
    created = ${created}, updated = ${updated}, unchanged = ${unchanged}, skipped = ${skipped}, failed = ${failed},
    errors_bytes = ${errorsBytes}, updated_ms = ${now.getTime()} WHERE import_key = ${key} AND run = ${run}`);
  if (affectedRows === 1) return;
  throw new TransferError(
    'IMPORT_OVERTAKEN',
    'Another process goes on with this import of the same file. Nothing was imported twice; leave it to that one.',
  );
}
