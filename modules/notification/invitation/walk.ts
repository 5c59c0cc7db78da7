import type { CustomerOwners } from '../../customer/index.ts';
import { type Clock, CommandError, type Database, type Executor, empty, sql } from '../../framework/index.ts';
import type { Onboarding, OnboardingState } from '../onboarding/onboarding.ts';
import type { Invitation, Invitations } from './invitations.ts';
import type { InvitationKind, LeftOut } from './selection.ts';

/** Who is to be mailed, of all customers. */
export interface Wanted {
  readonly states: ReadonlySet<OnboardingState>;
  /** Only those that an identity provider manages. */
  readonly managed: boolean;
  /** Code of a website. */
  readonly website: string | undefined;
  readonly limit: number | undefined;
  readonly kind: InvitationKind;
  /** Counts and mails nobody. */
  readonly dry: boolean;
}

/** What a run came to. */
export interface Invited {
  readonly dryRun: boolean;
  readonly invited: number;
  readonly leftOut: number;
  /** Of those left out: sentences, or of many how many there are of each reason. */
  readonly reasons: readonly string[];
  /** Whom the mails go to, where they were named one by one. */
  readonly customers?: readonly Invitation[];
}

interface Room {
  readonly database: Database;
  readonly invitations: Invitations;
  readonly onboarding: Onboarding;
  readonly owners: readonly CustomerOwners[];
  readonly clock: Clock;
}

const batch = 500;

/**
 * Goes through all customers by their ids, some hundred at a time, each in a transaction of its own: however many there
 * are, nothing is held long. Whoever was mailed is in another state afterwards, so a run that was interrupted goes on
 * where it stopped when it is begun again.
 */
export async function inviteMany(room: Room, wanted: Wanted, tell: (text: string) => void): Promise<Invited> {
  const websiteId = await websiteOf(room.database, wanted.website);
  const reasons = new Map<string, number>();
  let [last, looked, invited, left] = [0, 0, 0, 0];
  for (;;) {
    const rest = (wanted.limit ?? Number.POSITIVE_INFINITY) - invited;
    const ids = rest <= 0 ? [] : await nextIds(room.database, last, websiteId);
    if (ids.length === 0) break;
    const picked = (await pick(room, wanted, ids)).slice(0, rest);
    const result = await mail(room, wanted, picked);
    invited += result.invited.length;
    left += result.leftOut.length;
    for (const { why } of result.leftOut) reasons.set(why, (reasons.get(why) ?? 0) + 1);
    looked += ids.length;
    last = ids.at(-1) ?? last;
    if (ids.length < batch) break;
    tell(`${looked} customers looked at, ${invited} ${wanted.dry ? 'would be mailed' : 'mails queued'}`);
  }
  const counts = [...reasons].map(([why, count]) => `${count} ${count === 1 ? 'customer' : 'customers'}: ${why}`);
  return { dryRun: wanted.dry, invited, leftOut: left, reasons: counts };
}

async function nextIds(db: Executor, after: number, websiteId: number | undefined): Promise<number[]> {
  const website = websiteId === undefined ? empty : sql`AND website_id = ${websiteId}`;
  const rows = await db.all<{ entity_id: number }>(
    sql`SELECT entity_id FROM {customer_entity} WHERE entity_id > ${after} ${website} ORDER BY entity_id LIMIT ${batch}`,
  );
  return rows.map(({ entity_id }) => entity_id);
}

async function pick({ database, onboarding, owners, clock }: Room, wanted: Wanted, ids: readonly number[]) {
  const progress = await onboarding.of(database, ids, clock.now());
  const fitting = ids.filter((id) => {
    const found = progress.get(id);
    return found !== undefined && wanted.states.has(found.state);
  });
  if (!wanted.managed) return fitting;
  const managed = new Set<number>();
  for (const owner of owners)
    if (owner.among) for (const id of (await owner.among(database, fitting)).keys()) managed.add(id);
    else for (const id of fitting) if (await owner.of(database, id)) managed.add(id);
  return fitting.filter((id) => managed.has(id));
}

function mail({ database, invitations }: Room, { kind, dry }: Wanted, ids: readonly number[]) {
  if (ids.length === 0) return { invited: [], leftOut: [] as readonly LeftOut[] };
  if (dry) return invitations.consider(database, ids, kind);
  return database.transaction((tx) => invitations.inviteAll(tx, ids, { actor: 'command line', kind }));
}

async function websiteOf(db: Executor, code: string | undefined): Promise<number | undefined> {
  if (code === undefined) return undefined;
  const row = await db.first<{ website_id: number }>(
    sql`SELECT website_id FROM {store_website} WHERE code = ${code} AND website_id <> 0`,
  );
  if (row) return row.website_id;
  throw new CommandError(`There is no website with the code "${code}".`);
}
