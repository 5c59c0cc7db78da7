import type { ActivityEntry } from '../../../activity/index.ts';
import type { ConnectionMapping, MappedCustomer } from '../../../attribute-mapping/index.ts';
import { type CustomerState, subscriberStatus } from '../../../customer/index.ts';
import type { Database } from '../../../framework/index.ts';
import type { Resource } from '../../../scim/index.ts';
import { pinnedMapping } from '../../impact/pinned-room.ts';
import type { Room } from '../../room.ts';
import { withStatus } from '../../user/newsletter.ts';
import type { PlannedWrite } from './planned-write.ts';
import { type Rehearsing, rehearseOn } from './rehearsed-database.ts';

/** What became known while a use case was tried. */
export interface Rehearsed {
  /** The user that was mapped, as the provider means it; undefined where it never came so far. */
  user: Resource | undefined;
  /** What the user came to, regions and default country filled in; undefined where it never came so far. */
  mapped: MappedCustomer | undefined;
  /** Customers as they would be afterwards, by id. */
  readonly after: Map<number, CustomerState>;
  /** What would have been recorded. */
  readonly records: ActivityEntry[];
  readonly writes: readonly PlannedWrite[];
}

/** A room like the host's in which use cases run as they are and nothing is written. */
export function rehearsalRoom(
  room: Room,
  other: ConnectionMapping | undefined,
  rehearsing?: Rehearsing,
): { room: Room; seen: Rehearsed } {
  const database = rehearseOn(room.database, rehearsing);
  const seen: Rehearsed = {
    user: undefined,
    mapped: undefined,
    after: new Map(),
    records: [],
    writes: database.writes,
  };
  const keep = (state: CustomerState): CustomerState => {
    seen.after.set(state.id, state);
    return state;
  };
  const keepSubscription = (customer: CustomerState, subscribed: boolean): void => {
    if (customer.subscribed !== undefined) keep(withStatus(customer, subscribed));
  };
  /** What a transaction that fails has told of never was. */
  const transaction: Database['transaction'] = async (work) => {
    const [records, states] = [seen.records.length, new Map(seen.after)];
    try {
      return await database.transaction(work);
    } catch (error) {
      seen.records.length = records;
      seen.after.clear();
      for (const [id, state] of states) seen.after.set(id, state);
      throw error;
    }
  };
  const { customers, newsletter, completion, activities } = room;
  const mapping = other === undefined ? room.mapping : pinnedMapping(room.mapping, other);
  const rehearsal: Room = {
    ...room,
    database: { ...database, transaction },
    customers: {
      ...customers,
      createState: async (tx, draft, now) => keep(await customers.createState(tx, draft, now)),
      update: async (tx, current, changes, now) => keep(await customers.update(tx, current, changes, now)),
      saveAddress: async (tx, current, address, now) => keep(await customers.saveAddress(tx, current, address, now)),
      anonymise: async (tx, current, now) => keep(await customers.anonymise(tx, current, now)),
      removeAddress: async (tx, current, id, now) => keep(await customers.removeAddress(tx, current, id, now)),
    },
    newsletter: {
      ...newsletter,
      async subscribe(tx, customer, now) {
        const status = await newsletter.subscribe(tx, customer, now);
        keepSubscription(customer, status === subscriberStatus.subscribed);
        return status;
      },
      async unsubscribe(tx, customer, now) {
        await newsletter.unsubscribe(tx, customer, now);
        keepSubscription(customer, false);
      },
    },
    mapping: {
      ...mapping,
      toCustomer(user, context) {
        seen.user = user;
        return mapping.toCustomer(user, context);
      },
    },
    completion: {
      async complete(...given) {
        seen.mapped = await completion.complete(...given);
        return seen.mapped;
      },
    },
    activities: {
      ...activities,
      record: (_, entry) => void seen.records.push(entry),
      note: (entry) => void seen.records.push(entry),
    },
  };
  return { room: rehearsal, seen };
}
