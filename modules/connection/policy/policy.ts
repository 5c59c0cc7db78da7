/** Which customers of its website an identity provider sees: those it manages, or all of them. */
export const visibilities = ['managed', 'website'] as const;
/** What `active: false` does: `is_active` alone, which Magento's login does not ask; the login, too; sessions and tokens, too. */
export const deactivations = ['flag', 'lock', 'end-sessions'] as const;
/** What becomes of a customer's row when its user is deleted. */
export const deletions = ['deactivate', 'anonymise', 'delete'] as const;
/** What a user without any e-mail address comes to: an address that is never mailed, or 400. */
export const missingEmails = ['placeholder', 'refuse'] as const;
/** What a customer is sent that a connection has made. */
export const welcomeMails = ['none', 'welcome', 'activation'] as const;

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
  /** Domains whose addresses the provider is known to own, in lower case: only their customers are taken over; none means any. */
  readonly verifiedDomains: readonly string[];
  readonly visibility: (typeof visibilities)[number];
  readonly deactivation: (typeof deactivations)[number];
  readonly deletion: (typeof deletions)[number];
  readonly missingEmail: (typeof missingEmails)[number];
  /** True where a password that the provider sends becomes the customer's. */
  readonly passwords: boolean;
  readonly welcomeMail: (typeof welcomeMails)[number];
  /** A SCIM filter (RFC 7644 §3.4.2.2) that users have to match to be created or changed; null takes everybody. */
  readonly scope: string | null;
  /** Code of the customer group of new customers; null for the store's own default. */
  readonly defaultGroup: string | null;
  /** The mass-deprovision guard, and when it holds: above `percent` of the active customers but not below `atLeast`, or above `most`. */
  readonly guard: boolean;
  readonly guardPercent: number;
  readonly guardAtLeast: number;
  readonly guardMost: number;
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
  verifiedDomains: Object.freeze([]),
  visibility: 'managed',
  deactivation: 'end-sessions',
  deletion: 'deactivate',
  missingEmail: 'placeholder',
  passwords: false,
  welcomeMail: 'none',
  scope: null,
  defaultGroup: null,
  guard: true,
  guardPercent: 20,
  guardAtLeast: 10,
  guardMost: 500,
});
