import {
  type ConfigReader,
  type Database,
  type ServiceToken,
  service,
  sql,
  sqlTimestamp,
  type Transaction,
} from '../../framework/index.ts';
import type { MetadataCache } from '../attributes/metadata.ts';
import { setInGrid } from '../grid.ts';
import type { passwordSettings } from '../settings.ts';
import type { Passwords } from './passwords.ts';

/** Tells whether somebody knows a customer's password, as the storefront's login does: lock-out included. */
export interface CustomerAuthentication {
  /**
   * The id of the website's customer with this e-mail address and password; undefined for anything else: unknown, wrong,
   * locked, inactive, not confirmed. Nobody is told which, by the time it takes either. A wrong password counts towards
   * Magento's lock-out, a right one ends the count.
   */
  authenticate(websiteId: number, email: string, password: string, now: Date): Promise<number | undefined>;
}
export const CustomerAuthentication: ServiceToken<CustomerAuthentication> = service<CustomerAuthentication>(
  'customer.CustomerAuthentication',
);

interface Known {
  entity_id: number;
  password_hash: string | null;
  is_active: number;
  confirmation: string | null;
  failures_num: number | null;
  lock_expires: string | null;
}

export interface AuthenticationParts {
  readonly database: Database;
  readonly passwords: Passwords;
  /** True where an e-mail address is one account over all websites. */
  readonly isShared: () => Promise<boolean>;
  readonly config: ConfigReader<(typeof passwordSettings)['fields']>;
  readonly metadata: Pick<MetadataCache, 'get'>;
}

export function makeAuthentication({
  database,
  passwords,
  isShared,
  config,
  metadata,
}: AuthenticationParts): CustomerAuthentication {
  /** Of nobody's password: compared where there is no other, so that it takes as long. */
  let nobodys: Promise<string> | undefined;

  async function find(websiteId: number, email: string): Promise<Known | undefined> {
    const website = (await isShared()) ? sql`` : sql` AND website_id = ${websiteId}`;
    return database.first<Known>(
      sql`SELECT entity_id, password_hash, is_active, confirmation, failures_num, CAST(lock_expires AS CHAR) AS lock_expires FROM {customer_entity} WHERE email = ${email}${website} ORDER BY entity_id LIMIT 1`,
    );
  }

  const show: ShowInGrid = async (tx, id, until) =>
    setInGrid(tx, (await metadata.get(tx)).grid, 'lock_expires', until, [id]);

  return {
    async authenticate(websiteId, email, password, now) {
      const known = await find(websiteId, email.trim());
      nobodys ??= passwords.hash('nobody has this password');
      const matches = await passwords.matches(known?.password_hash ?? (await nobodys), password);
      if (!known?.password_hash || isLocked(known.lock_expires, now)) return undefined;
      if (!matches) {
        const limits = { most: await config.get('lockout_failures'), minutes: await config.get('lockout_threshold') };
        if (limits.most > 0 && limits.minutes > 0)
          await database.transaction((tx) => countFailure(tx, known.entity_id, limits, now, show));
        return undefined;
      }
      if (known.is_active !== 1 || known.confirmation !== null) return undefined;
      if ((known.failures_num ?? 0) > 0 || known.lock_expires !== null)
        await database.transaction((tx) => endCount(tx, known.entity_id, known.lock_expires !== null, show));
      return known.entity_id;
    },
  };
}

const isLocked = (until: string | null, now: Date): boolean => until !== null && until > sqlTimestamp(now);

/** Magento's `Authentication::processAuthenticationFailure`: the first failure of a span, one more, or one too many. */
async function countFailure(
  tx: Transaction,
  id: number,
  { most, minutes }: { readonly most: number; readonly minutes: number },
  now: Date,
  showInGrid: ShowInGrid,
): Promise<void> {
  const row = await tx.first<{
    failures_num: number | null;
    first_failure: string | null;
    lock_expires: string | null;
  }>(
    sql`SELECT failures_num, CAST(first_failure AS CHAR) AS first_failure, CAST(lock_expires AS CHAR) AS lock_expires FROM {customer_entity} WHERE entity_id = ${id} ${tx.dialect.forUpdate}`,
  );
  // Somebody was quicker: who is locked by now is not locked for longer.
  if (!row || isLocked(row.lock_expires, now)) return;
  const failures = (row.failures_num ?? 0) + 1;
  if (failures === 1 || row.first_failure === null || row.lock_expires !== null) {
    await tx.run(
      sql`UPDATE {customer_entity} SET failures_num = 1, first_failure = ${sqlTimestamp(now)}, lock_expires = NULL WHERE entity_id = ${id}`,
    );
    if (row.lock_expires !== null) await showInGrid(tx, id, null);
    return;
  }
  const until = failures >= most ? sqlTimestamp(new Date(now.getTime() + minutes * 60_000)) : null;
  await tx.run(
    sql`UPDATE {customer_entity} SET failures_num = ${failures}, lock_expires = ${until} WHERE entity_id = ${id}`,
  );
  if (until !== null) await showInGrid(tx, id, until);
}

async function endCount(tx: Transaction, id: number, wasLocked: boolean, showInGrid: ShowInGrid): Promise<void> {
  await tx.run(
    sql`UPDATE {customer_entity} SET failures_num = 0, first_failure = NULL, lock_expires = NULL WHERE entity_id = ${id}`,
  );
  if (wasLocked) await showInGrid(tx, id, null);
}

/** The grid's row is written anew where the lock changes, as Magento reindexes it. */
type ShowInGrid = (tx: Transaction, id: number, until: string | null) => Promise<void>;
