import { type Sql, sql } from '../../framework/index.ts';
import { type ConnectionPolicy, openPolicy } from './policy.ts';

/** The columns of `vestibule_connection` that hold the policy. */
export interface PolicyRow {
  scim_enabled: number;
  new_customers: number;
  may_create: number;
  may_update: number;
  may_delete: number;
  may_deactivate: number;
  allowed_addresses: string | null;
  requests_per_second: number | null;
  /** JSON of all policies that have no column of their own; NULL is what a new connection starts with. */
  policies: string | null;
}

/** To be selected under the alias `n`. */
export const policyColumns: Sql = sql`n.scim_enabled, n.new_customers, n.may_create, n.may_update, n.may_delete, n.may_deactivate, n.allowed_addresses, n.requests_per_second, n.policies`;

export const readPolicy = (row: PolicyRow): ConnectionPolicy => ({
  ...openPolicy,
  ...(row.policies === null ? {} : (JSON.parse(row.policies) as Partial<ConnectionPolicy>)),
  scim: row.scim_enabled === 1,
  newCustomers: row.new_customers === 1,
  create: row.may_create === 1,
  update: row.may_update === 1,
  delete: row.may_delete === 1,
  deactivate: row.may_deactivate === 1,
  addresses: row.allowed_addresses === null ? openPolicy.addresses : row.allowed_addresses.split(','),
  requestsPerSecond: row.requests_per_second,
});

const flag = (on: boolean): number => (on ? 1 : 0);

/** The list as it is stored; NULL lets every address in. */
export const storedAddresses = (addresses: readonly string[]): string | null =>
  addresses.length === 0 ? null : addresses.join(',');

/** `SET` of an UPDATE. */
export function policyAssignments(policy: ConnectionPolicy): Sql {
  const {
    scim,
    newCustomers,
    create,
    update,
    delete: remove,
    deactivate,
    addresses,
    requestsPerSecond,
    ...others
  } = policy;
  return sql`scim_enabled = ${flag(scim)}, new_customers = ${flag(newCustomers)}, may_create = ${flag(create)}, may_update = ${flag(update)}, may_delete = ${flag(remove)}, may_deactivate = ${flag(deactivate)}, allowed_addresses = ${storedAddresses(addresses)}, requests_per_second = ${requestsPerSecond}, policies = ${JSON.stringify(others)}`;
}
