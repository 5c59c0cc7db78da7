import type { Transaction } from '../framework/index.ts';
import { type Resource, sameJson } from '../scim/index.ts';
import { mapUser } from './insert.ts';
import { lockChange } from './lock.ts';
import { changesOf, rowValue, valuesOf } from './reconcile.ts';
import { recordChange } from './record.ts';
import { effectiveDocument, renderRecord, renderUser } from './render.ts';
import { connectionOf, type ProvisioningContext, type Room } from './room.ts';
import { saveCustomer } from './save.ts';
import type { UserRecord } from './user-record.ts';
import { updateUserRows } from './user-rows.ts';

export interface Writing {
  readonly operation: 'user.replace' | 'user.patch' | 'user.reactivate' | 'user.adopt';
  readonly status: number;
  /** True when the document is the whole of what the provider says (PUT), false when it is the result of a PATCH. */
  readonly whole: boolean;
}

/**
 * Makes a held user's document `next`: maps it, writes what differs from the row and nothing else, and records it. When
 * neither the document nor the row changes, nothing is written.
 */
export async function writeUser(
  room: Room,
  tx: Transaction,
  context: ProvisioningContext,
  record: UserRecord,
  next: Resource,
  { operation, status, whole }: Writing,
): Promise<Resource> {
  const { mapped } = await mapUser(room, context, next, tx);
  const wanted = valuesOf(mapped);
  const { customer } = record;
  const removes = whole ? () => false : room.mapping.hasInverse;
  const changes = changesOf(customer, record.shadow, wanted, removes);
  const locked = lockChange(
    {
      isActive: customer.attributes.is_active ?? 1,
      lockExpires: customer.attributes.lock_expires ?? null,
      lockBefore: record.lockBefore,
    },
    mapped.attributes.is_active !== 0,
    context.now,
  );
  if (changes.targets.length === 0 && !locked && sameJson(record.document, next)) {
    context.outcome = 'unchanged';
    return renderRecord(record, room.mapping, context.baseUrl);
  }
  const saved = await saveCustomer(room, tx, customer, changes, locked, context.now);
  const shadow: Record<string, string | number | null> = {};
  for (const target in wanted) {
    const kept = wanted[target] === null && !changes.targets.includes(target);
    shadow[target] = kept ? null : rowValue(saved, target);
  }
  const lockBefore = locked ? locked.lockBefore : record.lockBefore;
  const rows = {
    customerId: record.customerId,
    connectionId: connectionOf(context).id,
    document: next,
    shadow,
    lockBefore,
  };
  updateUserRows(tx, record, rows, context.now);
  recordChange(room, tx, context, {
    operation:
      locked && operation !== 'user.reactivate' ? (locked.ends ? 'user.deactivate' : 'user.activate') : operation,
    status,
    customerId: record.customerId,
    subject: String(next.userName),
    changed: changes.targets,
  });
  const written = { ...record, document: next, shadow, lockBefore, customer: saved };
  return renderUser({
    id: record,
    document: effectiveDocument(written, room.mapping),
    createdAt: String(saved.attributes.created_at),
    modifiedAt: context.now.toISOString().slice(0, -1),
    baseUrl: context.baseUrl,
  });
}
