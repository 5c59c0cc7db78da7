import type { Connection } from '../../connection/index.ts';
import { type Event, event } from '../../framework/index.ts';

/** Who was made or taken over, and by whom. */
export interface ProvisionedCustomer {
  readonly connection: Connection;
  readonly customerId: number;
  /** The address of the customer's row; it may be a placeholder that is never mailed. */
  readonly email: string;
}

/** A connection made a customer. Somebody who comes back is not made, nor is a shopper who is taken over. */
export const UserProvisioned: Event<ProvisionedCustomer> = event<ProvisionedCustomer>('provisioning.UserProvisioned');

/** A connection took a customer over that nobody managed. */
export const CustomerAdopted: Event<ProvisionedCustomer> = event<ProvisionedCustomer>('provisioning.CustomerAdopted');
