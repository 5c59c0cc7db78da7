import type { Activities } from '../../activity/index.ts';
import {
  type Belonging,
  type Connection,
  ConnectionError,
  type Connections,
  type Tokens,
} from '../../connection/index.ts';
import type { Customers, Sessions } from '../../customer/index.ts';
import {
  type Clock,
  type Database,
  DuplicateKeyError,
  type Events,
  sql,
  type Transaction,
} from '../../framework/index.ts';
import { onBehalfOf } from '../cause.ts';
import { endSessions, lockChange, lockStateOf } from '../user/lock.ts';
import { countGroups, removeGroups } from './leaving-groups.ts';
import { collisionsBetween, countUsers, nextUsers, releaseUsers, transferUsers } from './leaving-users.ts';
import { UsersTransferred } from './users-transferred.ts';

/** What becomes of the customers of a connection that is deleted. */
export type CustomerFate =
  | { readonly kind: 'keep' | 'deactivate' }
  | { readonly kind: 'transfer'; readonly to: string };

/** Reads `keep`, `deactivate` or `transfer:<code>`; undefined for anything else. */
export function fateOf(text: string): CustomerFate | undefined {
  if (text === 'keep' || text === 'deactivate') return { kind: text };
  const [, to] = /^transfer:(.+)$/.exec(text) ?? [];
  return to === undefined ? undefined : { kind: 'transfer', to };
}

export interface ConnectionDeletion {
  readonly code: string;
  readonly customers: CustomerFate;
  /** Counts and checks, and changes nothing. */
  readonly dryRun: boolean;
  /** Resolves once running servers know that the connection is paused, and requests from before have ended. */
  readonly settle: () => Promise<void>;
}

/** What was done, or with a dry run: what would be. */
export interface DeletedConnection {
  readonly code: string;
  readonly customers: string;
  readonly dryRun: boolean;
  /** Users that identity providers see. */
  readonly users: number;
  /** Deleted users that were remembered by their externalId. */
  readonly tombstones: number;
  readonly groups: number;
  /** Customers that lost the right to log in; those who had none are not counted. */
  readonly deactivated: number;
  readonly tokens: number;
  /** Customers that are protected, and so are not deactivated. */
  readonly protected: number;
  /** What else goes with the connection: how many of each, by what they are called. */
  readonly belongings: Readonly<Record<string, number>>;
}

export interface DeletionRoom {
  readonly database: Database;
  readonly customers: Customers;
  readonly sessions: Sessions;
  readonly activities: Activities;
  readonly connections: Connections;
  readonly tokens: Tokens;
  readonly belongings: readonly Belonging[];
  readonly clock: Clock;
  readonly events: Events;
}

/** Users per transaction: a request that waits for one of them does not wait long. */
const batchSize = 200;

/**
 * Deletes a connection with its tokens. Its customers stay as they are, are locked out, or go on under another
 * connection; in any case no customer's row goes. The connection is paused first, so that nobody writes meanwhile, and
 * stays so if the work is interrupted: run again, it goes on where it stopped.
 *
 * @throws ConnectionError `CONNECTION_UNKNOWN`, `TRANSFER_REFUSED`, before anything is changed
 */
export async function deleteConnection(room: DeletionRoom, deletion: ConnectionDeletion): Promise<DeletedConnection> {
  const { database, connections } = room;
  const { code, customers, dryRun } = deletion;
  const connection = await connections.byCode(database, code);
  const target = customers.kind === 'transfer' ? await targetOf(room, connection, customers.to) : undefined;
  const counted = await countUsers(database, connection.id);
  const result = {
    code,
    customers: target ? `transfer:${target.code}` : customers.kind,
    dryRun,
    ...counted,
    groups: await countGroups(database, connection.id),
    tokens: (await room.tokens.list(database, connection.id)).length,
    belongings: await countBelongings(room, connection.id),
    deactivated: customers.kind === 'deactivate' ? counted.open : 0,
    protected: counted.protected,
  };
  if (dryRun) return shown(result);

  await database.transaction((tx) => connections.change(tx, code, { active: false }));
  await deletion.settle();
  // Counted again: requests that were under way may have made or deleted users.
  const { open: _, ...users } = await countUsers(database, connection.id);
  const last = { ...users, groups: await countGroups(database, connection.id) };
  await removeGroups(database, connection.id);
  // What is known of customers is read now: a transaction must not wait for a second connection.
  await room.customers.selection(database);
  let deactivated = 0;
  for (;;) {
    const batch = await oneBatch(room, connection, customers.kind, target);
    deactivated += batch.deactivated;
    if (batch.empty && (await finish(room, { ...result, ...last, deactivated }, connection))) break;
  }
  return shown({ ...result, ...last, deactivated });
}

/** What belongs to a connection, nothing left out that is none. */
async function countBelongings({ database, belongings }: DeletionRoom, connectionId: number) {
  const counted: Record<string, number> = {};
  for (const { label, count } of belongings) counted[label] = await count(database, connectionId);
  return counted;
}

const shown = (done: DeletedConnection): DeletedConnection => ({
  code: done.code,
  customers: done.customers,
  dryRun: done.dryRun,
  users: done.users,
  tombstones: done.tombstones,
  groups: done.groups,
  deactivated: done.deactivated,
  protected: done.protected,
  tokens: done.tokens,
  belongings: done.belongings,
});

const refused = (message: string): ConnectionError => new ConnectionError('TRANSFER_REFUSED', message);

/** The connection that takes the customers over, once it is sure that it can. */
async function targetOf(room: DeletionRoom, from: Connection, code: string): Promise<Connection> {
  const to = await room.connections.byCode(room.database, code);
  if (to.id === from.id)
    throw refused(`The customers of "${from.code}" can't be transferred to "${from.code}" itself.`);
  if (to.websiteId !== from.websiteId)
    throw refused(
      `"${from.code}" and "${to.code}" belong to different websites; a customer belongs to one website for good. Use --customers keep or deactivate.`,
    );
  await refuseCollisions(room, from, to);
  return to;
}

async function refuseCollisions({ database }: DeletionRoom, from: Connection, to: Connection): Promise<void> {
  const { shown, more } = await collisionsBetween(database, from.id, to.id);
  if (shown.length === 0) return;
  const list = shown.map(({ attribute, theirs, ours }) => `${attribute} of customer ${ours} is that of ${theirs}`);
  throw refused(
    `"${to.code}" has users with the same names as "${from.code}": ${list.join('; ')}${more ? '; and more' : ''}. Rename or delete one of each, then run this again.`,
  );
}

async function oneBatch(
  room: DeletionRoom,
  connection: Connection,
  kind: CustomerFate['kind'],
  target: Connection | undefined,
): Promise<{ empty: boolean; deactivated: number }> {
  try {
    return await onBehalfOf(room.database, connection.id, async (tx) => {
      const users = await nextUsers(tx, connection.id, batchSize);
      const [first, last] = [users[0], users.at(-1)];
      if (!first || !last) return { empty: true, deactivated: 0 };
      const span = { connectionId: connection.id, from: first.customerId, to: last.customerId };
      if (target) {
        await transferUsers(tx, span, target.id);
        const { from: firstCustomer, to: lastCustomer } = span;
        const moved = { from: connection.id, to: target.id, firstCustomer, lastCustomer };
        await room.events.emit(UsersTransferred, moved, tx);
        return { empty: false, deactivated: 0 };
      }
      let deactivated = 0;
      if (kind === 'deactivate')
        for (const user of users)
          if (!user.isDeleted && !user.isProtected && (await lockOut(room, tx, connection, user))) deactivated++;
      await releaseUsers(tx, span);
      return { empty: false, deactivated };
    });
  } catch (error) {
    // The other connection got a user of the same name since the check.
    if (target && error instanceof DuplicateKeyError) await refuseCollisions(room, connection, target);
    throw error;
  }
}

/** As `active: false` would, and recorded for this customer: whoever asks why it can't log in finds the answer there. */
async function lockOut(
  room: DeletionRoom,
  tx: Transaction,
  connection: Connection,
  user: { customerId: number; lockBefore: string | null },
): Promise<boolean> {
  const now = room.clock.now();
  const customer = await room.customers.byId(tx, user.customerId, { forUpdate: true });
  const locked = customer && lockChange(lockStateOf(customer, user.lockBefore), false, now, 'end-sessions');
  if (!customer || !locked) return false;
  await room.customers.update(tx, customer, locked.columns, now);
  endSessions(tx, room.sessions, customer.id, locked, now);
  room.activities.record(tx, {
    at: now,
    operation: 'user.deactivate',
    outcome: 'done',
    status: 200,
    connectionId: connection.id,
    customerId: customer.id,
    changed: ['active'],
    notes: [`The connection "${connection.code}" was deleted, its customers deactivated.`],
  });
  return true;
}

/** Removes the connection itself; false where a user appeared after the last batch. */
function finish(room: DeletionRoom, done: DeletedConnection, connection: Connection): Promise<boolean> {
  return room.database.transaction(async (tx) => {
    const left = await tx.first(
      sql`SELECT customer_id FROM {vestibule_user} WHERE connection_id = ${connection.id} LIMIT 1 ${tx.dialect.forUpdate}`,
    );
    if (left) return false;
    for (const belonging of room.belongings) await belonging.remove?.(tx, connection.id);
    await room.connections.remove(tx, connection.code);
    room.activities.record(tx, {
      at: room.clock.now(),
      operation: 'connection.delete',
      outcome: 'done',
      status: 200,
      connectionId: connection.id,
      subject: connection.code,
      notes: [
        `${done.users} users and ${done.tombstones} deleted ones were under this connection (--customers ${done.customers}); ${done.deactivated} customers were deactivated, ${done.groups} groups and ${done.tokens} tokens removed.`,
      ],
    });
    return true;
  });
}
