import { newCustomerRefusal } from '../../connection/index.ts';
import type { Transaction } from '../../framework/index.ts';
import { type Resource, ScimError } from '../../scim/index.ts';
import { requireUnprotected } from '../protection/protection.ts';
import { connectionOf, holdingFor, type ProvisioningContext, type Room } from '../room.ts';
import { adoptUser } from '../user/adopt.ts';
import { adoptMatching } from '../user/adopt-existing.ts';
import { insertUser, mapUser, type NewUser } from '../user/insert.ts';
import { parseUserId, type UserId } from '../user/user-id.ts';
import { holdUserOf } from '../user/user-record.ts';
import type { Progress } from './attempt.ts';
import { foundByEmail } from './email-link.ts';
import { addressHolder } from './find-person.ts';
import { changeMemberships, prepareGroups } from './groups.ts';
import { type MembershipPlan, noMemberships } from './memberships.ts';
import { SignInRefused } from './refused.ts';
import { inScope } from './scope.ts';
import type { Arrival, SignedIn } from './sign-ins.ts';
import { requireEnterable, requireOpen } from './standing.ts';
import type { Updated } from './update-user.ts';

/** Somebody who comes in. */
export interface Entered extends Updated {
  readonly user: UserId;
  /** Whether memberships changed. */
  readonly joined: boolean;
  /** As it was before anything was written. */
  readonly email: string;
  /** Undefined: whether it is `updated` or `unchanged` shows in what was written. */
  readonly outcome: Exclude<SignedIn['outcome'], 'updated' | 'unchanged'> | undefined;
}

export interface Newcomer {
  readonly progress: Progress;
  /** Lets a user of the connection in who is found after all. */
  readonly known: (customerId: number) => Promise<Entered | undefined>;
  /** True once a key of the database was in the way: then it is looked whose. */
  readonly makesWay: boolean;
}

/**
 * Somebody whom no identifier means: found by an address where the policy says so, found by a match row of the mapping, or
 * made. All as the connection's policies have it for SCIM.
 *
 * @throws SignInRefused, ScimError, MatchPending, DuplicateKeyError
 */
export async function enterNew(
  room: Room,
  tx: Transaction,
  context: ProvisioningContext,
  arrival: Arrival,
  { progress, known, makesWay }: Newcomer,
): Promise<Entered> {
  const user = await mapUser(room, context, arrival.document, tx);
  const { email } = user.mapped.attributes;
  const groupsOf = async (customerId?: number): Promise<MembershipPlan> =>
    arrival.groups ? prepareGroups(room, tx, context, customerId, arrival.groups) : noMemberships;
  const finish = async (who: UserId, outcome: Entered['outcome'], plan: MembershipPlan): Promise<Entered> => {
    const joined = await changeMemberships(room, tx, context, who, plan);
    return { user: who, outcome, joined, email: String(email), wrote: arrival.document, disagreements: [] };
  };

  const owner = await foundByEmail(tx, context, arrival, user.mapped);
  if (owner?.managed) {
    context.notes.push('The person was found by an e-mail address of a verified domain.');
    const entered = await known(owner.customerId);
    if (entered) return entered;
    throw new SignInRefused('BUSY', `Customer ${owner.customerId} has just been changed by another request.`);
  }
  progress.stage = 'taking over';
  if (owner) {
    progress.customerId = owner.customerId;
    const plan = await groupsOf(owner.customerId);
    return finish(await takeOverByEmail(room, tx, context, user, owner.customerId), 'adopted', plan);
  }
  const matched = await adoptMatching(room, tx, context, user, { saysActive: false, status: 201 });
  if (matched) {
    const adopted = userOf(matched);
    const record = await holdUserOf(tx, holdingFor(room, context), connectionOf(context).id, adopted.customerId);
    if (record) requireOpen(record.customer, context.now);
    return finish(adopted, 'adopted', await groupsOf(adopted.customerId));
  }
  progress.stage = 'creating';
  requireCreation(context, arrival);
  inScope(room, context, user.document);
  if (makesWay) await requireFreeAddress(tx, context, String(email));
  const plan = await groupsOf();
  return finish(userOf(await insertUser(room, tx, context, user)), 'created', plan);
}

function userOf(resource: Resource): UserId {
  const id = parseUserId(String(resource.id));
  if (!id) throw new Error(`"${String(resource.id)}" was answered as the id of a user`);
  return id;
}

/** A customer that nobody manages, under the connection's match policy. */
async function takeOverByEmail(
  room: Room,
  tx: Transaction,
  context: ProvisioningContext,
  { document }: NewUser,
  customerId: number,
): Promise<UserId> {
  const customer = await room.customers.byId(tx, customerId, { forUpdate: true });
  if (!customer) throw new SignInRefused('BUSY', `Customer ${customerId} has just been deleted.`);
  requireOpen(customer, context.now);
  try {
    await requireUnprotected(tx, customerId);
  } catch (error) {
    requireEnterable(customerId, error instanceof ScimError);
    throw error;
  }
  inScope(room, context, document, customerId);
  const id: UserId = { customerId, generation: 0 };
  context.course?.passed('match', `customer ${customerId} by its e-mail address`);
  const adopted = await adoptUser(room, tx, context, id, {
    saysActive: false,
    documentOf: () => document,
    matchedBy: 'email',
  });
  if (!adopted) throw new SignInRefused('BUSY', `Customer ${customerId} has just been taken over by another request.`);
  return id;
}

/** @throws SignInRefused `NOT_PROVISIONED`, `CREATION_OFF` */
function requireCreation(context: ProvisioningContext, { policy }: Arrival): void {
  const connection = connectionOf(context);
  if (!policy.create)
    throw new SignInRefused(
      'NOT_PROVISIONED',
      `No user of the connection "${connection.code}" is meant by this identifier, and sign-ins make none (SAML settings, create at login); let SCIM provision the person first.`,
    );
  const refusal =
    newCustomerRefusal(connection) ??
    (connection.policy.create
      ? undefined
      : `Create is off for the connection "${connection.code}", so nothing is made; SCIM Configuration in the administration (connection:set --code ${connection.code} --create on) turns it on.`);
  if (refusal !== undefined) throw new SignInRefused('CREATION_OFF', refusal);
}

/**
 * An address that somebody has already is nobody's proof: the sign-in does not come to that customer by it, and no second
 * customer can have it.
 *
 * @throws SignInRefused `TAKEN`, `DELETED`
 */
async function requireFreeAddress(tx: Transaction, context: ProvisioningContext, email: string): Promise<void> {
  const connection = connectionOf(context);
  const holder = await addressHolder(tx, connection, email);
  if (!holder) return;
  const { customerId, kind } = holder;
  if (kind === 'deleted')
    throw new SignInRefused(
      'DELETED',
      `The address of this person belonged to customer ${customerId}, whose user SCIM has deleted; only SCIM (POST) makes a user of it again.`,
      customerId,
    );
  const cure =
    kind === 'shopper'
      ? `no connection manages it: let SCIM take it over, or let sign-ins of "${connection.code}" link by e-mail and name its domain as verified`
      : `it is a user already: give SCIM an externalId or userName that is the identifier of sign-ins, or choose another identifier in the SAML settings`;
  throw new SignInRefused(
    'TAKEN',
    `Customer ${customerId} has the e-mail address of this person; ${cure}.`,
    customerId,
  );
}
