import type { Dialect } from './dialect.ts';
import { DatabaseError } from './errors.ts';
import type { Database, Outcome, Query, Transaction } from './executor.ts';
import { isInside, runInside } from './nesting.ts';
import { OpenTransaction } from './open-transaction.ts';
import { pause } from './pool.ts';
import { busyDelay, maxTries, retryBudget, retryDelay } from './retry.ts';
import type { Engine, Failure, Row, Session } from './session.ts';
import { tableNames } from './table-names.ts';

export interface DatabaseSettings {
  readonly tablePrefix: string;
  /** Is told of errors in afterCommit effects. */
  readonly onEffectError: (error: unknown) => void;
  /** Refuses statements on the database made inside a transaction's work (DB_NESTED). For tests: it is not free. */
  readonly detectNesting: boolean;
}

type Observer = (text: string) => void;

/** The database as modules see it, on any engine. */
export class SqlDatabase implements Database {
  readonly dialect: Dialect;
  readonly engine: Engine;
  readonly tablePrefix: string;
  readonly #expand: (text: string) => string;
  readonly #onEffectError: (error: unknown) => void;
  readonly #detectNesting: boolean;
  #observers: readonly Observer[] = [];
  /** Run once on each connection before it is lent; there are next to none. */
  readonly #setUps: string[] = [];

  constructor(engine: Engine, settings: DatabaseSettings) {
    this.engine = engine;
    this.dialect = engine.dialect;
    this.tablePrefix = settings.tablePrefix;
    this.#expand = tableNames(settings.tablePrefix);
    this.#onEffectError = settings.onEffectError;
    this.#detectNesting = settings.detectNesting;
  }

  all<R = Row>(query: Query): Promise<R[]> {
    return this.#alone(query, 'all') as Promise<R[]>;
  }

  first<R = Row>(query: Query): Promise<R | undefined> {
    return this.#alone(query, 'first') as Promise<R | undefined>;
  }

  run(query: Query): Promise<Outcome> {
    return this.#alone(query, 'run') as Promise<Outcome>;
  }

  async transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    this.#refuseNesting();
    const deadline = Date.now() + retryBudget;
    for (let tries = 1; ; tries++) {
      const session = await this.#begin(deadline);
      const tx = new OpenTransaction(this, session);
      let result: T;
      try {
        result = await this.#work(tx, work);
        await tx.flush();
        if (tx.broken !== undefined) throw tx.broken.error;
      } catch (error) {
        tx.end();
        await this.#abandon(session, tx);
        if (!mayRunAgain(tx) || tries >= maxTries || Date.now() > deadline) throw error;
        await pause(retryDelay(tries));
        continue;
      }
      tx.end();
      const failed = await this.#commit(session);
      if (failed === undefined) {
        if (tx.effects !== undefined) await this.#runEffects(tx.effects);
        return result;
      }
      if (!failed.again || tries >= maxTries || Date.now() > deadline) throw failed.error;
      await pause(retryDelay(tries));
    }
  }

  close(): Promise<void> {
    return this.engine.close();
  }

  /** The text of a statement with its table names. */
  text(query: Query): string {
    const text = this.#expand(query.sql);
    for (let index = 0; index < this.#observers.length; index++) this.#observers[index]?.(text);
    return text;
  }

  /** Tells `observer` of every statement before it runs, BEGIN, COMMIT and ROLLBACK excepted; answers how to stop. */
  observe(observer: Observer): () => void {
    this.#observers = [...this.#observers, observer];
    return () => {
      this.#observers = this.#observers.filter((other) => other !== observer);
    };
  }

  /**
   * Runs a statement once on every connection from now on, those that are open included, before it is used again. One
   * that the database refuses is passed over: no connection is lost over it.
   */
  onEachConnection(query: Query): void {
    this.#setUps.push(this.#expand(query.sql));
  }

  /** Lends one connection to `work`, outside any transaction and without a limit on how long a statement takes. */
  async withSession<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const session = await this.engine.acquire('statement');
    session.patient = true;
    let failure: Failure = 'final';
    try {
      if (session.setUps !== this.#setUps.length) await this.#setUp(session);
      return await work(session);
    } catch (error) {
      failure = this.engine.failure(error);
      throw await this.engine.translate(error, '', undefined);
    } finally {
      session.patient = false;
      this.#giveBack(session, failure);
    }
  }

  async #setUp(session: Session): Promise<void> {
    for (const text of this.#setUps.slice(session.setUps)) {
      try {
        await session.execute(text);
      } catch (error) {
        if (this.engine.failure(error) !== 'final') throw error;
      }
      session.setUps++;
    }
  }

  /** A statement outside a transaction: it is its own transaction, so the same errors let it run again. */
  async #alone(query: Query, how: 'all' | 'first' | 'run'): Promise<unknown> {
    this.#refuseNesting();
    const text = this.text(query);
    let deadline = 0;
    for (let tries = 1; ; tries++) {
      const session = await this.engine.acquire('statement');
      let failed: unknown;
      try {
        if (session.setUps !== this.#setUps.length) await this.#setUp(session);
        const result = await session[how](text, query.values);
        this.engine.release(session);
        return result;
      } catch (error) {
        failed = error;
      }
      const failure = this.engine.failure(failed);
      if (deadline === 0) deadline = Date.now() + retryBudget;
      const again =
        failure === 'busy' ||
        (failure === 'transient' && tries < maxTries) ||
        // What only reads may be asked again; a write may have been carried out.
        (failure === 'connection' && how !== 'run' && tries < maxTries);
      if (!again || Date.now() > deadline) throw await this.#finalError(session, failure, failed, text, how);
      this.#giveBack(session, failure);
      await pause(failure === 'busy' ? busyDelay() : retryDelay(tries));
    }
  }

  async #finalError(session: Session, failure: Failure, failed: unknown, text: string, how: string): Promise<Error> {
    if (failure === 'connection' && how === 'run' && !this.engine.answered(failed)) {
      this.engine.discard(session);
      return unknownOutcome(failed);
    }
    try {
      return await this.engine.translate(failed, text, failure === 'final' ? session : undefined);
    } finally {
      this.#giveBack(session, failure);
    }
  }

  #giveBack(session: Session, failure: Failure): void {
    if (failure === 'connection') this.engine.discard(session);
    else this.engine.release(session);
  }

  /** Begins on a session held already, waiting while another process writes. */
  async beginOn(session: Session): Promise<void> {
    const deadline = Date.now() + retryBudget;
    for (;;) {
      try {
        return await session.begin();
      } catch (error) {
        if (this.engine.failure(error) !== 'busy' || Date.now() > deadline) throw error;
      }
      await pause(busyDelay());
    }
  }

  async #begin(deadline: number): Promise<Session> {
    for (;;) {
      const session = await this.engine.acquire('transaction');
      try {
        if (session.setUps !== this.#setUps.length) await this.#setUp(session);
        await session.begin();
        return session;
      } catch (error) {
        const failure = this.engine.failure(error);
        this.#giveBack(session, failure);
        if ((failure !== 'busy' && failure !== 'connection') || Date.now() > deadline) {
          throw await this.engine.translate(error, 'BEGIN', undefined);
        }
      }
      await pause(busyDelay());
    }
  }

  #work<T>(tx: OpenTransaction, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.#detectNesting ? runInside(this, () => work(tx)) : work(tx);
  }

  async #abandon(session: Session, tx: OpenTransaction): Promise<void> {
    if (tx.broken?.failure === 'connection') return this.engine.discard(session);
    try {
      await session.rollback();
      this.engine.release(session);
    } catch {
      // A connection that cannot even roll back is of no use; the server rolls back when it goes.
      this.engine.discard(session);
    }
  }

  async #commit(session: Session): Promise<{ error: Error; again: boolean } | undefined> {
    try {
      await session.commit();
    } catch (error) {
      const failure = this.engine.failure(error);
      if (failure === 'connection') {
        this.engine.discard(session);
        return { error: unknownOutcome(error), again: false };
      }
      try {
        await session.rollback();
        this.engine.release(session);
      } catch {
        this.engine.discard(session);
      }
      const again = failure === 'transient' || failure === 'busy';
      return { error: await this.engine.translate(error, 'COMMIT', undefined), again };
    }
    this.engine.release(session);
    return undefined;
  }

  async #runEffects(effects: readonly (() => void | Promise<void>)[]): Promise<void> {
    for (const effect of effects) {
      try {
        await effect();
      } catch (error) {
        this.#onEffectError(error);
      }
    }
  }

  #refuseNesting(): void {
    if (this.#detectNesting && isInside(this)) {
      throw new DatabaseError(
        'DB_NESTED',
        'The database was used inside a transaction; use tx for every statement there',
      );
    }
  }
}

function mayRunAgain(tx: OpenTransaction): boolean {
  return tx.broken !== undefined && tx.broken.failure !== 'lost' && tx.broken.failure !== 'final';
}

function unknownOutcome(cause: unknown): DatabaseError {
  return new DatabaseError(
    'DB_COMMIT_UNKNOWN',
    'The connection to the database was lost while a change was being committed: it is there whole or not at all',
    { cause },
  );
}
