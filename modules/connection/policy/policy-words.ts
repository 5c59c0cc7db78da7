import {
  type ConnectionPolicy,
  deactivations,
  deletions,
  missingEmails,
  visibilities,
  welcomeMails,
} from './policy.ts';

/** The switches with the words of the administration and the options of `connection:set`. */
export const policySwitches = {
  scim: {
    label: 'Enable SCIM Provisioning',
    option: 'scim',
    describe: 'off refuses SCIM alone (connection:pause refuses all that it serves)',
  },
  newCustomers: {
    label: 'Enable New Customer Creation',
    option: 'new-customers',
    describe: 'off refuses people that the store does not know',
  },
  create: { label: 'Create', option: 'create', describe: 'POST of users and groups' },
  update: { label: 'Update', option: 'update', describe: 'changes of users and groups' },
  deactivate: { label: 'Deactivate', option: 'deactivate', describe: 'taking the right to log in from a user' },
  delete: { label: 'Delete', option: 'delete', describe: 'DELETE of users and groups' },
  guard: {
    label: 'Mass-Deprovision Guard',
    option: 'guard',
    describe: 'holds deactivations and deletions when there are too many of them',
  },
} as const satisfies Partial<Record<keyof ConnectionPolicy, PolicyWords>>;

interface PolicyWords {
  readonly label: string;
  readonly option: string;
  readonly describe: string;
}

export type PolicySwitch = keyof typeof policySwitches;

/** The switches that are off, by their labels. */
export const switchedOff = (policy: ConnectionPolicy): string[] =>
  (Object.keys(policySwitches) as PolicySwitch[])
    .filter((name) => !policy[name])
    .map((name) => policySwitches[name].label);

/** The policies that are one word of a few. */
export const policyChoices = {
  visibility: {
    label: 'Visible customers',
    option: 'visibility',
    values: visibilities,
    describe: 'which customers of the website a list shows: those it manages, or all (for an import)',
  },
  deactivation: {
    label: 'Deactivation',
    option: 'deactivation',
    values: deactivations,
    describe:
      'what "active: false" does: flag sets is_active alone, which stops no login in Magento; lock ends the right to log in; end-sessions ends sessions and tokens, too',
  },
  deletion: {
    label: 'Deletion',
    option: 'deletion',
    values: deletions,
    describe:
      'what a DELETE leaves of the customer: deactivate keeps the row, anonymise takes everything personal out of it, delete removes it; orders stay in any case',
  },
  missingEmail: {
    label: 'Missing e-mail address',
    option: 'missing-email',
    values: missingEmails,
    describe: 'a user without any: placeholder gives an address that is never mailed, refuse answers 400',
  },
  welcomeMail: {
    label: 'Welcome mail',
    option: 'welcome-mail',
    values: welcomeMails,
    describe: 'what a customer that it makes is sent: nothing, a welcome, or a link that sets the password',
  },
} as const satisfies Partial<Record<keyof ConnectionPolicy, PolicyWords & { readonly values: readonly string[] }>>;

export type PolicyChoice = keyof typeof policyChoices;

/** The numbers of the guard, with the range of each. */
export const policyNumbers = {
  guardPercent: {
    label: 'Guard: percent',
    option: 'guard-percent',
    from: 1,
    to: 100,
    describe: 'it holds above so many percent of the active customers within an hour',
  },
  guardAtLeast: {
    label: 'Guard: at least',
    option: 'guard-at-least',
    from: 1,
    to: 1_000_000,
    describe: 'it never holds up to so many within an hour, whatever the percentage',
  },
  guardMost: {
    label: 'Guard: at most',
    option: 'guard-most',
    from: 1,
    to: 1_000_000,
    describe: 'it always holds above so many within an hour',
  },
} as const satisfies Partial<
  Record<keyof ConnectionPolicy, PolicyWords & { readonly from: number; readonly to: number }>
>;

export type PolicyNumber = keyof typeof policyNumbers;
