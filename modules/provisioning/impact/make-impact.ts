import type { ConnectionMapping } from '../../attribute-mapping/index.ts';
import type { Clock } from '../../framework/index.ts';
import { rehearsalRoom } from '../preview/rehearsal/rehearsal-room.ts';
import { mappingFor, type ProvisioningContext, type Room } from '../room.ts';
import { printUserId } from '../user/user-id.ts';
import type { UserRecord } from '../user/user-record.ts';
import { changesIn } from './changes-in.ts';
import type { ImpactedCustomer, ImpactSummary, MappingImpact } from './impact.ts';
import { countLinked, linkedUsers } from './linked-users.ts';
import { MovedAddresses } from './moved-addresses.ts';
import { cureOfFailure, refusalOf } from './refusal.ts';
import { remapping, writeRemapping } from './remap.ts';
import { runContext } from './run-context.ts';

type Counts = { -readonly [K in keyof Omit<ImpactSummary, 'kind' | 'targets'>]: ImpactSummary[K] };

export function createImpact(room: Room, clock: Clock): MappingImpact {
  return {
    async *run(connection, mapping, { countTo } = {}) {
      const began = performance.now();
      await room.mapping.ready(room.database, connection);
      // One mapping for the whole run, whatever is published meanwhile.
      const used = mapping ?? room.mapping.of(connection);
      const total = await countLinked(room.database, connection.id, countTo);
      const counts: Counts = {
        version: used.version,
        total: 0,
        changes: 0,
        same: 0,
        fails: 0,
        deactivated: 0,
        activated: 0,
        milliseconds: 0,
      };
      const targets: Record<string, number> = Object.create(null);
      const moved = new MovedAddresses(room.database);
      for await (const records of linkedUsers(room, used, connection.id)) {
        await room.customers.ready(room.database);
        const context = runContext(connection, 'impact', clock.now());
        for (const record of records) {
          const found = await impactOn(room, context, record, { mapping: used, moved });
          counts.total++;
          if (found === undefined) {
            counts.same++;
            continue;
          }
          counts[found.outcome]++;
          for (const { target, after } of found.changes) {
            targets[target] = (targets[target] ?? 0) + 1;
            if (target === 'is_active' && found.outcome === 'changes')
              counts[after === 0 ? 'deactivated' : 'activated']++;
          }
          yield found;
        }
        yield { kind: 'progress', done: counts.total, total };
      }
      counts.milliseconds = Math.round(performance.now() - began);
      yield { kind: 'summary', ...counts, targets: { ...targets } };
    },
  };
}

/** What the mapping does to one user; undefined where nothing of the customer changes. */
async function impactOn(
  room: Room,
  context: ProvisioningContext,
  record: UserRecord,
  { mapping, moved }: { readonly mapping: ConnectionMapping; readonly moved: MovedAddresses },
): Promise<ImpactedCustomer | undefined> {
  const { room: rehearsal } = rehearsalRoom(room, mapping, { earlier: moved, takesRowsForThere: true });
  const about = {
    kind: 'customer',
    customerId: record.customerId,
    id: printUserId(record),
    userName: String(record.document.userName),
  } as const;
  let changes: ImpactedCustomer['changes'] = [];
  try {
    const computed = mapping.evaluates ? await mappingFor(rehearsal, context).evaluate(record.document) : undefined;
    const planned = await remapping(rehearsal, context, record, computed);
    if (planned.changes.targets.length === 0) return undefined;
    changes = changesIn(record, planned.changes);
    await rehearsal.database.transaction((tx) => writeRemapping(rehearsal, tx, context, record, planned));
    const { email } = planned.changes.attributes;
    if (typeof email === 'string')
      await moved.move(record.customerId, Number(record.customer.attributes.website_id), email);
    return { ...about, outcome: 'changes', changes };
  } catch (error) {
    const refusal = refusalOf(error);
    const cure = cureOfFailure(refusal, context.caller.connection.profile);
    return { ...about, outcome: 'fails', changes: [], message: refusal.message, cure };
  }
}
