import {
  type Catalogue,
  type Clock,
  constant,
  type Events,
  idList,
  type ServiceToken,
  service,
  sql,
  type Transaction,
} from '../framework/index.ts';
import { type ChangeKind, ChangesCaptured } from './captured-change.ts';
import type { ChangeInterest, ChangeOrigin } from './change-interest.ts';
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
 * change, after the customer's row was locked for it: so the rows of one customer ascend in the order of commits. Where
 * nobody listens there are none.
 */
export interface OwnChanges {
  /** Of one customer. */
  leave(tx: Transaction, changes: readonly OwnChange[]): Promise<void>;
  /** One row for each of these customers, in one statement. */
  leaveMoves(tx: Transaction, customerIds: readonly number[]): Promise<void>;
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
  readonly events: Events;
  readonly interests: readonly ChangeInterest[];
}): OwnChanges {
  const { catalogue, pump, clock, events, interests } = room;
  catalogue.passOver('vestibule_change', sql`NEW.own = 0`);
  const spokenFor = new Set(interests.map(({ observer }) => observer));
  const someAlways = events.observers(ChangesCaptured).some((id) => !spokenFor.has(id));

  async function isWanted(tx: Transaction, origin: ChangeOrigin): Promise<boolean> {
    if (someAlways) return true;
    for (const interest of interests) if (await interest.wants(tx, origin)) return true;
    return false;
  }

  return {
    async leave(tx, changes) {
      const [some] = changes;
      // Changes that are left together are those of one customer.
      if (!some || !(await isWanted(tx, { websiteId: some.websiteId ?? null, cause: tx.cause ?? null }))) return;
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
    async leaveMoves(tx, customerIds) {
      if (!(await isWanted(tx, { websiteId: null, cause: tx.cause ?? null }))) return;
      // The lists are padded, so that there are few texts of it.
      tx.later(
        sql`INSERT INTO {vestibule_change} (kind, customer_id, website_id, aspects, own, cause, at_ms) SELECT 'updated', entity_id, website_id, ${aspectBit('group')}, 1, ${tx.cause ?? null}, ${clock.now().getTime()} FROM {customer_entity} ${tx.dialect.readBy('PRIMARY')} WHERE entity_id IN (${idList(customerIds)})`,
      );
      pump.ringAfter(tx);
    },
  };
}
