import { invalidValue } from '../../scim/index.ts';
import { leaveToJob } from './jobs.ts';
import type { MemberDelta, MemberStep } from './member-plan.ts';
import { unknownMember } from './member-ref.ts';
import { changeGroups } from './nesting.ts';
import { resolveSelection } from './selection.ts';
import { customersBelow, settleCustomers, settleLater } from './settle.ts';
import { tellMemberships } from './tell-memberships.ts';
import { changeUsers, replaceUsers } from './user-members.ts';
import type { GroupWork } from './work.ts';

/**
 * Carries out what was planned, in order: users, whose rows are held, then groups.
 *
 * @throws ScimError `invalidValue` for members that don't exist and groups that would be in themselves
 */
export async function changeMembers(work: GroupWork, steps: readonly MemberStep[]): Promise<void> {
  for (const step of steps) await applyDelta(work, step.kind === 'delta' ? step : await resolveSelection(work, step));
}

async function applyDelta(work: GroupWork, { empties, adds, removes }: MemberDelta): Promise<void> {
  const users = (refs: MemberDelta['adds']) =>
    [...refs.values()].flatMap((ref) => (ref.kind === 'user' ? [ref.id] : []));
  const groups = (refs: MemberDelta['adds']) =>
    [...refs.values()].flatMap((ref) => (ref.kind === 'group' ? [ref.groupId] : []));
  refuseTooMany(adds.size);
  const unknown =
    (await (empties
      ? replaceUsers(work, users(adds), nextGeneration)
      : changeUsers(work, users(adds), users(removes)))) ??
    (await changeGroups(work, groups(adds), groups(removes), empties));
  if (unknown !== undefined) throw unknownMember(unknown);
}

/** As many as a body of a megabyte can name in earnest. */
const mostMembers = 50_000;

function refuseTooMany(count: number): void {
  if (count > mostMembers)
    throw invalidValue(`One request may add ${mostMembers} members, this one has ${count}; send them in parts.`);
}

/** All members that are users are out at once; their rows go later. */
export function nextGeneration(work: GroupWork): void {
  const { tx, group, context } = work;
  leaveToJob(tx, { groupId: group.groupId, generation: work.generation }, settles(work), context.now);
  afterwards(work);
  work.generation += 1;
  work.memberCount = work.children;
  work.changed = true;
}

const afterwards = ({ tx, room }: GroupWork): void => tx.afterCommit(() => room.groupJobs.kick());

const settles = (work: GroupWork): boolean => work.group.maps || work.customerGroupId !== null;

/**
 * Lets customer groups follow from what the request has changed. Answers how many customers were moved, and whether a
 * job moves more.
 */
export async function settleWork(work: GroupWork): Promise<{ readonly moved: number; readonly later: boolean }> {
  const { room, tx, context, users } = work;
  await tellMemberships(room.events, tx, users, work.groups);
  if (!settles(work) && work.group.customerGroupId === null) return { moved: 0, later: false };
  let later = work.generation !== work.group.generation;
  const groups = [...work.groups];
  const below = groups.length === 0 ? [] : await customersBelow(tx, groups, room.groupLimits.large);
  if (below) for (const id of below) users.add(id);
  else {
    settleLater(tx, groups, context.now);
    afterwards(work);
    later = true;
  }
  return { moved: await settleCustomers(room, tx, users, context.now), later };
}
