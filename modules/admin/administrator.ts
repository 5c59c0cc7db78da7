import { type Executor, type ServiceToken, service, type Transaction } from '../framework/index.ts';

/** Somebody who administers the store, as in Magento's `admin_user`. */
export interface Administrator {
  readonly id: number;
  readonly user: string;
  readonly email: string;
  readonly role: string;
}

export interface NewAdministrator {
  readonly firstName?: string;
  readonly lastName?: string;
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
  | 'ADMIN_USER_UNKNOWN'
  | 'ADMIN_ROLE_UNKNOWN'
  | 'ADMIN_ROLE_INVALID'
  | 'ADMIN_ROLE_USED'
  | 'ADMIN_LAST'
  | 'ADMIN_BEYOND'
  | 'ADMIN_SELF'
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

/** An administrator with what the list and the page of one show. */
export interface AdministratorAccount extends Administrator {
  readonly firstName: string;
  readonly lastName: string;
  readonly active: boolean;
  readonly roleId: number;
  readonly createdAt: string;
  readonly lastLogin: string | null;
  readonly lockedUntil: string | null;
  readonly secondFactor: boolean;
}

/** What of an account is to be different; what is not said stays. */
export interface AdministratorChange {
  readonly user?: string;
  readonly email?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly active?: boolean;
  readonly roleId?: number;
  /** As `hashPassword` makes it. */
  readonly passwordHash?: string;
}

/** Which accounts, in which order; `after` and `before` are the key of a row: what is sorted by, then the id. */
export interface AdministratorQuery {
  readonly text?: string | undefined;
  readonly role?: number | undefined;
  readonly active?: boolean | undefined;
  readonly sort: AdministratorSort;
  readonly order: 'asc' | 'desc';
  readonly after?: readonly string[] | undefined;
  readonly before?: readonly string[] | undefined;
  readonly limit: number;
}
export type AdministratorSort = 'user' | 'email' | 'id';

/** The administrators of this store. */
export interface Administrators {
  list(db: Executor, query: AdministratorQuery): Promise<readonly AdministratorAccount[]>;
  find(db: Executor, id: number): Promise<AdministratorAccount | undefined>;
  byName(db: Executor, user: string): Promise<AdministratorAccount | undefined>;
  /**
   * @throws AdministratorError `ADMIN_USER_UNKNOWN`, `ADMIN_USER_INVALID`, `ADMIN_USER_EXISTS`, `ADMIN_ROLE_UNKNOWN`,
   * `ADMIN_LAST` where nobody active would be left who may do everything
   */
  change(tx: Transaction, id: number, change: AdministratorChange, now: Date): Promise<void>;
  /** Deletes the account with its sessions and second factor. @throws AdministratorError `ADMIN_USER_UNKNOWN`, `ADMIN_LAST` */
  remove(tx: Transaction, id: number): Promise<void>;
  /** @throws AdministratorError `ADMIN_USER_INVALID`, `ADMIN_USER_EXISTS`, `ADMIN_ROLE_UNKNOWN` */
  create(tx: Transaction, administrator: NewAdministrator, now: Date): Promise<Administrator>;
  count(db: Executor): Promise<number>;
}
export const Administrators: ServiceToken<Administrators> = service<Administrators>('admin.Administrators');

/** The role that may do everything, on every fresh install. */
export const everything = 'Administrators';
