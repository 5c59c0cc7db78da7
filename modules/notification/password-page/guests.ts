import type { Activities } from '../../activity/index.ts';
import {
  type Customers,
  isLockedOut,
  type PasswordRule,
  type Passwords,
  type ResetTokens,
  type Sessions,
} from '../../customer/index.ts';
import { type Clock, type Database, type ServiceToken, service, sql, type Transaction } from '../../framework/index.ts';
import type { Storefront, Storefronts } from '../../store/index.ts';
import { readAddressee } from '../customer/addressee.ts';
import type { Invitations } from '../invitation/invitations.ts';
import { NotificationError } from '../notification-error.ts';
import type { PasswordLink } from './link.ts';
import type { PasswordPlaces } from './place.ts';

/** Somebody whose link is good. */
export interface Guest {
  readonly customerId: number;
  readonly email: string;
  readonly store: Storefront;
}

/** People who come with a link to this host's page. Whatever is wrong with a link, the answer is the same. */
export interface PasswordGuests {
  /**
   * Undefined where the link is unknown, used, expired, of somebody who may not log in, or of a store whose own page sets
   * passwords. Uses nothing up.
   */
  find(link: PasswordLink): Promise<Guest | undefined>;
  /** Notes that a good link was opened. */
  opened(guest: Guest): Promise<void>;
  rules(): Promise<readonly PasswordRule[]>;
  /** Sets a password that keeps the rules and uses the link up; false where the link has become worthless meanwhile. */
  set(guest: Guest, link: PasswordLink, password: string, requestId: string): Promise<boolean>;
  /** Mails another link to whoever comes with the last one, good or expired; does nothing otherwise, and never says which. */
  again(link: PasswordLink): Promise<void>;
}
export const PasswordGuests: ServiceToken<PasswordGuests> = service<PasswordGuests>('notification.PasswordGuests');

/** Who asked, for the record. */
const byLink = 'the customer, by a mailed link';

export function createPasswordGuests(room: {
  readonly database: Database;
  readonly storefronts: Storefronts;
  readonly places: PasswordPlaces;
  readonly customers: Customers;
  readonly passwords: Passwords;
  readonly resetTokens: ResetTokens;
  readonly sessions: Sessions;
  readonly invitations: Invitations;
  readonly activities: Activities;
  readonly clock: Clock;
}): PasswordGuests {
  const { database, storefronts, places, customers, passwords, resetTokens, sessions, invitations, activities, clock } =
    room;
  let hashing: Promise<unknown> = Promise.resolve();

  /** One after the other: each takes 64 MiB and a tenth of a second. */
  function hashOf(password: string): Promise<string> {
    const hashed = hashing.then(() => passwords.hash(password));
    hashing = hashed.catch(() => {});
    return hashed;
  }

  async function write(
    tx: Transaction,
    { email }: Guest,
    { customerId, token }: PasswordLink,
    hash: string,
    requestId: string,
  ): Promise<boolean> {
    const now = clock.now();
    const customer = await customers.byId(tx, customerId, { forUpdate: true });
    if (customer?.attributes.is_active !== 1 || isLockedOut(customer)) return false;
    if (!(await resetTokens.spend(tx, customerId, token, now))) return false;
    await passwords.set(tx, customerId, hash, now);
    // As Magento does: who comes with a mailed link has confirmed the address, and is not locked out for a forgotten password.
    const known = { failures_num: 0, first_failure: null, lock_expires: null, confirmation: null };
    await customers.update(tx, customer, known, now);
    sessions.end(tx, customerId, now);
    activities.record(tx, {
      at: now,
      operation: 'customer.set-password',
      outcome: 'done',
      status: 303,
      customerId,
      subject: email,
      actor: byLink,
      requestId,
      changed: ['password'],
      notes: ['A password was set at the page of this host. What the customer was logged in with has ended.'],
    });
    return true;
  }

  return {
    rules: () => passwords.rules(),
    async find({ customerId, token }) {
      if ((await resetTokens.standing(database, customerId, token, clock.now())) !== 'good') return undefined;
      const customer = await readAddressee(database, customerId);
      if (!customer?.active) return undefined;
      const store = await storefronts.view(customer.websiteId, customer.storeId);
      if ((await places.of(store))?.at !== 'host') return undefined;
      return { customerId, email: customer.email, store };
    },
    async opened({ customerId }) {
      await database.run(sql`INSERT INTO {vestibule_password_page} (customer_id, opened_ms)
        VALUES (${customerId}, ${clock.now().getTime()}) ${database.dialect.onDuplicate(['customer_id'], ['opened_ms'])}`);
    },
    async set(guest, link, password, requestId) {
      const hash = await hashOf(password);
      await customers.ready(database);
      return database.transaction((tx) => write(tx, guest, link, hash, requestId));
    },
    async again({ customerId, token }) {
      try {
        await database.transaction(async (tx) => {
          if ((await resetTokens.standing(tx, customerId, token, clock.now())) === 'unknown') return;
          await invitations.invite(tx, customerId, { actor: byLink });
        });
      } catch (error) {
        if (!(error instanceof NotificationError)) throw error;
      }
    },
  };
}
