import type { CustomerAttributes, Customers } from '../../customer/index.ts';
import type { Database } from '../../framework/index.ts';
import type { DeskCaller, UserAddresses, UserDesk } from '../../provisioning/index.ts';
import { isObject, type Resource } from '../../scim/index.ts';
import { storeCustomer } from '../../webhook/index.ts';
import { refusalOfAnswer } from '../refusal.ts';
import { customerIdOf, type Include, isSeenWhole, shownCustomer } from './shown-customer.ts';

export interface CustomerParts {
  readonly database: Database;
  readonly desk: UserDesk;
  readonly addresses: UserAddresses;
  readonly customers: Customers;
  readonly attributes: CustomerAttributes;
}

/** A SearchRequest of RFC 7644 §3.4.3. */
export interface Search {
  readonly filter?: string | undefined;
  readonly startIndex?: number;
  readonly count: number;
  readonly cursor?: string;
  readonly sortBy?: string;
  readonly sortOrder?: string;
}

export interface Found {
  readonly users: readonly Resource[];
  readonly total: number | undefined;
  readonly previous: string | undefined;
  readonly next: string | undefined;
}

/** Reads customers as the connection sees them: who they are by SCIM's list, what they are from their rows. */
export interface CustomerReading {
  /** @throws StoreRefusal */
  find(caller: DeskCaller, search: Search): Promise<Found>;
  /** In the order of the users; at most two statements for any number of them. */
  show(users: readonly Resource[], include: ReadonlySet<Include>): Promise<readonly unknown[]>;
}

const textIn = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

export function createCustomerReading({ database, desk, customers, attributes }: CustomerParts): CustomerReading {
  async function find(caller: DeskCaller, search: Search): Promise<Found> {
    const body = {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
      excludedAttributes: ['groups'],
      ...search,
    };
    const answer = await desk.carry(caller, { method: 'POST', path: '/Users/.search', body });
    if (answer.status !== 200) throw refusalOfAnswer(answer, 'query');
    const { Resources: listed, totalResults, previousCursor, nextCursor } = answer.body;
    return {
      users: Array.isArray(listed) ? listed.filter(isObject) : [],
      total: typeof totalResults === 'number' ? totalResults : undefined,
      previous: textIn(previousCursor),
      next: textIn(nextCursor),
    };
  }

  return {
    find,
    async show(users, include) {
      const ids = users.filter(isSeenWhole).map(customerIdOf);
      const rows = await customers.byIds(database, ids);
      const addresses = await customers.addressesOf(database, rows);
      const known = await attributes.all(database);
      const shown = new Map(rows.map((row) => [row.id, storeCustomer(row, addresses.get(row.id) ?? [], known)]));
      return users.map((user) => shownCustomer(user, shown.get(customerIdOf(user)), include));
    },
  };
}
