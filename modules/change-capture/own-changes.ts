import {
  type Catalogue,
  type Clock,
  constant,
  idList,
  type ServiceToken,
  service,
  sql,
  type Transaction,
} from '../framework/index.ts';
import type { ChangeKind } from './captured-change.ts';
import { aspectBit } from './change-row.ts';
import type { ChangePump } from './pump/change-pump.ts';

export interface OwnChange {
  readonly kind: ChangeKind;
  readonly customerId: number;
  /** Left out where looking it up would cost a statement: the pump finds it. */
  readonly websiteId?: number | null;
  readonly addressId?: number;
  /** Bits of `aspectBit`. */
  readonly aspects?: number;
}

/**
 * Rows of what this host writes itself. They go out with the next message to the server, in the transaction of the
 * change, after the customer's row was locked for it: so the rows of one customer ascend in the order of commits.
 */
export interface OwnChanges {
  leave(tx: Transaction, changes: readonly OwnChange[]): void;
  /** One row for each of these customers, in one statement. */
  leaveMoves(tx: Transaction, customerIds: readonly number[]): void;
}
export const OwnChanges: ServiceToken<OwnChanges> = service<OwnChanges>('change-capture.OwnChanges');

interface Inserted {
  readonly kind: string;
  readonly customer: number;
  readonly website: number | null;
  readonly address: number | null;
  readonly aspects: number;
  readonly cause: string | null;
  readonly at: number;
}

const insert = constant(
  ({ kind, customer, website, address, aspects, cause, at }: Inserted) =>
    sql`INSERT INTO {vestibule_change} (kind, customer_id, website_id, address_id, aspects, own, cause, at_ms)
      VALUES (${kind}, ${customer}, ${website}, ${address}, ${aspects}, 1, ${cause}, ${at})`,
);

/** The service behind the token `OwnChanges`. From now on triggers pass over this process's connections. */
export function createOwnChanges(room: {
  readonly catalogue: Catalogue;
  readonly pump: ChangePump;
  readonly clock: Clock;
}): OwnChanges {
  const { catalogue, pump, clock } = room;
  catalogue.passOver('vestibule_change', sql`NEW.own = 0`);
  return {
    leave(tx, changes) {
      if (changes.length === 0) return;
      const [cause, at] = [tx.cause ?? null, clock.now().getTime()];
      for (const {
        kind,
        customerId: customer,
        websiteId: website = null,
        addressId: address = null,
        aspects = 0,
      } of changes)
        tx.later(insert({ kind, customer, website, address, aspects, cause, at }));
      pump.ringAfter(tx);
    },
    leaveMoves(tx, customerIds) {
      // The lists are padded, so that there are few texts of it.
      tx.later(
        sql`INSERT INTO {vestibule_change} (kind, customer_id, website_id, aspects, own, cause, at_ms) SELECT 'updated', entity_id, website_id, ${aspectBit('group')}, 1, ${tx.cause ?? null}, ${clock.now().getTime()} FROM {customer_entity} ${tx.dialect.readBy('PRIMARY')} WHERE entity_id IN (${idList(customerIds)})`,
      );
      pump.ringAfter(tx);
    },
  };
}
