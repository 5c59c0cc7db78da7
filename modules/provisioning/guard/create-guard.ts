import type { CustomerState } from '../../customer/index.ts';
import { sql, sqlTimestampMs, type Transaction } from '../../framework/index.ts';
import type { GroupWork } from '../group/work.ts';
import { connectionOf, type ProvisioningContext } from '../room.ts';
import { rememberLosses } from './event-rows.ts';
import type { Guard } from './guard.ts';
import { leftWithoutGroup } from './left-members.ts';
import { isNewcomer } from './limit.ts';
import type { Loss } from './loss.ts';
import { passageOfMany, passageOfOne } from './passage.ts';
import { createScales } from './scales.ts';

/** The guard over its tables. What it keeps between requests is only how many customers a connection has. */
export function createGuard(): Guard {
  const scales = createScales();

  async function one(
    tx: Transaction,
    context: ProvisioningContext,
    { attributes }: CustomerState,
    loss: Loss,
  ): Promise<void> {
    const connection = connectionOf(context);
    const { approval } = context.caller;
    // What was approved is marked and remembered even where the guard has been switched off since. Of a newcomer nothing
    // is remembered: a test user that comes and goes is no part of any wave.
    if (!approval && (!connection.policy.guard || isNewcomer(attributes.created_at, context.now))) return;
    const subject = String(attributes.email);
    const passage = await passageOfOne(scales, tx, context, loss, subject);
    rememberLosses(tx, [loss], { connectionId: connection.id, at: context.now, ...passage });
  }

  return {
    deactivates: (tx, context, customer) =>
      one(tx, context, customer, {
        customerId: customer.id,
        kind: 'deactivate',
        weighs: true,
        wasActive: true,
        groups: [],
      }),
    deletes(tx, context, { customerId, customer, groups }) {
      const wasActive = customer.attributes.is_active !== 0;
      // Who was locked out before loses nothing more, unless its data goes for good.
      const weighs = wasActive || connectionOf(context).policy.deletion !== 'deactivate';
      const left = groups.flatMap(({ groupId, direct }) => (direct ? [groupId] : []));
      return one(tx, context, customer, { customerId, kind: 'delete', weighs, wasActive, groups: left });
    },
    async leaves(work, deletes = false) {
      const { tx, context, group, leaving } = work;
      const { id, policy } = connectionOf(context);
      if (!policy.guard && !context.caller.approval) return;
      if (leaving.size === 0 && work.generation === group.generation) return;
      const left = await leftWithoutGroup(work, policy.guardMost + 1);
      const everybody = async () =>
        left.length > policy.guardMost ? leftWithoutGroup(work, Number.MAX_SAFE_INTEGER) : left;
      const subject = String(group.document.displayName);
      const passage = await passageOfMany(scales, tx, context, left, subject, everybody);
      const weighing = new Set(context.caller.approval ? await everybody() : left);
      const losses = [...new Set([...leaving, ...weighing])].map((customerId): Loss => {
        const weighs = weighing.has(customerId);
        return { customerId, kind: 'leave', weighs, wasActive: weighs, groups: [group.groupId] };
      });
      rememberLosses(tx, losses, { connectionId: id, at: context.now, ...passage });
      if (deletes) rememberGroup(work);
    },
  };
}

/** Keeps what a deleted group was, for a restore. */
function rememberGroup({ tx, context, group }: GroupWork): void {
  tx.later(
    sql`INSERT INTO {vestibule_guard_group} (group_id, connection_id, deleted_at, document, customer_group_id, priority) VALUES (${group.groupId}, ${connectionOf(context).id}, ${sqlTimestampMs(context.now)}, ${JSON.stringify(group.document)}, ${group.customerGroupId}, ${group.priority}) ${tx.dialect.onDuplicate(['group_id'], ['deleted_at', 'document', 'customer_group_id', 'priority'])}`,
  );
}
