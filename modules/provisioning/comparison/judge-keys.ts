import type { ModifiedAttribute } from '../../activity/index.ts';
import { ScimError } from '../../scim/index.ts';
import { emailsOf, keysOf, type UserKeys } from '../user/user-rows.ts';
import type { ComparedUser } from './compared-user.ts';

/** What a user should be found by: as its document says. Undefined for a document that no user can have. */
function keysOfUser({ record }: ComparedUser): UserKeys | undefined {
  try {
    return keysOf(record.document);
  } catch (error) {
    if (error instanceof ScimError) return undefined;
    throw error;
  }
}

/**
 * What a user is found by, compared with its document: userName and display name as they are folded, externalId as it is,
 * the rows of e-mail addresses, and whose connection's the rows are. Of users whose searchable form shows what the store has
 * changed, name and addresses follow that form, and searches see to them.
 */
export function judgeKeys(user: ComparedUser, connectionId: number): ModifiedAttribute[] {
  const { keys, emails = [] } = user;
  const wanted = keysOfUser(user);
  if (!wanted) return [];
  const found: ModifiedAttribute[] = [];
  const differs = (attribute: string, before: unknown, after: unknown): void => {
    found.push({ attribute, before, after });
  };
  if (keys.userName !== wanted.userName) differs('userName', wanted.userName, keys.userName);
  if (keys.externalId !== wanted.externalId) differs('externalId', wanted.externalId, keys.externalId);
  if (!keys.settled) {
    const own = emailsOf(user.record.document);
    const stored = emails.map(({ value, type, primary }) => ({ value, type, primary }));
    if (keys.display !== wanted.display) differs('displayName', wanted.display, keys.display);
    if (JSON.stringify(stored) !== JSON.stringify(own)) differs('emails', listed(own), listed(stored));
  }
  if (keys.documentConnectionId !== connectionId)
    differs('connection of the document', connectionId, keys.documentConnectionId);
  const other = emails.find((email) => email.connectionId !== connectionId);
  if (other) differs('connection of the e-mails', connectionId, other.connectionId);
  return found;
}

const listed = (emails: readonly { readonly value: string }[]): string | null =>
  emails.length === 0 ? null : emails.map(({ value }) => value).join(', ');
