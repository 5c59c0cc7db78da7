import type Libsql from 'libsql';
import { BatchError } from '../batch-error.ts';
import { bindable } from '../bind.ts';
import { BoundedCache } from '../bounded-cache.ts';
import type { Outcome } from '../executor.ts';
import type { Row, Session, Statement } from '../session.ts';
import { isBusy } from './failures.ts';
import { type RowShape, rowShape, shapedRow } from './rows.ts';

interface Prepared {
  readonly statement: Libsql.Statement<unknown[]>;
  /** For `get` alone, made when it is first called: after `all`, libsql's `get` still has the values of that `all`. */
  single: Libsql.Statement<unknown[]> | undefined;
  readonly inserts: boolean;
  /** Unset for statements without rows. */
  shape: RowShape | undefined;
}

const statementLimit = 1000;

/** One libsql connection. libsql answers synchronously; what waits is the pool, never this. */
export class SqliteSession implements Session {
  readonly raw: Libsql.Database;
  /** libsql answers before anything could be cut off. */
  patient = false;
  setUps = 0;
  /** A prepared statement met BUSY: libsql leaves it open, and every later COMMIT would fail. */
  tainted = false;
  #open = false;
  readonly #prepared = new BoundedCache<Prepared>(statementLimit);

  constructor(raw: Libsql.Database) {
    this.raw = raw;
  }

  async all(text: string, values: readonly unknown[]): Promise<Row[]> {
    const prepared = this.#prepare(text);
    const found = this.#guarded(() => prepared.statement.all(bound(values)) as unknown[][]);
    const rows = new Array<Row>(found.length);
    for (let index = 0; index < found.length; index++) {
      const cells = found[index] as unknown[];
      rows[index] = shapedRow(shapeFor(prepared, prepared.statement, cells.length), cells);
    }
    return rows;
  }

  async first(text: string, values: readonly unknown[]): Promise<Row | undefined> {
    const prepared = this.#prepare(text);
    prepared.single ??= this.raw.prepare<unknown[]>(text).raw(prepared.shape !== undefined);
    const { single } = prepared;
    const cells = this.#guarded(() => single.get(bound(values)) as unknown[] | undefined);
    return cells === undefined ? undefined : shapedRow(shapeFor(prepared, single, cells.length), cells);
  }

  async run(text: string, values: readonly unknown[]): Promise<Outcome> {
    if (this.#open) return this.#run(text, values);
    // Alone, a prepared write could meet BUSY and taint the connection; BEGIN by exec() cannot.
    await this.begin();
    try {
      const outcome = this.#run(text, values);
      await this.commit();
      return outcome;
    } catch (error) {
      await this.rollback();
      throw error;
    }
  }

  #run(text: string, values: readonly unknown[]): Outcome {
    const prepared = this.#prepare(text);
    if (prepared.shape !== undefined) {
      this.#guarded(() => prepared.statement.all(bound(values)));
      return { affectedRows: 0, insertId: 0 };
    }
    const { changes, lastInsertRowid } = this.#guarded(() => prepared.statement.run(bound(values)));
    return { affectedRows: changes, insertId: prepared.inserts && changes > 0 ? Number(lastInsertRowid) : 0 };
  }

  async batch(statements: readonly Statement[]): Promise<void> {
    for (const { text, values, then } of statements) {
      let outcome: Outcome;
      try {
        outcome = this.#run(text, values);
      } catch (error) {
        throw new BatchError(text, error);
      }
      then?.(outcome);
    }
  }

  async execute(text: string): Promise<void> {
    this.raw.exec(text);
  }

  async begin(): Promise<void> {
    this.raw.exec('BEGIN IMMEDIATE');
    this.#open = true;
  }

  async commit(): Promise<void> {
    this.raw.exec('COMMIT');
    this.#open = false;
  }

  async rollback(): Promise<void> {
    this.#open = false;
    // SQLite rolls back by itself on some errors, such as a full disk.
    if (this.raw.inTransaction) this.raw.exec('ROLLBACK');
  }

  forget(): void {
    this.#prepared.clear();
  }

  #prepare(text: string): Prepared {
    const known = this.#prepared.get(text);
    if (known !== undefined) return known;
    const statement = this.raw.prepare<unknown[]>(text);
    const shape = statement.reader ? rowShape(statement.raw(true).columns()) : undefined;
    const inserts = /^\s*(?:insert|replace)\b/i.test(text) && !/\bon\s+conflict\b/i.test(text);
    const prepared: Prepared = { statement, single: undefined, shape, inserts };
    this.#prepared.set(text, prepared);
    return prepared;
  }

  #guarded<T>(call: () => T): T {
    try {
      return call();
    } catch (error) {
      if (isBusy(error)) this.tainted = true;
      throw error;
    }
  }
}

/** Integers go as bigint, because libsql binds every number as REAL (5 in a text column would become '5.0'). */
function bound(values: readonly unknown[]): unknown[] {
  const result = new Array<unknown>(values.length);
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    if (!bindable(value)) result[index] = value ? 1n : 0n;
    else result[index] = Number.isSafeInteger(value) ? BigInt(value as number) : value;
  }
  return result;
}

/** `SELECT *` gains columns when a table is altered; SQLite prepares such a statement again by itself when it is run. */
function shapeFor(prepared: Prepared, statement: Prepared['statement'], width: number): RowShape {
  if (prepared.shape === undefined || prepared.shape.names.length !== width) {
    prepared.shape = rowShape(statement.columns());
  }
  return prepared.shape;
}
