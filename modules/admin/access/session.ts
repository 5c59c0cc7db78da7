import { type Executor, type ServiceToken, type Sql, service, type Transaction } from '../../framework/index.ts';
import type { Permissions } from '../role/permissions.ts';

/** `browser`: held by a cookie. `bearer`: held by a program that uses the admin API. */
export type SessionKind = 'browser' | 'bearer';

/** `code`: the second factor is still to be given. `enrol`: it has to be set up before anything else. `full`: logged in. */
export type SessionStage = 'code' | 'enrol' | 'full';

/** Something that is told on the next page: what was done, or what went wrong. */
export interface Flash {
  readonly kind: 'done' | 'problem' | 'note';
  readonly text: string;
}

/** Whoever holds a session's secret, as the store knows them at this moment. */
export interface SignedIn {
  readonly sessionId: number;
  readonly kind: SessionKind;
  readonly stage: SessionStage;
  readonly id: number;
  readonly user: string;
  readonly name: string;
  readonly email: string;
  readonly roleId: number;
  readonly role: string;
  readonly permissions: Permissions;
  /** Whether a second factor is set up. */
  readonly secondFactor: boolean;
  readonly createdAt: Date;
  /** When the password was given last. */
  readonly confirmedAt: Date;
  readonly flash: Flash | undefined;
}

export interface NewSession {
  readonly administratorId: number;
  readonly kind: SessionKind;
  readonly stage: SessionStage;
  readonly address: string | undefined;
  readonly agent: string | undefined;
  /** Told on the first page. */
  readonly flash?: Flash | undefined;
}

/** A line in the list of sessions. */
export interface ListedSession {
  readonly id: number;
  readonly administratorId: number;
  readonly user: string;
  readonly kind: SessionKind;
  readonly createdAt: string;
  readonly usedAt: string;
  readonly expiresAt: string;
  readonly address: string | null;
  readonly agent: string | null;
}

/** The sessions of administrators. A session's secret is known to its holder alone: a hash is stored. */
export interface Sessions {
  /** @returns the secret and how long it is good for at most */
  open(db: Executor, session: NewSession, now: Date): Promise<{ secret: string; seconds: number }>;
  /** Undefined when it is unknown, over, idle for too long, or its administrator is locked out or gone. */
  find(secret: string, now: Date): Promise<SignedIn | undefined>;
  /** Ends the session and opens another in its place, so that a secret that was seen before is worth nothing. */
  renew(
    tx: Transaction,
    session: SignedIn,
    stage: SessionStage,
    now: Date,
    flash?: Flash,
  ): Promise<{ secret: string; seconds: number }>;
  /** The password was given again. */
  confirm(db: Executor, sessionId: number, now: Date): Promise<void>;
  tell(db: Executor, sessionId: number, flash: Flash | undefined): Promise<void>;
  close(db: Executor, sessionId: number): Promise<void>;
  /** Ends all sessions of an administrator, but for one. @returns how many */
  closeAll(db: Executor, administratorId: number, except?: number): Promise<number>;
  /** Those that are not over, the one used last first; at most 200. */
  list(db: Executor, now: Date, administratorId?: number): Promise<readonly ListedSession[]>;
  /** A subquery that counts them. */
  counted(now: Date): Promise<Sql>;
}
export const Sessions: ServiceToken<Sessions> = service<Sessions>('admin.Sessions');
