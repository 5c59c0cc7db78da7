import type { ActivityEntry } from '../../activity/index.ts';
import type { Database, Transaction } from '../../framework/index.ts';
import type { Room } from '../room.ts';

/** Ends a transaction that was never meant to be committed. */
class Undone extends Error {
  override readonly name = 'Undone';
}

/** What is looked at around a transaction before it is undone. */
export interface Watch<State> {
  /** With what the work has answered, once it has. */
  look(tx: Transaction, result?: unknown): Promise<State>;
  readonly records: ActivityEntry[];
  before: State | undefined;
  after: State | undefined;
}

/**
 * A room in which use cases run as they are, in real transactions that are rolled back: for work that reads back what it
 * has written. Rows are held meanwhile as the real request would hold them; effects after a commit don't happen.
 */
export function undoneRoom<State>(room: Room, watch: Watch<State>): Room {
  const { database, activities } = room;
  const transaction: Database['transaction'] = async (work) => {
    const undone = new Undone('what was tried is rolled back');
    let result: Awaited<ReturnType<typeof work>> | undefined;
    try {
      await database.transaction(async (tx) => {
        watch.records.length = 0;
        watch.before = await watch.look(tx);
        result = await work(tx);
        // A look sends what waits for the commit first, so that it is refused as the commit would refuse it.
        watch.after = await watch.look(tx, result);
        throw undone;
      });
    } catch (error) {
      if (error !== undone) throw error;
    }
    return result as Awaited<ReturnType<typeof work>>;
  };
  return {
    ...room,
    database: {
      dialect: database.dialect,
      all: (query) => database.all(query),
      first: (query) => database.first(query),
      run: () => Promise.reject(new Error('what is tried writes in transactions alone')),
      transaction,
      close: async () => {},
    },
    activities: {
      ...activities,
      record: (_, entry) => void watch.records.push(entry),
      note: (entry) => void watch.records.push(entry),
    },
  };
}
