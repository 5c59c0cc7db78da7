import type { Connection, PrepareStatementInfo, QueryError } from 'mysql2';
import { BatchError } from '../batch-error.ts';
import { bindable } from '../bind.ts';
import { BoundedCache } from '../bounded-cache.ts';
import type { Outcome } from '../executor.ts';
import type { Row, Session, Statement } from '../session.ts';
import { mysqlFailure, mysqlFault } from './failures.ts';
import { together } from './pipeline.ts';

/** Ten connections of these stay far below the server's max_prepared_stmt_count of 16382. */
export const statementLimit = 500;

/**
 * MariaDB answers so for ever to a prepared statement that has fired a trigger, once another one is added to the table and
 * writes somewhere else: it is not prepared again by itself. The statement has done nothing.
 */
const noSuchTable = 1146;

type Done = (error: QueryError | null, result: unknown) => void;

/**
 * One mysql2 connection. Statements are prepared once per connection and run by the binary protocol; keeping them here
 * saves mysql2's own look-up, which builds a key and a command for every call.
 */
export class MysqlSession implements Session {
  readonly raw: Connection;
  patient = false;
  setUps = 0;
  /** Statements under way, and the watchdog's count when the first of them, or the last answer, came. */
  #pending = 0;
  #since = 0;
  readonly #clock: { readonly count: number };
  readonly #prepared: BoundedCache<PrepareStatementInfo>;

  /** Without autocommit the first statement begins the transaction. */
  readonly autocommit: boolean;

  constructor(raw: Connection, clock: { readonly count: number }, autocommit: boolean) {
    this.raw = raw;
    this.autocommit = autocommit;
    this.#clock = clock;
    this.#prepared = new BoundedCache(statementLimit, (text) => raw.unprepare(text));
  }

  all(text: string, values: readonly unknown[]): Promise<Row[]> {
    return new Promise((resolve, reject) => {
      this.#run(text, values, (error, rows) => {
        this.#answered();
        if (error) reject(error);
        else resolve(rows as Row[]);
      });
    });
  }

  first(text: string, values: readonly unknown[]): Promise<Row | undefined> {
    return new Promise((resolve, reject) => {
      this.#run(text, values, (error, rows) => {
        this.#answered();
        if (error) reject(error);
        else resolve((rows as Row[])[0]);
      });
    });
  }

  run(text: string, values: readonly unknown[]): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      this.#run(text, values, (error, result) => {
        this.#answered();
        if (error) reject(error);
        else resolve(outcome(result));
      });
    });
  }

  /** True when a statement has waited for its answer longer than `limit` counts of the watchdog. */
  overdue(limit: number): boolean {
    return this.#pending > 0 && !this.patient && this.#clock.count - this.#since > limit;
  }

  #asked(): void {
    if (this.#pending++ === 0) this.#since = this.#clock.count;
  }

  #answered(): void {
    this.#pending--;
    this.#since = this.#clock.count;
  }

  #run(text: string, values: readonly unknown[], done: Done): void {
    const bound = boundValues(values);
    this.#asked();
    const known = this.#prepared.get(text);
    if (known === undefined) {
      this.#prepareAndRun(text, bound, done);
      return;
    }
    known.execute(bound, (error: QueryError | null, result?: unknown) => {
      if (error?.errno !== noSuchTable) {
        done(error, result);
        return;
      }
      this.forget();
      this.#prepareAndRun(text, bound, done);
    });
  }

  #prepareAndRun(text: string, bound: PreparedValue[], done: Done): void {
    this.raw.prepare(text, (error, statement) => {
      // mysql2 says null or undefined for no error, against its types.
      if (error) {
        done(error, undefined);
        return;
      }
      this.#prepared.set(text, statement);
      statement.execute(bound, done);
    });
  }

  async batch(statements: readonly Statement[]): Promise<void> {
    const prepared: PrepareStatementInfo[] = [];
    for (const { text } of statements) prepared.push(this.#prepared.get(text) ?? (await this.#prepare(text)));
    const outcomes: unknown[] = [];
    const failures = await new Promise<unknown[]>((resolve) => {
      const errors: unknown[] = [];
      let open = statements.length;
      together(this.raw, () => {
        for (const [index, statement] of prepared.entries()) {
          this.#asked();
          statement.execute(
            boundValues(statements[index]?.values ?? []),
            (error: QueryError | null, result?: unknown) => {
              this.#answered();
              errors[index] = error ?? undefined;
              outcomes[index] = result;
              if (--open === 0) resolve(errors);
            },
          );
        }
      });
    });
    const first = failures.findIndex((error) => error !== undefined);
    if (first < 0) {
      for (const [index, { then }] of statements.entries()) then?.(outcome(outcomes[index]));
      return;
    }
    if (failures.some((error) => mysqlFault(error)?.errno === noSuchTable)) this.forget();
    const gone = failures.findIndex((error) => error !== undefined && mysqlFailure(error) !== 'final');
    const which = gone < 0 ? first : gone;
    throw new BatchError(statements[which]?.text ?? '', failures[which]);
  }

  #prepare(text: string): Promise<PrepareStatementInfo> {
    return new Promise((resolve, reject) => {
      this.#asked();
      this.raw.prepare(text, (error, statement) => {
        this.#answered();
        if (error) return reject(new BatchError(text, error));
        this.#prepared.set(text, statement);
        resolve(statement);
      });
    });
  }

  execute(text: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#asked();
      this.raw.query(text, (error) => {
        this.#answered();
        if (error) reject(error);
        else resolve();
      });
    });
  }

  async begin(): Promise<void> {
    if (this.autocommit) await this.execute('BEGIN');
  }

  commit(): Promise<void> {
    return this.execute('COMMIT');
  }

  rollback(): Promise<void> {
    return this.execute('ROLLBACK');
  }

  forget(): void {
    this.#prepared.clear();
  }
}

function outcome(result: unknown): Outcome {
  const { affectedRows, insertId } = result as Partial<Outcome>;
  return { affectedRows: affectedRows ?? 0, insertId: insertId ?? 0 };
}

/** The values themselves when all can be bound as they are; a copy only where a boolean must become 0 or 1. */
function boundValues(values: readonly unknown[]): PreparedValue[] {
  for (let index = 0; index < values.length; index++) {
    if (!bindable(values[index])) return values.map((value) => (bindable(value) ? value : value ? 1 : 0)) as never;
  }
  return values as PreparedValue[];
}

type PreparedValue = string | number | bigint | null | Buffer;
