import type { ShownAddress } from '../../provisioning/index.ts';
import { type StoreAddress, storeAddress } from '../../webhook/index.ts';

/** An address as importers read it: as webhooks tell of it. */
export const storeAddressOf = (address: ShownAddress): StoreAddress => storeAddress(address.customerId, address);
