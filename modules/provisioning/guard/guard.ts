import type { CustomerState } from '../../customer/index.ts';
import type { Transaction } from '../../framework/index.ts';
import type { GroupWork } from '../group/work.ts';
import type { ProvisioningContext } from '../room.ts';
import type { UserRecord } from '../user/user-record.ts';

/**
 * The mass-deprovision guard as use cases meet it: inside their transaction, after every other refusal and with the rows
 * held. Each answers where the loss may pass, and has remembered it then, to be committed with the loss. Requests that
 * take nothing from anybody never get here.
 *
 * @throws GuardTrip where the request must wait for a decision; ScimError 403 where it was denied
 */
export interface Guard {
  /** A customer that was active will not be. */
  deactivates(tx: Transaction, context: ProvisioningContext, customer: CustomerState): Promise<void>;
  deletes(tx: Transaction, context: ProvisioningContext, record: UserRecord): Promise<void>;
  /** Members were taken out of a group, or the group goes: the members are written, the group's row is as it becomes. */
  leaves(work: GroupWork, deletes?: boolean): Promise<void>;
}
