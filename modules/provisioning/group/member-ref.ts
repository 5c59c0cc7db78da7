import { invalidValue, isObject } from '../../scim/index.ts';
import { parseUserId, printUserId, type UserId } from '../user/user-id.ts';
import { parseGroupId, printGroupId } from './group-id.ts';

/** Whom a member's `value` means: its id decides, whatever `type` or `$ref` say. */
export type MemberRef =
  | { readonly kind: 'user'; readonly text: string; readonly id: UserId }
  | { readonly kind: 'group'; readonly text: string; readonly groupId: number };

/** Reads an id; undefined for text that can be nobody's. */
export function readMemberRef(value: string): MemberRef | undefined {
  const text = value.trim();
  const groupId = parseGroupId(text);
  if (groupId !== undefined) return { kind: 'group', text: printGroupId(groupId), groupId };
  const id = parseUserId(text);
  return id && { kind: 'user', text: printUserId(id), id };
}

/** The `value` of one element of `members`. @throws ScimError `invalidValue` where there is none */
export function memberValue(element: unknown): string {
  const value = isObject(element) ? element.value : undefined;
  if (typeof value === 'string' && value.trim() !== '') return value;
  throw invalidValue('Every element of "members" needs a "value", the id of a user or group.');
}

/** 400 that names the member which is none. */
export const unknownMember = (text: string): Error =>
  invalidValue(
    `"members" names "${text.slice(0, 60)}", which is the id of no user or group of this connection; create it first, or leave it out.`,
  );
