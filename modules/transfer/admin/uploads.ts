import { type Database, type Encryptor, type Executor, sql } from '../../framework/index.ts';
import type { ImportCounts } from '../import/options.ts';
import type { Fault } from '../transfer-error.ts';

/** A file that an administrator gave, and how it is to be imported. */
export interface Upload {
  readonly id: number;
  readonly by: string;
  readonly only: 'create' | 'update' | undefined;
  readonly websiteId: number | undefined;
  readonly managed: boolean;
  readonly createdMs: number;
}

/** What came of a dry run or of an import. */
export interface Outcome {
  readonly kind: 'dry-run' | 'import';
  readonly counts: ImportCounts;
  /** The beginning of the changes, in lines of text. */
  readonly changes: string;
  /** There are more. */
  readonly cut: boolean;
  readonly faults: readonly Fault[];
  /** The rows that failed, as a file. */
  readonly errors: string;
}

const keptForMs = 86_400_000;

interface Row {
  readonly upload_id: number;
  readonly made_by: string;
  readonly only_kind: 'create' | 'update' | null;
  readonly website_id: number | null;
  readonly is_managed: number;
  readonly created_ms: number;
}

const uploadOf = (row: Row): Upload => ({
  id: row.upload_id,
  by: row.made_by,
  only: row.only_kind ?? undefined,
  websiteId: row.website_id ?? undefined,
  managed: row.is_managed === 1,
  createdMs: Number(row.created_ms),
});
const columns = sql`upload_id, made_by, only_kind, website_id, is_managed, created_ms`;

/** Keeps a file, and forgets those of yesterday. Answers its number. */
export async function keepUpload(
  database: Database,
  encryptor: Encryptor,
  { by, only, websiteId, managed, createdMs }: Omit<Upload, 'id'>,
  content: string,
): Promise<number> {
  const { insertId } = await database.transaction(async (tx) => {
    tx.later(sql`DELETE FROM {vestibule_import_upload} WHERE created_ms < ${createdMs - keptForMs}`);
    return tx.run(sql`INSERT INTO {vestibule_import_upload}
      (made_by, only_kind, website_id, is_managed, content, created_ms) VALUES (${by.slice(0, 40)}, ${only ?? null},
      ${websiteId ?? null}, ${Number(managed)}, ${encryptor.encrypt(content)}, ${createdMs})`);
  });
  return insertId;
}

export async function uploadById(db: Executor, id: number): Promise<Upload | undefined> {
  const row = await db.first<Row>(sql`SELECT ${columns} FROM {vestibule_import_upload} WHERE upload_id = ${id}`);
  return row && uploadOf(row);
}

/** The newest first. */
export async function recentUploads(db: Executor): Promise<readonly Upload[]> {
  const rows = await db.all<Row>(
    sql`SELECT ${columns} FROM {vestibule_import_upload} ORDER BY upload_id DESC LIMIT 10`,
  );
  return rows.map(uploadOf);
}

export async function contentOf(db: Executor, encryptor: Encryptor, id: number): Promise<string> {
  const row = await db.first<{ content: string }>(
    sql`SELECT content FROM {vestibule_import_upload} WHERE upload_id = ${id}`,
  );
  return row === undefined ? '' : encryptor.decrypt(row.content);
}

export async function outcomeOf(db: Executor, encryptor: Encryptor, id: number): Promise<Outcome | undefined> {
  const row = await db.first<{ outcome: string | null }>(
    sql`SELECT outcome FROM {vestibule_import_upload} WHERE upload_id = ${id}`,
  );
  return row?.outcome ? (JSON.parse(encryptor.decrypt(row.outcome)) as Outcome) : undefined;
}

export async function keepOutcome(
  database: Database,
  encryptor: Encryptor,
  id: number,
  outcome: Outcome,
): Promise<void> {
  await database.run(sql`UPDATE {vestibule_import_upload}
    SET outcome = ${encryptor.encrypt(JSON.stringify(outcome))} WHERE upload_id = ${id}`);
}
