import { type Database, idList, type ServiceToken, type Sql, service, sql } from '../../../framework/index.ts';
import type { PatchOperation } from '../../../scim/index.ts';
import { readMemberRef } from '../../group/member-ref.ts';
import { listsOf } from '../../group/pieces.ts';
import type { ProvisioningContext } from '../../room.ts';
import { digestOf, type HeldRequest } from './request.ts';

/** A request that has passed. */
export interface Passed {
  readonly request: () => HeldRequest;
  /** It says of the whole user or group what it is to be, so that nothing said before holds any more. */
  readonly renounces: boolean;
  /** Customers whom it puts into the group. */
  readonly joining: () => readonly number[];
}

/**
 * Takes back what waits where the provider has said something else since: a user that is active after all, a member that
 * stays, a removal that takes nothing from anybody any more. Approving must not do what nobody wants, and a hold that has
 * nothing left ends by itself. Costs nothing while nothing is held.
 */
export interface Withdrawals {
  /** This connection has an open hold. */
  opened(connectionId: number): void;
  /** The connections that have open or approved holds, all of them. */
  know(connectionIds: Iterable<number>): void;
  after(context: ProvisioningContext, passed: Passed): Promise<void>;
}
/** One per process. */
export const Withdrawals: ServiceToken<Withdrawals> = service<Withdrawals>('provisioning.Withdrawals');

/** Withdrawals over the tables of holds; which connections have one is kept in memory. */
export function createWithdrawals(database: Database): Withdrawals {
  let holding = new Set<number>();
  return {
    opened: (connectionId) => {
      holding.add(connectionId);
    },
    know: (connectionIds) => {
      holding = new Set(connectionIds);
    },
    async after({ caller }, { request, renounces, joining }) {
      const { id: connectionId } = caller.connection;
      if (!holding.has(connectionId) || caller.rehearsal || caller.approval) return;
      const { operation, id } = request();
      const resource = operation.startsWith('user.') ? 'user' : 'group';
      const ofResource = sql`resource_id = ${id} AND operation IN (${`${resource}.replace`}, ${`${resource}.patch`}, ${`${resource}.delete`})`;
      const digest = digestOf(request());
      const customers = joining();
      if (!renounces || resource === 'group') await carriedOut(database, connectionId, digest);
      let withdrawn = await withdraw(database, connectionId, renounces ? ofResource : sql`digest = ${digest}`);
      if (customers.length > 0) {
        withdrawn += await withdraw(database, connectionId, sql`resource_id = ${id} AND operation = 'group.delete'`);
        withdrawn += await spare(database, connectionId, id, customers);
      }
      if (withdrawn > 0) await endWhereEmpty(database, connectionId);
    },
  };
}

/** The provider was quicker than the job that carries an approved hold out: it has sent the same again. */
async function carriedOut(database: Database, connectionId: number, digest: string): Promise<void> {
  await database.run(
    sql`UPDATE {vestibule_guard_held} SET status = 'done', outcome = 'It was sent again and has passed.', request = NULL WHERE status = 'waiting' AND digest = ${digest} AND hold_id IN (SELECT h.hold_id FROM {vestibule_guard_hold} h WHERE h.connection_id = ${connectionId} AND h.status = 'approved')`,
  );
}

const waiting = (connectionId: number): Sql =>
  sql`status = 'waiting' AND hold_id IN (SELECT h.hold_id FROM {vestibule_guard_hold} h WHERE h.connection_id = ${connectionId} AND h.status IN ('open', 'approved'))`;

async function withdraw(database: Database, connectionId: number, which: Sql): Promise<number> {
  const { affectedRows } = await database.run(
    sql`UPDATE {vestibule_guard_held} SET status = 'withdrawn', request = NULL WHERE ${waiting(connectionId)} AND ${which}`,
  );
  return affectedRows;
}

/** Lets single customers go from what waits for a group; what spares all of its customers goes altogether. */
async function spare(
  database: Database,
  connectionId: number,
  id: string,
  customers: readonly number[],
): Promise<number> {
  const ofGroup = sql`${waiting(connectionId)} AND resource_id = ${id}`;
  for (const ids of listsOf(customers))
    await database.run(
      sql`UPDATE {vestibule_guard_held_customer} SET withdrawn = 1 WHERE customer_id IN (${idList(ids)}) AND held_id IN (SELECT held_id FROM {vestibule_guard_held} WHERE ${ofGroup})`,
    );
  return withdraw(
    database,
    connectionId,
    sql`resource_id = ${id} AND NOT EXISTS (SELECT 1 FROM {vestibule_guard_held_customer} c WHERE c.held_id = {vestibule_guard_held}.held_id AND c.withdrawn = 0)`,
  );
}

async function endWhereEmpty(database: Database, connectionId: number): Promise<void> {
  await database.run(
    sql`UPDATE {vestibule_guard_hold} SET status = 'withdrawn', open_connection_id = NULL WHERE open_connection_id = ${connectionId} AND NOT EXISTS (SELECT 1 FROM {vestibule_guard_held} i WHERE i.hold_id = {vestibule_guard_hold}.hold_id AND i.status = 'waiting')`,
  );
}

/** Users whom a PATCH adds to a group. */
export function joiningBy(operations: readonly PatchOperation[]): number[] {
  const values = operations
    .filter(({ op, path }) => op !== 'remove' && path.kind === 'attribute' && path.attribute.name === 'members')
    .flatMap(({ value }) => (Array.isArray(value) ? value : [value]));
  return values.flatMap((element) => {
    const ref = readMemberRef(String((element as { value?: unknown } | undefined)?.value ?? ''));
    return ref?.kind === 'user' ? [ref.id.customerId] : [];
  });
}
