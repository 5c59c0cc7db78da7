import { evaluate, noTarget, printPatchPath, type Resource, tooMany } from '../../scim/index.ts';
import type { MemberDelta, MemberSelection } from './member-plan.ts';
import { namedBy, wholeList } from './member-plan.ts';
import { type MemberRef, memberValue, readMemberRef } from './member-ref.ts';
import { readGroupMembers, readUserMembers } from './members.ts';
import type { GroupWork } from './work.ts';

const pageSize = 1000;

/**
 * What a selection such as `members[type eq "Group"]` means for the members that are there now. Where the filter names no
 * ids, the members are looked through, a page at a time.
 *
 * @throws ScimError `noTarget` where nobody is there to be replaced, `tooMany` in a group that is too large to look through
 */
export async function resolveSelection(work: GroupWork, selection: MemberSelection): Promise<MemberDelta> {
  const { path, filter, replacement } = selection;
  const selected = await selectedBy(work, selection);
  const delta: MemberDelta = { kind: 'delta', empties: false, adds: new Map(), removes: new Map() };
  for (const ref of selected) delta.removes.set(ref.text, ref);
  if (!('replacement' in selection)) return delta;
  if (selected.length === 0) throw noTarget(`${printPatchPath(path)} selects no member of the group.`);
  const [only] =
    selected.length === 1 ? selected : (namedBy(filter, path) ?? []).flatMap((id) => readMemberRef(id) ?? []);
  const element = { ...(only ? { value: only.text } : {}), ...(replacement as Resource) };
  for (const [text, ref] of wholeList([{ value: memberValue(element) }]).adds) {
    delta.removes.delete(text);
    delta.adds.set(text, ref);
  }
  return delta;
}

async function selectedBy(work: GroupWork, { path, filter }: MemberSelection): Promise<MemberRef[]> {
  const { tx, context, group } = work;
  if (work.memberCount > work.room.groupLimits.selected)
    throw tooMany(
      `${printPatchPath(path)} would look through ${work.memberCount} members; name them by their ids, as in members[value eq "…"].`,
    );
  const { schema, extension, attribute } = path;
  const whole = { kind: 'valuePath', path: { schema, extension, attribute }, filter } as const;
  const selected: MemberRef[] = [];
  const choose = (members: readonly Resource[]): void => {
    for (const member of members) {
      const ref = readMemberRef(String(member.value));
      if (ref && evaluate(whole, { members: [member] })) selected.push(ref);
    }
  };
  const set = { groupId: group.groupId, generation: work.generation };
  for (let after: number | undefined = 0; after !== undefined; ) {
    const page = await readUserMembers(tx, set, { after, limit: pageSize }, context.baseUrl);
    choose(page.members);
    after = page.members.length < pageSize ? undefined : page.last;
  }
  choose(await readGroupMembers(tx, { ...group, children: work.children }, context.baseUrl));
  return selected;
}
