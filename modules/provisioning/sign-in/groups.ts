import { join, sql, type Transaction } from '../../framework/index.ts';
import { fold, ScimError } from '../../scim/index.ts';
import { codeOf, customerGroupFor } from '../group/customer-group.ts';
import { holdGroup } from '../group/group-record.ts';
import { insertGroupRow, updateGroupRow } from '../group/group-rows.ts';
import { settleCustomers } from '../group/settle.ts';
import { tellMemberships } from '../group/tell-memberships.ts';
import { changeUsers } from '../group/user-members.ts';
import { type GroupWork, newWork } from '../group/work.ts';
import { GuardTrip } from '../guard/trip.ts';
import { connectionOf, type ProvisioningContext, type Room } from '../room.ts';
import { printUserId, type UserId } from '../user/user-id.ts';
import { changesNothing, holdGroups, type MembershipPlan, markGiven, planMemberships } from './memberships.ts';

/** Thrown where a membership is not to be taken back now; everything of the sign-in is rolled back. */
export class MembershipHeld extends Error {
  override readonly name = 'MembershipHeld';
  readonly groupId: number;
  /** The SCIM id of the member. */
  readonly userId: string;
  /** What the guard found; undefined where an administrator has denied it before. */
  readonly trip: GuardTrip | undefined;
  constructor(groupId: number, user: UserId, cause: Error) {
    super(`customer ${user.customerId} stays in group ${groupId}`, { cause });
    this.groupId = groupId;
    this.userId = printUserId(user);
    this.trip = cause instanceof GuardTrip ? cause : undefined;
  }
}

/**
 * Makes the groups ready that a sign-in names: those that the connection's group policy lets it make are made, and all that
 * change are held. Before the user is held, and again compared with what is there once they are.
 *
 * @throws DuplicateKeyError where another sign-in has just made the same group
 */
export async function prepareGroups(
  room: Room,
  tx: Transaction,
  context: ProvisioningContext,
  customerId: number | undefined,
  names: readonly string[],
): Promise<MembershipPlan> {
  const connection = connectionOf(context);
  const plan = await planMemberships(tx, connection, customerId, names);
  const before = { ...plan, unknown: await makeable(tx, context, plan.unknown) };
  if (changesNothing(before)) return before;
  await holdGroups(tx, before);
  const made: number[] = [];
  for (const name of before.unknown) made.push(await makeGroup(room, tx, context, name));
  const { joins, leaves } = await planMemberships(tx, connection, customerId, names);
  const held = new Set([...before.joins, ...made]);
  return {
    joins: joins.filter((id) => held.has(id)),
    leaves: leaves.filter((id) => before.leaves.includes(id)),
    unknown: [],
  };
}

/** More names than these are not told one by one. */
const mostTold = 5;

/** The names of which the policy lets groups be made: `none` makes none, `match` only what the store knows by that name. */
async function makeable(
  tx: Transaction,
  context: ProvisioningContext,
  names: readonly string[],
): Promise<readonly string[]> {
  const { groups, policy } = connectionOf(context);
  if (names.length === 0) return names;
  const open = policy.create && groups !== 'none';
  const known = open && groups === 'match' ? await customerGroupNames(tx, names) : undefined;
  const made = open ? names.filter((name) => known?.has(fold(codeOf(name))) ?? true) : [];
  const passed = names.filter((name) => !made.includes(name));
  if (passed.length > 0) {
    const told = passed.slice(0, mostTold).map((name) => `"${name}"`);
    const more = passed.length > mostTold ? ` and ${passed.length - mostTold} more` : '';
    context.notes.push(`No groups were made of ${told.join(', ')}${more}, as the group policy of the connection says.`);
  }
  return made;
}

async function customerGroupNames(tx: Transaction, names: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await tx.all<{ customer_group_code: string }>(
    sql`SELECT customer_group_code FROM {customer_group} WHERE customer_group_code IN (${join(names.map(codeOf))})`,
  );
  return new Set(rows.map((row) => fold(row.customer_group_code)));
}

async function makeGroup(
  room: Room,
  tx: Transaction,
  context: ProvisioningContext,
  displayName: string,
): Promise<number> {
  const connection = connectionOf(context);
  const groupId = await insertGroupRow(tx, connection.id, { displayName }, context.now);
  const customerGroupId = await customerGroupFor(room, tx, connection, displayName);
  if (customerGroupId !== null)
    updateGroupRow(tx, { groupId, generation: 0, memberCount: 0, version: 1, customerGroupId }, undefined, context.now);
  context.notes.push(`The group "${displayName}" was made.`);
  return groupId;
}

/**
 * Carries a plan out for a user who is there. Who changes groups joins first, so that nobody is in none in between. Answers
 * whether anything changed; the customer group follows as for SCIM.
 *
 * @throws MembershipHeld where the guard, or an administrator, keeps the person in a group
 */
export async function changeMemberships(
  room: Room,
  tx: Transaction,
  context: ProvisioningContext,
  user: UserId,
  { joins, leaves }: MembershipPlan,
): Promise<boolean> {
  let changed = false;
  for (const groupId of joins) {
    const work = await workOn(room, tx, context, groupId);
    if (!work) continue;
    await changeUsers(work, [user], []);
    if (!work.changed) continue;
    changed = true;
    markGiven(tx, user.customerId, [{ groupId, generation: work.generation }]);
    settleRow(work);
    context.notes.push(`The sign-in put the person into the group "${String(work.group.document.displayName)}".`);
  }
  for (const groupId of leaves) {
    const work = await workOn(room, tx, context, groupId);
    if (!work) continue;
    await changeUsers(work, [], [user]);
    if (!work.changed) continue;
    changed = true;
    settleRow(work);
    await leaveGuarded(work, user);
    context.notes.push(`The sign-in took the person out of the group "${String(work.group.document.displayName)}".`);
  }
  if (changed) {
    await tellMemberships(room.events, tx, [user.customerId]);
    await settleCustomers(room, tx, [user.customerId], context.now);
  }
  return changed;
}

async function workOn(
  room: Room,
  tx: Transaction,
  context: ProvisioningContext,
  groupId: number,
): Promise<GroupWork | undefined> {
  const group = await holdGroup(tx, connectionOf(context).id, groupId);
  return group && newWork(room, tx, context, group);
}

const settleRow = ({ tx, group, generation, memberCount, customerGroupId, context }: GroupWork): void =>
  updateGroupRow(
    tx,
    { groupId: group.groupId, generation, memberCount, version: group.version + 1, customerGroupId },
    undefined,
    context.now,
  );

async function leaveGuarded(work: GroupWork, user: UserId): Promise<void> {
  try {
    await work.room.guard.leaves(work);
  } catch (error) {
    if (error instanceof GuardTrip || error instanceof ScimError)
      throw new MembershipHeld(work.group.groupId, user, error);
    throw error;
  }
}
