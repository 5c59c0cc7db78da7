import { CustomerError } from '../../customer/index.ts';
import { DatabaseError, DuplicateKeyError, type Executor, type Transaction } from '../../framework/index.ts';
import type { SourceRecord } from '../file/row.ts';
import type { Fault } from '../transfer-error.ts';
import { carryOut } from './carrying-out.ts';
import { credentialOf } from './credential.ts';
import type { ErrorsFile, Failure } from './errors-file.ts';
import { type Interpreter, interpret } from './interpret.ts';
import { matchAll } from './matching.ts';
import type { ImportCounts, ImportOptions } from './options.ts';
import type { Plan } from './plan.ts';
import { type Planner, planFor } from './planning.ts';
import { noteProgress, type Progress } from './progress.ts';
import { recordCustomer } from './record.ts';
import type { Repetitions } from './repetition.ts';
import type { ImportServices } from './surroundings.ts';
import type { Wanted } from './wanted.ts';

/** What batches are imported with. */
export interface BatchParts {
  readonly services: ImportServices;
  readonly options: ImportOptions;
  readonly planner: Planner;
  readonly interpreter: Interpreter;
  readonly repeated: Repetitions;
  readonly errors: ErrorsFile;
  readonly progress: Progress;
}

/** Where an import stands. */
export interface Batching {
  readonly counts: ImportCounts;
  readonly errorsBytes: number;
}

export interface BatchDone {
  readonly at: Batching;
  /** One for each record, in their order. */
  readonly plans: readonly Plan[];
}

/** A record, read and checked as far as the file alone allows. */
interface Prepared {
  readonly record: SourceRecord;
  readonly wanted: Wanted | undefined;
  readonly faults: readonly Fault[];
  readonly passwordHash: string | undefined;
}

/** Shows what a batch would do. */
export async function rehearseBatch(
  parts: BatchParts,
  records: readonly SourceRecord[],
  at: Batching,
): Promise<BatchDone> {
  const prepared = await prepare(parts, records);
  const plans = await decide(parts, parts.services.database, prepared, false);
  const text = parts.errors.text(failuresIn(prepared, plans), at.errorsBytes);
  await parts.errors.put(text, at.errorsBytes);
  return { plans, at: after(at, plans, text) };
}

/**
 * Imports a batch in one transaction, with its progress. Where the database refuses a row, all of them are written anew, each
 * in a transaction of its own: then the bad one fails alone.
 */
export async function commitBatch(
  parts: BatchParts,
  records: readonly SourceRecord[],
  at: Batching,
): Promise<BatchDone> {
  const prepared = await prepare(parts, records);
  try {
    return await commit(parts, prepared, at);
  } catch (error) {
    if (refusal(error) === undefined) throw error;
  }
  const plans: Plan[] = [];
  let reached = at;
  for (const one of prepared) {
    const done = await commitAlone(parts, one, reached);
    plans.push(...done.plans);
    reached = done.at;
  }
  return { plans, at: reached };
}

async function commitAlone(parts: BatchParts, one: Prepared, at: Batching): Promise<BatchDone> {
  try {
    return await commit(parts, [one], at);
  } catch (error) {
    const refused = refusal(error);
    if (refused === undefined) throw error;
    return commit(parts, [{ ...one, faults: [{ line: one.record.line, ...refused }] }], at);
  }
}

/** What is the row's fault and not the database's: a sentence, and the column where it is known. */
function refusal(error: unknown): Omit<Fault, 'line'> | undefined {
  if (error instanceof CustomerError) return { column: error.attribute, message: error.message };
  if (error instanceof DuplicateKeyError && error.table === 'customer_entity')
    return { column: 'email', message: 'Another customer has this e-mail. Use another, or correct the row.' };
  if (error instanceof DatabaseError && (error.code === 'DB_VALUE' || error.code === 'DB_REFERENCE'))
    return { column: undefined, message: `The database does not take the row: ${error.message}. Correct its values.` };
  return undefined;
}

async function prepare(parts: BatchParts, records: readonly SourceRecord[]): Promise<readonly Prepared[]> {
  const { services, interpreter, repeated, options } = parts;
  const prepared: Prepared[] = [];
  await services.customers.ready(services.database);
  for (const record of records) {
    const { wanted, faults = [] } = interpret(record, interpreter);
    const twice = wanted && repeated.check(wanted);
    if (wanted === undefined || twice) {
      prepared.push({ record, wanted, faults: twice ? [twice] : faults, passwordHash: undefined });
      continue;
    }
    const { hash, fault } = await credentialOf(services, services.database, wanted, options.dryRun);
    prepared.push({ record, wanted, faults: fault ? [fault] : [], passwordHash: hash });
  }
  return prepared;
}

/** Decides for each record, in their order. */
async function decide(
  { services, planner }: BatchParts,
  db: Executor,
  prepared: readonly Prepared[],
  forUpdate: boolean,
): Promise<readonly Plan[]> {
  const good = prepared.flatMap(({ wanted, faults }) => (wanted === undefined || faults.length > 0 ? [] : [wanted]));
  const matches = await matchAll(services, db, good, forUpdate);
  const plans: Plan[] = [];
  for (const { record, wanted, faults, passwordHash } of prepared) {
    const match = wanted && matches.get(wanted);
    plans.push(
      wanted === undefined || match === undefined
        ? { kind: 'failed', line: record.line, faults }
        : await planFor(planner, db, wanted, match, passwordHash),
    );
  }
  return plans;
}

const failuresIn = (prepared: readonly Prepared[], plans: readonly Plan[]): readonly Failure[] =>
  prepared.flatMap(({ record }, place) => {
    const plan = plans[place];
    return plan?.kind === 'failed' ? [{ record, faults: plan.faults }] : [];
  });

function after({ counts, errorsBytes }: Batching, plans: readonly Plan[], text: string): Batching {
  const of = (kind: Plan['kind']): number => plans.filter((plan) => plan.kind === kind).length;
  return {
    counts: {
      records: counts.records + plans.length,
      created: counts.created + of('create'),
      updated: counts.updated + of('update'),
      unchanged: counts.unchanged + of('unchanged'),
      skipped: counts.skipped + of('skipped'),
      failed: counts.failed + of('failed'),
    },
    errorsBytes: errorsBytes + Buffer.byteLength(text),
  };
}

/** One transaction: what it writes outside the database may be written again, at the same place. */
function commit(parts: BatchParts, prepared: readonly Prepared[], at: Batching): Promise<BatchDone> {
  const { services, errors, progress } = parts;
  return services.database.transaction(async (tx) => {
    tx.cause = 'customer:import';
    const now = services.clock.now();
    const plans = await decide(parts, tx, prepared, true);
    for (const plan of plans) await write(parts, tx, plan, now);
    const text = errors.text(failuresIn(prepared, plans), at.errorsBytes);
    const reached = after(at, plans, text);
    await errors.put(text, at.errorsBytes);
    await noteProgress(tx, progress, reached.counts, reached.errorsBytes, false, now);
    return { plans, at: reached };
  });
}

async function write(parts: BatchParts, tx: Transaction, plan: Plan, now: Date): Promise<void> {
  if (plan.kind !== 'create' && plan.kind !== 'update') return;
  const id = await carryOut(parts.services, tx, plan, now);
  recordCustomer(parts, tx, plan, id, now);
}
