import knex, { type Knex } from 'knex';
import { DatabaseError } from './errors.ts';

interface TarnPool<R> {
  acquire(): { promise: Promise<R> };
  release(resource: R): boolean;
}

/** The pool that knex made. Asked directly, because knex's own acquire and release log and copy on every call. */
export function poolOf<R>(knex: Knex): TarnPool<R> {
  const { pool } = knex.client as { pool: TarnPool<R> | undefined };
  if (pool === undefined) throw closed();
  return pool;
}

const closed = () => new DatabaseError('DB_UNAVAILABLE', 'The database has been closed by this process');

/** Those who wait for a connection. A pool that is destroyed turns them away, though they came before it was closed. */
export class Waiting {
  #count = 0;
  #closed = false;
  #served = () => {};

  /** Before a connection is asked for; DB_UNAVAILABLE after `close`. */
  begin(): void {
    if (this.#closed) throw closed();
    this.#count++;
  }

  /** After it was given or refused. */
  end(): void {
    if (--this.#count === 0) this.#served();
  }

  /** Lets nobody else begin; resolves when nobody waits any more. */
  async close(): Promise<void> {
    this.#closed = true;
    if (this.#count > 0)
      await new Promise<void>((resolve) => {
        this.#served = resolve;
      });
  }
}

/** A knex whose every query runs on this one connection, whoever holds it. Needs no closing. */
export function knexOn(client: typeof Knex.Client, connection: unknown): Knex {
  const connectionPool = {
    acquire: () => ({ promise: Promise.resolve(connection) }),
    release: () => true,
    destroy: () => Promise.resolve(),
    numFree: () => 0,
    numUsed: () => 1,
    numPendingAcquires: () => 0,
  };
  const config = { client, connectionPool, useNullAsDefault: true, log: silent };
  return knex(config as Knex.Config);
}

/** knex reports every failed acquire and dropped connection as a warning; callers get these as errors anyway. */
export const silent = { warn() {}, error() {}, debug() {}, deprecate() {} };

/** Waits `milliseconds`. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
