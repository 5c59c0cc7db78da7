import type { CustomerAttributes, Customers } from '../../customer/index.ts';
import { type Executor, type ServiceToken, service } from '../../framework/index.ts';
import type { Webhook } from '../webhook.ts';
import { fullData } from './full.ts';
import { callbackOf, type SentEvent } from './light.ts';
import { type StoreCustomer, storeCustomer } from './store-customer.ts';

/** What is sent about events. */
export interface Payloads {
  /** The JSON text of an event for a subscription; the full form reads the customer as it is at this moment. */
  of(db: Executor, webhook: Pick<Webhook, 'connectionId' | 'websiteId' | 'payload'>, event: SentEvent): Promise<string>;
}
export const Payloads: ServiceToken<Payloads> = service<Payloads>('webhook.Payloads');

export function createPayloads(customers: Customers, attributes: CustomerAttributes): Payloads {
  async function read(db: Executor, id: number): Promise<StoreCustomer | undefined> {
    const customer = await customers.byId(db, id);
    if (!customer) return undefined;
    return storeCustomer(customer, await customers.addresses(db, customer), await attributes.all(db));
  }
  return {
    async of(db, webhook, event) {
      if (webhook.payload === 'light' || event.customerId === null) return JSON.stringify(callbackOf(webhook, event));
      const gone = event.scope === 'store/customer/deleted';
      const customer = gone ? undefined : await read(db, event.customerId);
      return JSON.stringify(callbackOf(webhook, event, fullData(event, customer)));
    },
  };
}
