import type { Transaction } from '../../framework/index.ts';
import type { Done } from '../record.ts';
import { connectionOf, holdingFor, type ProvisioningContext, type Room } from '../room.ts';
import { printUserId, type UserId } from '../user/user-id.ts';
import { holdUserOf, type UserRecord } from '../user/user-record.ts';
import { meantBy } from './find-person.ts';
import { type Entered, enterNew } from './first-sign-in.ts';
import { changeMemberships, prepareGroups } from './groups.ts';
import { noMemberships } from './memberships.ts';
import { recordSignIn } from './record.ts';
import { SignInRefused } from './refused.ts';
import type { Arrival, Remembered, SignedIn } from './sign-ins.ts';
import { updateUser } from './update-user.ts';

/** How a sign-in is carried out; the first attempt does all of it. */
export interface Manner {
  /** False once a value could not be written: who is known comes in all the same, as they are. */
  readonly updates: boolean;
  /** False once the guard has kept somebody in a group. */
  readonly takesBack: boolean;
  /** True once a key of the database was in the way: deleted users give up the names that they still hold. */
  readonly makesWay: boolean;
}

/** How far an attempt has come, for whoever has to make sense of its failure. */
export interface Progress {
  stage: 'finding' | 'known' | 'taking over' | 'creating';
  customerId: number | undefined;
}

interface Attempt {
  readonly manner: Manner;
  readonly progress: Progress;
  /** What the use cases say that they did. */
  readonly done: readonly Done[];
}

/** One transaction of a sign-in, from finding the person to its record. @throws SignInRefused, ScimError, DuplicateKeyError, … */
export async function attempt(
  room: Room,
  tx: Transaction,
  context: ProvisioningContext,
  arrival: Arrival,
  { manner, progress, done }: Attempt,
): Promise<SignedIn> {
  const { memory, document: said } = arrival;
  const known = (found: Found) => enter(room, tx, context, arrival, found, { manner, progress });
  const remembered = await memory.recall(tx);
  const entered =
    (remembered && (await known({ ...remembered, isNew: false }))) ??
    (await enterByIdentifier(tx, context, arrival, remembered, known)) ??
    (await enterNew(room, tx, context, arrival, {
      progress,
      known: (customerId) => known({ customerId, wrote: {}, isNew: true }),
      makesWay: manner.makesWay,
    }));
  const { user, joined, wrote, disagreements } = entered;
  progress.customerId = user.customerId;
  memory.remember(tx, { customerId: user.customerId, wrote, said, at: context.now });
  const changed = done.length > 0 || joined;
  const outcome = entered.outcome ?? (changed ? 'updated' : 'unchanged');
  recordSignIn(room, tx, context, arrival, { outcome, changed, done: done.at(-1), customerId: user.customerId });
  const email = done.length > 0 ? await emailOf(room, tx, user) : entered.email;
  return { userId: printUserId(user), customerId: user.customerId, email, outcome, disagreements };
}

/** Somebody found, who may have signed in before. */
interface Found extends Remembered {
  /** True at the first sign-in by this identifier. */
  readonly isNew: boolean;
}

/** Lets a living user of the connection in; undefined where the customer is none any more. */
async function enter(
  room: Room,
  tx: Transaction,
  context: ProvisioningContext,
  arrival: Arrival,
  { customerId, wrote, isNew }: Found,
  { manner, progress }: Pick<Attempt, 'manner' | 'progress'>,
): Promise<Entered | undefined> {
  const { policy, groups } = arrival;
  const connection = connectionOf(context);
  const updates = policy.update && connection.policy.update;
  const planned = groups && updates ? await prepareGroups(room, tx, context, customerId, groups) : noMemberships;
  const record: UserRecord | undefined = await holdUserOf(tx, holdingFor(room, context), connection.id, customerId);
  if (!record) return undefined;
  context.course?.passed('match', `customer ${customerId}${isNew ? '' : ' by an earlier sign-in'}`);
  progress.stage = 'known';
  progress.customerId = customerId;
  const updated = await updateUser(room, tx, context, record, {
    arrival,
    wrote,
    updates: updates && manner.updates,
    makesWay: manner.makesWay,
  });
  const user: UserId = record;
  const plan = manner.takesBack ? planned : { ...planned, leaves: [] };
  const joined = await changeMemberships(room, tx, context, user, plan);
  const email = String(record.customer.attributes.email);
  return { user, joined, email, outcome: isNew ? 'linked' : undefined, ...updated };
}

/** Whom the identifier means by SCIM. @throws SignInRefused `DELETED` */
async function enterByIdentifier(
  tx: Transaction,
  context: ProvisioningContext,
  { identifier, memory }: Arrival,
  remembered: Remembered | undefined,
  known: (found: Found) => Promise<Entered | undefined>,
): Promise<Entered | undefined> {
  const meant = await meantBy(tx, connectionOf(context), identifier);
  if (meant?.living) {
    const { customerId } = meant;
    // Another sign-in of the same person may have made this user since it was asked for the first time.
    const meanwhile = await memory.recall(tx);
    if (meanwhile?.customerId === customerId) return known({ ...meanwhile, isNew: false });
    const [latest] = await memory.others(tx, customerId);
    context.notes.push(`The person was found by its ${meant.by}.`);
    return known({ customerId, wrote: latest?.wrote ?? {}, isNew: true });
  }
  const gone = meant?.customerId ?? remembered?.customerId;
  if (gone === undefined) return undefined;
  throw new SignInRefused(
    'DELETED',
    `The user of customer ${gone}, whom this identifier means, was deleted by SCIM; only SCIM (POST) brings it back.`,
    gone,
  );
}

/** The address as it is now: what was written is there already for this transaction. */
async function emailOf(room: Room, tx: Transaction, { customerId }: UserId): Promise<string> {
  const customer = await room.customers.byId(tx, customerId);
  return String(customer?.attributes.email ?? '');
}
