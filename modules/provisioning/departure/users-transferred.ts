import { type Event, event } from '../../framework/index.ts';

/** Users of one connection became those of another, which manages their customers from now on; told per batch of customers. */
export interface TransferredUsers {
  /** Ids of the connections. */
  readonly from: number;
  readonly to: number;
  /** All users of `from` between these customers, both included, deleted ones among them. */
  readonly firstCustomer: number;
  readonly lastCustomer: number;
}
export const UsersTransferred: Event<TransferredUsers> = event<TransferredUsers>('provisioning.UsersTransferred');
