import type { Connection, Connections } from '../../connection/index.ts';
import { type Clock, type Executor, sql, type Transaction } from '../../framework/index.ts';
import { ScimError } from '../../scim/index.ts';
import { nextKeys, usersTogether } from '../impact/linked-users.ts';
import type { Room } from '../room.ts';
import { breathe } from '../search/paging/reader.ts';
import { holdUserOf } from '../user/user-record.ts';
import { readCompared, type Wanted } from './compared-user.ts';
import { cureUser } from './cure-user.ts';
import {
  type Disagreement,
  type DisagreementKind,
  type DisagreementPlace,
  disagreementKinds,
  isSamePlace,
  type Remedy,
} from './disagreement.ts';
import { judgeUser, subjectOf, userKinds } from './judge-user.ts';
import { recordCure } from './record-cure.ts';
import {
  type ComparedBatch,
  type ComparisonScope,
  type UserComparison,
  UserComparisonError,
} from './user-comparison.ts';
import { groupsWalk, linksWalk } from './walk/groups.ts';
import { rowWalks } from './walk/rows.ts';
import { usersWalk } from './walk/users.ts';
import { idOf, type Known, type Walk } from './walk/walk.ts';

/** Rows of a walk that are read together. */
const together = 1000;

export interface ComparisonParts {
  readonly room: Room;
  readonly connections: Connections;
  readonly clock: Clock;
}

/** Over the tables of this room and the customers of the store. */
export function createComparison({ room, connections, clock }: ComparisonParts): UserComparison {
  const { database } = room;
  const walks = [usersWalk(room), ...rowWalks, groupsWalk, linksWalk] as unknown as readonly Walk[];
  const everything: ReadonlySet<DisagreementKind> = new Set(disagreementKinds);

  const known = async (db: Executor): Promise<Known> => ({
    connections: new Map((await connections.list(db)).map((one) => [one.id, one])),
    now: clock.now(),
  });

  async function* throughRows(
    walk: Walk,
    about: Known & { readonly living: boolean },
    { connection, kinds = everything }: ComparisonScope,
  ): AsyncGenerator<ComparedBatch> {
    for (let after = 0; ; ) {
      const rows = await walk.read(database, after, together);
      const found = rows.flatMap((row) => walk.judge(row, about) ?? []);
      const asked = found.filter(
        ({ kind, connectionId }) => kinds.has(kind) && (connection === undefined || connectionId === connection.id),
      );
      yield { looked: walk.users && !about.living ? rows.length : 0, found: asked, customers: [] };
      const last = rows.at(-1);
      if (!last || rows.length < together) return;
      after = last.id;
      await breathe();
    }
  }

  async function* throughUsers(connection: Connection, wanted: Wanted): AsyncGenerator<ComparedBatch> {
    for (let after = 0; ; ) {
      await room.customers.ready(database);
      await room.mapping.ready(database, connection);
      const keys = await nextKeys(database, connection.id, after);
      const last = keys.at(-1);
      if (last === undefined) return;
      const mapping = room.mapping.of(connection);
      const users = await readCompared(room, database, connection, keys, wanted);
      yield {
        looked: keys.length,
        found: users.flatMap((user) => judgeUser(user, connection, mapping, wanted, clock.now())),
        customers: users.map((user) => ({
          connectionId: connection.id,
          customer: user.record.customer,
          subject: subjectOf(user),
        })),
      };
      if (keys.length < usersTogether) return;
      after = last;
      await breathe();
    }
  }

  /** What is there of a place now, with its rows held. */
  async function lookAgain(tx: Transaction, place: DisagreementPlace) {
    const about = await known(tx);
    const walk = walks.find(({ kinds }) => kinds.includes(place.kind));
    if (walk) {
      const row = await walk.hold(tx, idOf(place));
      const found = row && walk.judge(row, about);
      if (!found || !isSamePlace(found, place)) return undefined;
      return { found, cure: (remedy: Remedy) => walk.cure(tx, found, remedy, about) };
    }
    const connection = about.connections.get(place.connectionId ?? 0);
    if (!connection) return undefined;
    const mapping = room.mapping.of(connection);
    const { customers } = room;
    if (!(await holdUserOf(tx, { customers, mapping }, connection.id, idOf(place)))) return undefined;
    const wanted: Wanted = { has: (kind) => kind === place.kind };
    const [user] = await readCompared(room, tx, connection, [idOf(place)], wanted);
    if (!user) return undefined;
    const found = judgeUser(user, connection, mapping, wanted, about.now).find((one) => isSamePlace(one, place));
    if (!found) return undefined;
    return {
      found,
      cure: (remedy: Remedy) => cureUser(room, tx, { user, connection, mapping, now: about.now }, found, remedy),
    };
  }

  return {
    async *compare(scope = {}) {
      const { connection, kinds = everything } = scope;
      // Users that are looked at with their customers are counted then.
      const living = scope.customers === true || userKinds.some((kind) => kinds.has(kind));
      const about = { ...(await known(database)), living };
      for (const walk of walks) if (walk.kinds.some((kind) => kinds.has(kind))) yield* throughRows(walk, about, scope);
      if (!living) return;
      const all = connection ? [connection] : about.connections.values();
      for (const one of all) yield* throughUsers(one, kinds);
    },
    async size(db, { connection, kinds = everything, customers } = {}) {
      if (customers || userKinds.some((kind) => kinds.has(kind))) return countUsers(db, connection ?? 'living');
      return walks.some(({ users, kinds: of }) => users && of.some((kind) => kinds.has(kind)))
        ? countUsers(db, 'all')
        : 0;
    },
    async ready({ connectionId }) {
      await room.customers.ready(database);
      const connection = connectionId === null ? undefined : await connections.byId(database, connectionId);
      await room.mapping.ready(database, connection);
    },
    async cure(tx, place, remedy, curing) {
      // Groups are held before users, as everywhere.
      if (remedy === 'release' || remedy === 'forget') await holdGroupsOf(tx, idOf(place));
      const again = await lookAgain(tx, place);
      if (!again) return false;
      requireRemedy(again.found, remedy);
      try {
        await again.cure(remedy);
      } catch (error) {
        if (error instanceof ScimError) throw new UserComparisonError('REFUSED', error.message);
        throw error;
      }
      recordCure(room, tx, again.found, remedy, curing);
      return true;
    },
  };
}

async function countUsers(db: Executor, which: Connection | 'living' | 'all'): Promise<number> {
  const row = await db.first<{ n: number }>(
    which === 'all'
      ? sql`SELECT COUNT(*) AS n FROM {vestibule_user}`
      : which === 'living'
        ? sql`SELECT COUNT(*) AS n FROM {vestibule_user} WHERE is_deleted = 0`
        : sql`SELECT COUNT(*) AS n FROM {vestibule_user} WHERE connection_id = ${which.id} AND is_deleted = 0`,
  );
  return row?.n ?? 0;
}

const holdGroupsOf = (tx: Transaction, customerId: number) =>
  tx.all(
    sql`SELECT g.group_id FROM {vestibule_group} g WHERE g.group_id IN (SELECT m.group_id FROM {vestibule_group_member} m WHERE m.customer_id = ${customerId}) ORDER BY g.group_id ${tx.dialect.forUpdate}`,
  );

/** @throws UserComparisonError `PROTECTED`, `REMEDY_UNKNOWN` */
function requireRemedy({ kind, remedies, customerId, isProtected }: Disagreement, remedy: Remedy): void {
  if (remedies.includes(remedy)) return;
  if (isProtected)
    throw new UserComparisonError(
      'PROTECTED',
      `Customer ${customerId} is protected, so it stays as it is; Protected Customers in the administration (customer:unprotect ${customerId}) allows to change it.`,
    );
  throw new UserComparisonError(
    'REMEDY_UNKNOWN',
    `"${remedy}" is no cure for "${kind}" here; there is: ${remedies.join(', ')}.`,
  );
}
