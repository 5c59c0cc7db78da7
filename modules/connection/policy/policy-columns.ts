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
}

/** To be selected under the alias `n`. */
export const policyColumns: Sql = sql`n.scim_enabled, n.new_customers, n.may_create, n.may_update, n.may_delete, n.may_deactivate, n.allowed_addresses, n.requests_per_second`;

export const readPolicy = (row: PolicyRow): ConnectionPolicy => ({
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
export const policyAssignments = (p: ConnectionPolicy): Sql =>
  sql`scim_enabled = ${flag(p.scim)}, new_customers = ${flag(p.newCustomers)}, may_create = ${flag(p.create)}, may_update = ${flag(p.update)}, may_delete = ${flag(p.delete)}, may_deactivate = ${flag(p.deactivate)}, allowed_addresses = ${storedAddresses(p.addresses)}, requests_per_second = ${p.requestsPerSecond}`;
