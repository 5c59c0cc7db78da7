import { BatchError } from './batch-error.ts';
import type { Dialect } from './dialect.ts';
import { DatabaseError } from './errors.ts';
import type { Outcome, Query, Transaction } from './executor.ts';
import type { Engine, Failure, Row, Session, Statement } from './session.ts';

/** What a transaction asks of the database it belongs to. */
export interface TransactionHost {
  readonly engine: Engine;
  /** The statement's text with its table names; tells observers. */
  text(query: Query): string;
}

/** One try of one transaction. */
export class OpenTransaction implements Transaction {
  readonly dialect: Dialect;
  readonly #host: TransactionHost;
  readonly #session: Session;
  #over = false;
  #waiting: Statement[] = [];
  /** Set once the transaction cannot be committed any more, whatever `work` makes of the error. */
  broken: { readonly failure: Failure; readonly error: Error } | undefined;
  effects: (() => void | Promise<void>)[] | undefined;
  cause: string | undefined;

  constructor(host: TransactionHost, session: Session) {
    this.#host = host;
    this.#session = session;
    this.dialect = host.engine.dialect;
  }

  later(query: Query, then?: (outcome: Outcome) => void): void {
    this.#waiting.push({ text: this.#text(query), values: query.values, then });
  }

  /** Sends what waits. Called before the commit, and before any statement that is waited for. */
  async flush(): Promise<void> {
    while (this.#waiting.length > 0) {
      const statements = this.#waiting;
      this.#waiting = [];
      try {
        await this.#session.batch(statements);
      } catch (error) {
        const failed = error instanceof BatchError ? error : { cause: error, text: statements[0]?.text ?? '' };
        throw await this.#failed(failed.cause, failed.text);
      }
    }
  }

  async all<R = Row>(query: Query): Promise<R[]> {
    if (this.#waiting.length > 0) await this.flush();
    const text = this.#text(query);
    try {
      return (await this.#session.all(text, query.values)) as R[];
    } catch (error) {
      throw await this.#failed(error, text);
    }
  }

  async first<R = Row>(query: Query): Promise<R | undefined> {
    if (this.#waiting.length > 0) await this.flush();
    const text = this.#text(query);
    try {
      return (await this.#session.first(text, query.values)) as R | undefined;
    } catch (error) {
      throw await this.#failed(error, text);
    }
  }

  async run(query: Query): Promise<Outcome> {
    if (this.#waiting.length > 0) await this.flush();
    const text = this.#text(query);
    try {
      return await this.#session.run(text, query.values);
    } catch (error) {
      throw await this.#failed(error, text);
    }
  }

  afterCommit(effect: () => void | Promise<void>): void {
    this.effects ??= [];
    this.effects.push(effect);
  }

  end(): void {
    this.#over = true;
  }

  #text(query: Query): string {
    if (this.#over) throw new DatabaseError('DB_NESTED', 'A transaction was used after its end; await every statement');
    // The server has rolled back: another statement would be committed on its own.
    if (this.broken !== undefined) throw this.broken.error;
    return this.#host.text(query);
  }

  async #failed(error: unknown, text: string): Promise<Error> {
    const failure = this.#host.engine.failure(error);
    if (failure === 'final') return this.#host.engine.translate(error, text, this.#session);
    // Marked before anything is awaited, so that no other statement slips in between.
    const broken = { failure, error: error as Error };
    this.broken ??= broken;
    broken.error = await this.#host.engine.translate(error, text, undefined);
    return broken.error;
  }
}
