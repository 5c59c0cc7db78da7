import { type Executor, type ServiceToken, service, type Transaction } from '../framework/index.ts';

/** Somebody who administers the store, as in Magento's `admin_user`. */
export interface Administrator {
  readonly id: number;
  readonly user: string;
  readonly email: string;
  readonly role: string;
}

export interface NewAdministrator {
  readonly user: string;
  readonly email: string;
  /** As `hashPassword` makes it. */
  readonly passwordHash: string;
  /** Name of a group role in `authorization_role`. */
  readonly role: string;
}

export type AdministratorErrorCode =
  | 'ADMIN_USER_INVALID'
  | 'ADMIN_USER_EXISTS'
  | 'ADMIN_ROLE_UNKNOWN'
  | 'ADMIN_PASSWORD_WEAK';

/** Says what is wrong with an administrator that was to be made, and what to do. */
export class AdministratorError extends Error {
  override readonly name = 'AdministratorError';
  readonly code: AdministratorErrorCode;
  constructor(code: AdministratorErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** The administrators of this store. */
export interface Administrators {
  /** @throws AdministratorError `ADMIN_USER_INVALID`, `ADMIN_USER_EXISTS`, `ADMIN_ROLE_UNKNOWN` */
  create(tx: Transaction, administrator: NewAdministrator, now: Date): Promise<Administrator>;
  count(db: Executor): Promise<number>;
}
export const Administrators: ServiceToken<Administrators> = service<Administrators>('admin.Administrators');

/** The role that may do everything, on every fresh install. */
export const everything = 'Administrators';
