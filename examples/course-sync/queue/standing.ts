import { createHash } from 'node:crypto';
import { type CustomerState, type Customers, isPlaceholderEmail } from 'vestibule/customer';
import { type Database, type Executor, sql } from 'vestibule/framework';
import type { GroupMemberships } from 'vestibule/provisioning';
import type { Mappings } from '../course/mapping.ts';
import type { LmsUser } from '../lms/lms.ts';
import { grantedByGroups } from '../reason/granted.ts';
import { reasonChanges } from '../reason/reason.ts';
import { type CustomerReason, reasonsOf, writeReasons } from '../reason/reason-rows.ts';

/** A customer as the LMS was told of it. */
export interface ToldUser {
  readonly lmsId: string;
  readonly digest: string;
}

/** What the LMS holds by us. */
export interface Enrolment {
  readonly course: string;
  readonly enrolledMs: number;
}

/** All that decides what is to be done for a customer. */
export interface Standing {
  /** Undefined: the customer is gone, or has no e-mail that an LMS could use. */
  readonly user: LmsUser | undefined;
  readonly gone: boolean;
  readonly reasons: readonly CustomerReason[];
  readonly enrolments: readonly Enrolment[];
  readonly told: ToldUser | undefined;
}

interface Room {
  readonly database: Database;
  readonly customers: Customers;
  readonly memberships: GroupMemberships;
  readonly mappings: Mappings;
}

/** Brings the reasons that groups give up to date, and reads how a customer stands then. */
export async function readStanding(room: Room, customerId: number, nowMs: number): Promise<Standing> {
  const { database, customers, memberships, mappings } = room;
  await customers.ready(database);
  return database.transaction(async (tx) => {
    const customer = await customers.byId(tx, customerId);
    const stored = await reasonsOf(tx, customerId);
    const known = await mappings.byIds(tx, [...new Set(stored.map(({ mappingId }) => mappingId))]);
    const granted = grantedByGroups(await mappings.ofGroups(tx), {
      customerGroupId: customer ? Number(customer.attributes.group_id) : null,
      memberships: customer ? ((await memberships.of(tx, [customerId])).get(customerId) ?? []) : [],
    });
    // What orders give stands until another event of the order, unless the mapping or the customer went meanwhile.
    const bought = stored.filter(
      ({ kind, kept, mappingId }) => kind === 'product' && !kept && customer && known.get(mappingId)?.parting === null,
    );
    const changes = reasonChanges(stored, [...granted, ...bought], known);
    await writeReasons(
      tx,
      customerId,
      { ...changes, add: changes.add.filter(({ kind }) => kind !== 'product') },
      nowMs,
    );
    return {
      user: customer && lmsUserOf(customer),
      gone: customer === undefined,
      reasons: await reasonsOf(tx, customerId),
      enrolments: await enrolmentsOf(tx, customerId),
      told: await toldUser(tx, customerId),
    };
  });
}

export const enrolmentsOf = (db: Executor, customerId: number): Promise<readonly Enrolment[]> =>
  db.all<Enrolment>(
    sql`SELECT course, enrolled_ms AS enrolledMs FROM {vestibule_course_enrolment} WHERE customer_id = ${customerId} ORDER BY course`,
  );

const toldUser = (db: Executor, customerId: number): Promise<ToldUser | undefined> =>
  db.first<ToldUser>(
    sql`SELECT lms_id AS lmsId, digest FROM {vestibule_course_user} WHERE customer_id = ${customerId}`,
  );

function lmsUserOf({ id, attributes }: CustomerState): LmsUser | undefined {
  const { email, firstname, lastname, is_active } = attributes;
  const address = String(email);
  if (isPlaceholderEmail(address)) return undefined;
  return {
    customerId: id,
    email: address,
    firstName: String(firstname ?? ''),
    lastName: String(lastname ?? ''),
    active: is_active !== 0,
  };
}

/** Tells one state of a user from another. */
export const digestOf = (user: LmsUser): string =>
  createHash('sha256').update(JSON.stringify(user)).digest('base64url').slice(0, 43);
