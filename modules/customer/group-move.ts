import { type Events, idList, sql, sqlTimestamp, type Transaction } from '../framework/index.ts';
import type { MetadataCache } from './attributes/metadata.ts';
import { CustomerError } from './customer-error.ts';
import { CustomersMoved } from './customer-event.ts';
import { setInGrid } from './grid.ts';

/** 0 means "not logged in" and 32000 "all groups"; the customer's column is a smallint. */
export const isForCustomers = (groupId: number): boolean => groupId > 0 && groupId <= 65_535 && groupId !== 32_000;

/** See `CustomerGroups.move`. */
export async function moveCustomers(
  { events, metadata }: { readonly events: Events; readonly metadata: Pick<MetadataCache, 'get'> },
  tx: Transaction,
  customerIds: readonly number[],
  groupId: number,
  { disableAutoGroupChange }: { readonly disableAutoGroupChange: boolean },
  now: Date,
): Promise<void> {
  if (customerIds.length === 0) return;
  if (!isForCustomers(groupId))
    throw new CustomerError(
      'CUSTOMER_GROUP_INVALID',
      `Customer group ${groupId} is not for customers. Choose another.`,
      'group_id',
    );
  const ids = idList(customerIds);
  tx.later(
    sql`UPDATE {customer_entity} SET group_id = ${groupId}, disable_auto_group_change = ${disableAutoGroupChange ? 1 : 0}, updated_at = ${sqlTimestamp(now)} WHERE entity_id IN (${ids})`,
  );
  setInGrid(tx, (await metadata.get(tx)).grid, 'group_id', groupId, customerIds);
  await events.emit(CustomersMoved, { ids: customerIds, groupId }, tx);
}
