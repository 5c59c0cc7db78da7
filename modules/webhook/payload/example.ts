import type { PayloadForm } from '../webhook.ts';
import { fullData } from './full.ts';
import { type Callback, callbackOf } from './light.ts';
import { storeAddress } from './store-address.ts';
import { type StoreCustomer, storeCustomer } from './store-customer.ts';

const customerId = 32;
const addressId = 60;
const at = Date.UTC(2026, 0, 2, 3, 4, 5);

const address = storeAddress(customerId, {
  id: addressId,
  attributes: {
    firstname: 'Ada',
    lastname: 'Byron',
    street: '12 St James Square',
    city: 'London',
    postcode: 'SW1Y 4JH',
    country_id: 'GB',
    telephone: '+44 20 7946 0000',
  },
  defaultBilling: true,
  defaultShipping: true,
});

const customer: StoreCustomer = {
  ...storeCustomer(
    {
      id: customerId,
      attributes: {
        email: 'ada@example.com',
        firstname: 'Ada',
        lastname: 'Byron',
        group_id: 1,
        website_id: 1,
        is_active: 1,
        created_at: '2025-12-24 08:00:00',
        updated_at: '2026-01-02 03:04:05',
      },
      addresses: [],
    },
    [],
    [],
  ),
  phone: address.phone,
  address_count: 1,
  addresses: [address],
};

/** What a receiver would be sent of a scope that subscriptions have; of a wildcard, of a customer that was changed. */
export function examplePayload(form: PayloadForm, scope: string): Callback {
  const told = scope.endsWith('*')
    ? scope.includes('/address/')
      ? 'store/customer/address/updated'
      : 'store/customer/updated'
    : scope;
  const ofAddress = told.startsWith('store/customer/address/');
  const event = {
    scope: told,
    data: ofAddress
      ? { type: 'customer', id: addressId, address: { customer_id: customerId } }
      : { type: 'customer', id: customerId },
    customerId,
    websiteId: 1,
    cause: null,
    atMs: at,
    hash: '352e4afc6dd3fc85ea26bfdf3f91852604d57528',
  };
  const gone = told === 'store/customer/deleted';
  return callbackOf(
    { connectionId: null, websiteId: 1 },
    event,
    form === 'full' ? fullData(event, gone ? undefined : customer) : event.data,
  );
}
