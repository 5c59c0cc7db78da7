import { type ServiceToken, service } from '../../framework/index.ts';

/** From which size on groups are treated as large. */
export interface GroupLimits {
  /** Most members that a request removes by itself, or whose customer groups it changes; more than that are left to a job. */
  readonly large: number;
  /** Members per transaction of a job. */
  readonly batch: number;
  /** Most members that are looked through for a PATCH that selects them by anything but their ids. */
  readonly selected: number;
  /** Most members that a PATCH answers; above, it answers 204. */
  readonly shown: number;
}
export const GroupLimits: ServiceToken<GroupLimits> = service<GroupLimits>('provisioning.GroupLimits');

export const defaultGroupLimits: GroupLimits = { large: 1000, batch: 500, selected: 10_000, shown: 100 };
