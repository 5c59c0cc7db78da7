import type { Connection, Connections } from '../../connection/index.ts';
import { type Clock, type Executor, type Logger, newHolder } from '../../framework/index.ts';
import { countLinked, nextKeys } from '../impact/linked-users.ts';
import type { Room } from '../room.ts';
import { breathe } from '../search/paging/reader.ts';
import { settleUsers } from '../user/settle.ts';
import { claimRun, findRun, type Goal, isReached, leaveRun, noteStep } from './run.ts';
import type { SearchForms, SearchFormsProgress } from './search-forms.ts';

const lookEvery = 30_000;
/** Users that are settled between two notes of how far it is: what is done again after a kill. */
const atATime = 200;

export interface SearchFormsParts {
  readonly room: Room;
  readonly connections: Connections;
  readonly clock: Clock;
  readonly logger: Logger;
}

type Told = (connection: Connection, progress: SearchFormsProgress) => void;

/** Runs over `vestibule_search_forms`. */
export function createSearchForms({ room, connections, clock, logger }: SearchFormsParts): SearchForms {
  const { database } = room;
  const me = newHolder();
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> | undefined;
  let again = false;
  let stopped = false;

  const goalOf = async (db: Executor, connection: Connection): Promise<Goal> => {
    await room.mapping.ready(db, connection);
    const { version, marks } = room.mapping.of(connection);
    return { version, mark: marks.whole };
  };

  const progress: SearchForms['progress'] = async (db, connection, countTo) => {
    const goal = await goalOf(db, connection);
    const run = await findRun(db, connection.id);
    if (run && (run.version > goal.version || (run.version === goal.version && run.mark === goal.mark))) {
      const { version, done, total, differed, startedAt, endedAt } = run;
      return { version, finished: endedAt !== null, done, total, differed, startedAt, endedAt };
    }
    const total = await countLinked(db, connection.id, countTo);
    const { version } = goal;
    return { version, finished: total === 0, done: 0, total, differed: 0, startedAt: null, endedAt: null };
  };

  /** Works on one connection; true where its mapping has changed on the way, so that it has to be looked at again. */
  async function workOn(connection: Connection, told: Told): Promise<boolean> {
    const goal = await goalOf(database, connection);
    if (isReached(await findRun(database, connection.id), goal)) return false;
    const total = await countLinked(database, connection.id);
    const ours = { connectionId: connection.id, me, goal };
    if (!(await claimRun(database, { ...ours, total }, clock.now()))) return false;
    let last = (await findRun(database, connection.id))?.last ?? 0;
    while (!stopped) {
      await room.customers.ready(database);
      const now = await goalOf(database, connection);
      if (now.mark !== goal.mark || now.version !== goal.version) {
        await leaveRun(database, ours, false, clock.now());
        return true;
      }
      const keys = await nextKeys(database, connection.id, last, atATime);
      const end = keys.at(-1);
      if (end === undefined) {
        await leaveRun(database, ours, true, clock.now());
        told(connection, await progress(database, connection));
        return false;
      }
      const differed = await settleUsers(room, connection, keys);
      if (differed > 0) room.search.changed(connection.id);
      const step = { from: last, to: end, done: keys.length, differed };
      if (!(await noteStep(database, ours, step, clock.now()))) return true;
      last = end;
      told(connection, await progress(database, connection));
      await breathe();
    }
    await leaveRun(database, ours, false, clock.now());
    return false;
  }

  /** One connection that can't be worked on, such as one whose mapping is damaged, keeps no other waiting. */
  async function rounds(told: Told): Promise<void> {
    const failures: unknown[] = [];
    do {
      again = false;
      for (const connection of await connections.list(database))
        try {
          while (!stopped && (await workOn(connection, told)));
        } catch (error) {
          failures.push(error);
        }
    } while (again && !stopped && failures.length === 0);
    if (failures.length > 0) throw failures[0];
  }

  function drain(told: Told = () => {}): Promise<void> {
    again = true;
    working ??= rounds(told).finally(() => {
      working = undefined;
    });
    return working;
  }

  const look = (): void => {
    drain().catch((err: unknown) =>
      logger.error({ err }, 'Users could not be brought to the mapping in effect for searches; it is tried again'),
    );
  };

  return {
    progress,
    movedAt: async (db, { id }) => (await findRun(db, id))?.movedAt ?? null,
    drain,
    kick() {
      if (timer) look();
    },
    start() {
      stopped = false;
      timer = setInterval(look, lookEvery);
      timer.unref();
      look();
    },
    async stop() {
      stopped = true;
      clearInterval(timer);
      timer = undefined;
      await working?.catch(() => {});
    },
  };
}
