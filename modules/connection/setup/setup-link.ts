import { type Executor, type ServiceToken, service, type Transaction } from '../../framework/index.ts';
import type { Connection } from '../connection.ts';

/** `open`: nobody has begun. `taken`: one browser works with it. The others are over. */
export const setupLinkStates = ['open', 'taken', 'done', 'revoked', 'expired'] as const;
export type SetupLinkState = (typeof setupLinkStates)[number];

/** A link that gives an identity administrator a connection's guide without an account. Times are UTC. */
export interface SetupLink {
  readonly id: number;
  readonly connectionId: number;
  readonly publicId: string;
  /** Whom it is for, as records name who did something with it. */
  readonly name: string;
  readonly state: SetupLinkState;
  /** Whether the identity administrator may say which provider it is. */
  readonly mayChooseProvider: boolean;
  readonly createdBy: string;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly mailedTo: string | null;
  readonly openedAt: string | null;
  readonly lastUsedAt: string | null;
  readonly lastUsedAddress: string | null;
  readonly lastUsedAgent: string | null;
  /** The public id of the one token that was made with it. */
  readonly tokenPublicId: string | null;
}

export interface NewSetupLink {
  readonly name: string;
  readonly expiresAt: Date;
  readonly mayChooseProvider: boolean;
  /** Where a mail takes it: its secret is then made when the mail is written, and told nobody else. */
  readonly mailedTo?: string | undefined;
}

/** A browser in which somebody works, as "last use" names it. */
export interface Browser {
  readonly address: string;
  readonly agent: string;
}

/** One-time links for identity administrators. */
export interface SetupLinks {
  /** Makes a link; `text` stands behind `/setup/` and exists nowhere else. @throws ConnectionError `NAME_INVALID` */
  invite(
    tx: Transaction,
    connection: Connection,
    link: NewSetupLink,
    by: string,
    now: Date,
  ): Promise<{ link: SetupLink; text: string | undefined }>;
  /** Gives a link that nobody has begun with a new secret; undefined where it is taken or over. The old one is void. */
  renew(tx: Transaction, publicId: string, now: Date): Promise<string | undefined>;
  /** Those of a connection, the newest first, at most 50. */
  list(db: Executor, connectionId: number, now: Date): Promise<readonly SetupLink[]>;
  /**
   * The link that a secret belongs to, whatever its state; undefined for any other secret. While a link is open its
   * own secret opens it; `holder` says whether the secret is that of the browser that took it.
   */
  find(
    db: Executor,
    publicId: string,
    secret: string,
    now: Date,
  ): Promise<{ readonly link: SetupLink; readonly holder: boolean } | undefined>;
  /**
   * Takes an open link for one browser and answers the secret that it keeps from then on; undefined for everybody but
   * the first.
   */
  take(tx: Transaction, publicId: string, secret: string, browser: Browser, now: Date): Promise<string | undefined>;
  /** Notes a use, at most once a minute. */
  used(db: Executor, link: SetupLink, browser: Browser, now: Date): Promise<void>;
  /** Claims the one token that may be made with the link; false for everybody but the first. */
  tokenMade(tx: Transaction, link: SetupLink, tokenPublicId: string): Promise<boolean>;
  /** "I'm done": the link opens nothing any more. */
  end(tx: Transaction, link: SetupLink, now: Date): Promise<void>;
  /** Takes a link of the connection back. @throws ConnectionError `SETUP_LINK_UNKNOWN` */
  revoke(tx: Transaction, connection: Connection, publicId: string, now: Date): Promise<SetupLink>;
}
export const SetupLinks: ServiceToken<SetupLinks> = service<SetupLinks>('connection.SetupLinks');
