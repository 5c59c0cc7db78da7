/** What an administrator lets an identity provider do through a connection. */
export interface ConnectionPolicy {
  /** "Enable SCIM Provisioning". Off refuses SCIM alone; a paused connection refuses whatever else it serves, too. */
  readonly scim: boolean;
  /** "Enable New Customer Creation". Off refuses people the store does not know; those it knows are kept up to date. */
  readonly newCustomers: boolean;
  /** The operations, on users and groups alike: POST; PUT and PATCH; DELETE. */
  readonly create: boolean;
  readonly update: boolean;
  readonly delete: boolean;
  /** Taking the right to log in from an active user (`active: false`). */
  readonly deactivate: boolean;
  /** Addresses and networks its requests may come from; none means any. */
  readonly addresses: readonly string[];
  /** Requests per second in the long run; 0 for no limit, null for what the configuration says. */
  readonly requestsPerSecond: number | null;
}

/** The policy that a new connection starts with. */
export const openPolicy: ConnectionPolicy = Object.freeze({
  scim: true,
  newCustomers: true,
  create: true,
  update: true,
  delete: true,
  deactivate: true,
  addresses: Object.freeze([]),
  requestsPerSecond: null,
});

/** The switches with the words of the administration and the options of `connection:set`. */
export const policySwitches = {
  scim: { label: 'Enable SCIM Provisioning', option: 'scim' },
  newCustomers: { label: 'Enable New Customer Creation', option: 'new-customers' },
  create: { label: 'Create', option: 'create' },
  update: { label: 'Update', option: 'update' },
  deactivate: { label: 'Deactivate', option: 'deactivate' },
  delete: { label: 'Delete', option: 'delete' },
} as const satisfies Partial<Record<keyof ConnectionPolicy, { label: string; option: string }>>;

export type PolicySwitch = keyof typeof policySwitches;

/** The switches that are off, by their labels. */
export const switchedOff = (policy: ConnectionPolicy): string[] =>
  (Object.keys(policySwitches) as PolicySwitch[])
    .filter((name) => !policy[name])
    .map((name) => policySwitches[name].label);
