import { rm } from 'node:fs/promises';
import { openCsv } from '../file/csv.ts';
import { openJsonLines } from '../file/json-lines.ts';
import { recordsOf, type SourceFile, type SourceRecord } from '../file/row.ts';
import { type FileSurvey, surveyFile } from '../file/survey.ts';
import type { Fault } from '../transfer-error.ts';
import { type Batching, type BatchParts, commitBatch, rehearseBatch } from './batch.ts';
import { openErrors } from './errors-file.ts';
import { checkColumns, headerOf } from './header.ts';
import { type ImportCounts, type ImportOptions, noCounts } from './options.ts';
import type { Plan } from './plan.ts';
import { beginProgress, importKey, type Progress } from './progress.ts';
import { finishImport } from './record.ts';
import { repetitions } from './repetition.ts';
import { type ImportServices, readSurroundings } from './surroundings.ts';

/** Is told how an import goes on. */
export interface ImportListener {
  /** What happened to a record, or would happen: in the order of the file, after the commit. */
  decided(plan: Plan): void;
  /** Of the bytes of the file, after each batch; the next one waits for the answer. */
  progressed(bytes: number, ofBytes: number, counts: ImportCounts): void | Promise<void>;
  /** Columns that are passed over, and where an interrupted import goes on. */
  noticed(message: string): void;
}

export interface ImportResult extends ImportCounts {
  readonly dryRun: boolean;
  /** It went on after an interruption; the counts are those of all its runs. */
  readonly resumed: boolean;
  /** The first of what is wrong; all of it is in the file of errors. */
  readonly faults: readonly Fault[];
}

const mostFaults = 100;

/**
 * Imports customers from a file, or shows what an import would do. Reads the file in pieces; memory does not grow with it but for
 * 16 bytes a customer, by which e-mails that stand in it twice are found.
 *
 * @throws TransferError for a file that can't be read as a whole
 */
export async function importCustomers(
  services: ImportServices,
  options: ImportOptions,
  listener: ImportListener,
): Promise<ImportResult> {
  const { database, clock, customers } = services;
  const survey = await surveyFile(options.file, options.format);
  const surroundings = await readSurroundings(services);
  const header = headerOf(surroundings, options);
  const file = await openFile(survey);
  const passedOver = file.columns === undefined ? [] : checkColumns(header, file.columns);
  if (passedOver.length > 0) listener.noticed(passedOverWords(passedOver));
  await customers.ready(database);
  const progress = options.dryRun
    ? rehearsal
    : await beginProgress(database, importKey(survey, options), options, clock.now());
  if (progress.resumed)
    listener.noticed(`Going on after customer ${progress.counts.records}, where it was interrupted.`);

  const errors = await openErrors(options.errors, file.columns, survey.delimiter);
  const faults: Fault[] = [];
  const parts: BatchParts = {
    services,
    options,
    planner: { services, options },
    interpreter: { surroundings, header, websiteId: options.websiteId },
    repeated: repetitions(),
    errors,
    progress,
  };
  let at: Batching = { counts: progress.counts, errorsBytes: progress.errorsBytes };
  try {
    await errors.put('', at.errorsBytes);
    for await (const batch of batchesOf(recordsOf(file.rows), options.batch, (record) => skip(parts, record))) {
      const done = options.dryRun ? await rehearseBatch(parts, batch, at) : await commitBatch(parts, batch, at);
      at = done.at;
      for (const plan of done.plans) {
        if (plan.kind === 'failed') faults.push(...plan.faults.slice(0, mostFaults - faults.length));
        listener.decided(plan);
      }
      await listener.progressed(file.bytesRead(), survey.bytes, at.counts);
    }
    if (!options.dryRun) await finishImport(parts, at);
  } finally {
    await errors.close();
  }
  if (options.errors !== undefined && at.errorsBytes === 0) await rm(options.errors, { force: true });
  return { ...at.counts, dryRun: options.dryRun, resumed: progress.resumed, faults };
}

const rehearsal: Progress = { key: '', run: '', counts: noCounts, errorsBytes: 0, resumed: false };

const openFile = (survey: FileSurvey): Promise<SourceFile> | SourceFile =>
  survey.format === 'csv' ? openCsv(survey) : openJsonLines(survey);

function passedOverWords(columns: readonly string[]): string {
  const hashes = columns.includes('password_hash') ? ' Give --with-password-hashes to take the hashes.' : '';
  return `Passed over: ${columns.join(', ')}.${hashes}`;
}

/** True for a record that was committed before an interruption; what it says is remembered all the same. */
function skip({ progress, repeated, interpreter }: BatchParts, record: SourceRecord): boolean {
  if (record.number > progress.counts.records) return false;
  repeated.note(record, interpreter);
  return true;
}

async function* batchesOf(
  records: AsyncIterable<SourceRecord>,
  size: number,
  skipped: (record: SourceRecord) => boolean,
): AsyncGenerator<readonly SourceRecord[]> {
  let batch: SourceRecord[] = [];
  for await (const record of records) {
    if (skipped(record)) continue;
    batch.push(record);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
