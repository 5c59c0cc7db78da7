import { type Executor, type ServiceToken, service, type Transaction } from '../../framework/index.ts';
import type { Permissions } from './permissions.ts';

/** A role as Magento keeps it: a group row in `authorization_role`, its rules in `authorization_rule`. */
export interface Role {
  readonly id: number;
  readonly name: string;
  /** Administrators that have it. */
  readonly users: number;
}

export interface RoleChange {
  readonly name: string;
  /** Everything, what modules add later included; `resources` is not looked at then. */
  readonly everything: boolean;
  readonly resources: readonly string[];
}

/** Roles of administrators. What Magento's own resources say in a role stays as it is. */
export interface Roles {
  list(db: Executor): Promise<readonly Role[]>;
  find(db: Executor, id: number): Promise<Role | undefined>;
  permissions(db: Executor, id: number): Promise<Permissions>;
  /** @throws AdministratorError `ADMIN_ROLE_INVALID` */
  create(tx: Transaction, role: RoleChange): Promise<number>;
  /** @throws AdministratorError `ADMIN_ROLE_INVALID`, `ADMIN_ROLE_UNKNOWN`, `ADMIN_LAST` */
  change(tx: Transaction, id: number, role: RoleChange): Promise<void>;
  /** @throws AdministratorError `ADMIN_ROLE_USED`, `ADMIN_ROLE_UNKNOWN` */
  remove(tx: Transaction, id: number): Promise<void>;
}
export const Roles: ServiceToken<Roles> = service<Roles>('admin.Roles');
