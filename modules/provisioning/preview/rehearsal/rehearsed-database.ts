import type { Database, Dialect, Executor, Outcome, Query, Transaction } from '../../../framework/index.ts';
import type { EarlierWork } from './earlier-work.ts';
import { type PlannedWrite, planned } from './planned-write.ts';
import { requireFreeKeys } from './taken-keys.ts';

/** The largest id that Magento's columns hold: what is not made has ids from here downwards, which nobody has. */
const largestId = 4_294_967_295;
const smallestStandIn = largestId - 1_000_000;

/** True for an id that stands for one the database would have given. */
export const isStandIn = (id: number): boolean => id > smallestStandIn;

/** How work is rehearsed. */
export interface Rehearsing {
  readonly earlier?: EarlierWork;
  /** Nobody asks how many rows a write finds: it is taken for one. For many rehearsals of which the plan of writes is not shown. */
  readonly takesRowsForThere?: boolean;
}

/** A database on which work can be tried: it reads, plans its writes, and never writes. */
export interface RehearsedDatabase extends Database {
  /** What the work would have written, in order. */
  readonly writes: readonly PlannedWrite[];
}

/**
 * Lets work read from `store` and collects what it writes instead of writing it. Statements other than SELECT never
 * reach the store, no row is locked, and effects after a commit don't happen. Unique keys are asked for, so that work
 * meets the same DuplicateKeyError as it would, `earlier` included. What the work has written it can't read back: it goes on with what it holds.
 */
export function rehearseOn(
  store: Executor,
  { earlier, takesRowsForThere = false }: Rehearsing = {},
): RehearsedDatabase {
  const { dialect } = store;
  const writes: PlannedWrite[] = [];
  const reader = readerOf(store, dialect);
  let nextId = largestId;
  const plan: Planner = {
    async note(query, before, counts = true) {
      const write = planned(query);
      await requireFreeKeys(reader, write, { plan: before, earlier });
      before.push(write);
      const affectedRows = takesRowsForThere ? 1 : counts ? await affected(reader, write) : 0;
      return { affectedRows, insertId: write.verb === 'insert' ? nextId-- : 0 };
    },
  };
  return {
    writes,
    ...reader,
    run: (query) => plan.note(query, writes),
    async transaction(work) {
      const tx = new RehearsedTransaction(reader, plan, writes);
      const result = await work(tx);
      await tx.flush();
      writes.splice(0, writes.length, ...tx.writes);
      return result;
    },
    async close() {},
  };
}

interface Planner {
  /** Adds a write to a plan. How many rows it would find is only asked for where somebody waits for it. */
  note(query: Query, before: PlannedWrite[], counts?: boolean): Promise<Outcome>;
}

/** The store's reads alone. */
function readerOf(store: Executor, dialect: Dialect): Executor {
  const lock = dialect.forUpdate.sql.trim();
  const read = ({ sql, values }: Query): Query => {
    if (!/^\s*(SELECT|WITH)\b/i.test(sql))
      throw new Error(`a rehearsal only reads, and was asked to: ${sql.slice(0, 60)}`);
    return { sql: lock === '' ? sql : sql.replaceAll(lock, ''), values };
  };
  return {
    dialect,
    all: async (query) => store.all(read(query)),
    first: async (query) => store.first(read(query)),
    run: ({ sql }) => Promise.reject(new Error(`a rehearsal only reads, and was asked to: ${sql.slice(0, 60)}`)),
  };
}

class RehearsedTransaction implements Transaction {
  readonly dialect: Dialect;
  readonly writes: PlannedWrite[];
  cause: string | undefined;
  readonly #reader: Executor;
  readonly #plan: Planner;
  #waiting: { readonly query: Query; readonly then: ((outcome: Outcome) => void) | undefined }[] = [];

  constructor(reader: Executor, plan: Planner, before: readonly PlannedWrite[]) {
    this.dialect = reader.dialect;
    this.#reader = reader;
    this.#plan = plan;
    this.writes = [...before];
  }

  async all<R>(query: Query): Promise<R[]> {
    await this.flush();
    return this.#reader.all<R>(query);
  }

  async first<R>(query: Query): Promise<R | undefined> {
    await this.flush();
    return this.#reader.first<R>(query);
  }

  async run(query: Query): Promise<Outcome> {
    await this.flush();
    return this.#plan.note(query, this.writes);
  }

  later(query: Query, then?: (outcome: Outcome) => void): void {
    this.#waiting.push({ query, then });
  }

  afterCommit(): void {}

  async flush(): Promise<void> {
    while (this.#waiting.length > 0) {
      const waiting = this.#waiting;
      this.#waiting = [];
      for (const { query, then } of waiting) {
        const outcome = await this.#plan.note(query, this.writes, then !== undefined);
        then?.(outcome);
      }
    }
  }
}

/** How many rows a write would find. */
async function affected(db: Executor, { verb, table, rows, where }: PlannedWrite): Promise<number> {
  if (verb === 'insert') return Math.max(1, rows.length);
  if (!where) return 1;
  if (where.values.some((value) => typeof value === 'number' && isStandIn(value))) return 1;
  const row = await db.first<{ n: number }>({
    sql: `SELECT COUNT(*) AS n FROM {${table}} WHERE ${where.sql}`,
    values: where.values,
  });
  return row?.n ?? 0;
}
