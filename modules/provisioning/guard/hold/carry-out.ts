import type { Connection } from '../../../connection/index.ts';
import {
  type Clock,
  DatabaseError,
  type Environment,
  type Logger,
  sql,
  sqlTimestampMs,
} from '../../../framework/index.ts';
import { groupResourceType, PATCH_OP_SCHEMA, type Resource, readPatch, ScimError } from '../../../scim/index.ts';
import type { GroupProvisioner } from '../../group/provisioner.ts';
import { scimErrorFor } from '../../http/errors.ts';
import { mappingFor, type ProvisioningContext, type Room } from '../../room.ts';
import type { UserProvisioner } from '../../user/provisioner.ts';
import { AlreadyCarriedOut } from '../approval.ts';
import type { HeldOperation } from './request.ts';

/** What carrying out takes. */
export interface CarryOutRoom {
  readonly room: Room;
  readonly users: UserProvisioner;
  readonly groups: GroupProvisioner;
  readonly environment: Environment;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** A held request as it stands in its table. */
export interface HeldRow {
  readonly held_id: number;
  readonly hold_id: number;
  readonly operation: HeldOperation;
  readonly resource_id: string;
  readonly subject: string | null;
  readonly request: string | null;
  readonly request_id: string;
  readonly stale: number;
  readonly had_password: number;
}

/** On whose word, and for which connection. */
export interface Order {
  readonly connection: Connection;
  readonly actor: string;
}

const nothing = Object.freeze({ only: new Map() });

/**
 * Carries out one held request through the use case that it was meant for, once: the request is marked as done in the
 * transaction that does it. What can't be done any more is marked with the reason; a database that is away, or busy, is thrown.
 */
export async function carryOutHeld(parts: CarryOutRoom, { connection, actor }: Order, held: HeldRow): Promise<void> {
  const { room, clock, environment } = parts;
  await room.customers.ready(room.database);
  await room.mapping.ready(room.database, connection);
  const context: ProvisioningContext = {
    caller: {
      connection,
      tokenId: 0,
      tokenName: actor,
      scopes: [],
      notes: [],
      actor,
      approval: { holdId: held.hold_id, heldId: held.held_id },
    },
    requestId: held.request_id,
    now: clock.now(),
    mode: connection.profile === 'interop-strict' ? 'interop-strict' : 'compat',
    baseUrl: `${environment.baseUrl}/scim/v2`,
    projection: nothing,
    notes: [
      `The mass-deprovision guard had held this request (hold ${held.hold_id}); ${actor} approved it.`,
      ...(held.had_password === 1
        ? ['It came with a password, which is not kept while a request waits: it was not set.']
        : []),
    ],
    ignored: [],
  };
  try {
    await useCase(parts, context, held);
    await finish(parts, context, held, 'done', 'There was nothing left to do.');
  } catch (error) {
    if (error instanceof AlreadyCarriedOut) return;
    const refused = error instanceof ScimError ? error : scimErrorFor(error);
    // A store that takes no change at the moment is asked again; what it will never take must not keep the rest waiting.
    if (error instanceof DatabaseError && refused?.status === 503) throw error;
    if (refused?.status === 404) return finish(parts, context, held, 'done', `It was gone already: ${refused.message}`);
    if (!refused) parts.logger.error({ err: error, held: held.held_id }, 'a held request failed');
    const reason = refused?.message ?? "Something went wrong here; the server's log has it.";
    await finish(parts, context, held, 'failed', reason, refused?.status ?? 500);
  }
}

/** The request, or only what made it wait where the provider has changed the user or group since. */
async function useCase(parts: CarryOutRoom, context: ProvisioningContext, held: HeldRow): Promise<unknown> {
  const { users, groups } = parts;
  const { operation, resource_id: id } = held;
  const body = (held.request === null ? {} : JSON.parse(held.request)) as Resource;
  const userType = mappingFor(parts.room, context).resourceType();
  const patch = (message: Resource, type = userType) =>
    readPatch(message, type, { mode: context.mode, notes: context.notes });
  if (operation.startsWith('group.') && operation !== 'group.delete') {
    const rest = await restOf(parts, held);
    if (rest) return groups.patch(context, id, patch(removal(rest), groupResourceType));
  }
  if (held.stale === 1 && (operation === 'user.replace' || operation === 'user.patch'))
    return users.patch(context, id, patch(deactivation));
  switch (operation) {
    case 'user.create':
      return users.create(context, body);
    case 'user.replace':
      return users.replace(context, id, body);
    case 'user.patch':
      return users.patch(context, id, patch(body));
    case 'user.delete':
      return users.delete(context, id);
    case 'group.replace':
      return groups.replace(context, id, body);
    case 'group.patch':
      return groups.patch(context, id, patch(body, groupResourceType));
    case 'group.delete':
      return groups.delete(context, id);
  }
}

const deactivation: Resource = {
  schemas: [PATCH_OP_SCHEMA],
  Operations: [{ op: 'replace', path: 'active', value: false }],
};

const removal = (members: readonly string[]): Resource => ({
  schemas: [PATCH_OP_SCHEMA],
  Operations: [{ op: 'remove', path: 'members', value: members.map((value) => ({ value })) }],
});

/** Whom a request still takes out of its group, by their SCIM ids; undefined where it can be carried out as it came. */
async function restOf({ room }: CarryOutRoom, { held_id, stale }: HeldRow): Promise<string[] | undefined> {
  const { database } = room;
  const spared = await database.first(
    sql`SELECT customer_id FROM {vestibule_guard_held_customer} WHERE held_id = ${held_id} AND withdrawn = 1 LIMIT 1`,
  );
  if (!spared && stale === 0) return undefined;
  const rows = await database.all<{ customer_id: number; generation: number }>(
    sql`SELECT c.customer_id, u.generation FROM {vestibule_guard_held_customer} c JOIN {vestibule_user} u ON u.customer_id = c.customer_id AND u.is_deleted = 0 WHERE c.held_id = ${held_id} AND c.withdrawn = 0 ORDER BY c.customer_id`,
  );
  return rows.map(({ customer_id, generation }) =>
    generation === 0 ? String(customer_id) : `${customer_id}-${generation}`,
  );
}

/** Marks what has not been marked by the change itself, and records it: somebody approved it and must see what came of it. */
async function finish(
  { room }: CarryOutRoom,
  context: ProvisioningContext,
  held: HeldRow,
  state: 'done' | 'failed',
  outcome: string,
  status = 200,
): Promise<void> {
  await room.database.transaction(async (tx) => {
    const { affectedRows } = await tx.run(
      sql`UPDATE {vestibule_guard_held} SET status = ${state}, done_at = ${sqlTimestampMs(context.now)}, outcome = ${outcome.slice(0, 500)}, request = NULL WHERE held_id = ${held.held_id} AND status = 'waiting'`,
    );
    if (affectedRows === 0) return;
    room.activities.record(tx, {
      at: context.now,
      operation: held.operation,
      outcome: state === 'done' ? 'unchanged' : 'failed',
      status,
      connectionId: context.caller.connection.id,
      customerId: held.operation.startsWith('user.') ? Number(held.resource_id.split('-')[0]) || undefined : undefined,
      subject: held.subject ?? undefined,
      actor: context.caller.actor,
      requestId: held.request_id,
      notes: context.notes,
      reason: outcome,
    });
  });
}
