import type { StoredActivity } from '../../activity/index.ts';

const verbs: Readonly<Record<string, readonly [did: string, tried: string]>> = {
  create: ['Created', 'Tried to create'],
  replace: ['Updated', 'Tried to update'],
  patch: ['Updated', 'Tried to update'],
  delete: ['Deleted', 'Tried to delete'],
  deactivate: ['Deactivated', 'Tried to deactivate'],
  reactivate: ['Brought back', 'Tried to bring back'],
  activate: ['Activated', 'Tried to activate'],
  revive: ['Brought back', 'Tried to bring back'],
  adopt: ['Took over', 'Tried to take over'],
  restore: ['Restored', 'Tried to restore'],
  address: ['Changed addresses of', 'Tried to change addresses of'],
  group: ['Changed the customer group of', 'Tried to change the customer group of'],
  read: ['Read', 'Tried to read'],
  list: ['Looked for', 'Tried to look for'],
  search: ['Looked for', 'Tried to look for'],
};
const changing = new Set(['create', 'replace', 'patch', 'delete']);
const nouns: Readonly<Record<string, readonly [one: string, many: string]>> = {
  user: ['the user', 'users'],
  group: ['the group', 'groups'],
};

/**
 * Whether an identity provider has sent it; what administrators do to a connection, and to its users by a new mapping, is
 * recorded with it, too.
 */
export const isRequest = ({ operation }: Pick<StoredActivity, 'operation'>): boolean =>
  /^(user|group|scim|bulk)\./.test(operation) && operation !== 'user.remap';

/** What a request did, in a line: `Created the user anna@example.com`. */
export function requestInWords({ operation, outcome, subject, changed }: StoredActivity): string {
  const [resource = '', verb = ''] = operation.split('.');
  const [did, tried] = verbs[verb] ?? ['Sent', 'Sent'];
  const [one, many] = nouns[resource] ?? ['a request', 'requests'];
  const whom = subject === undefined || verb === 'list' || verb === 'search' ? many : `${one} ${subject}`;
  if (outcome === 'refused' || outcome === 'failed') return `${tried} ${whom}`;
  if (outcome === 'unchanged' && changing.has(verb)) return `Sent ${whom} again; nothing was to change`;
  const what = verb === 'patch' || verb === 'replace' ? (changed ?? []).slice(0, 4) : [];
  return what.length === 0 ? `${did} ${whom}` : `${did} ${whom}: ${what.join(', ')}`;
}

/** A note as it was recorded; the name of an oddity, `patch-without-path: Operations[0]`, becomes words. */
export function noteInWords(note: string): string {
  const [, oddity, where] = /^([a-z]+(?:-[a-z]+)+)(?:: (.+))?$/.exec(note) ?? [];
  if (oddity === undefined) return note;
  return `Unusual, but understood: ${oddity.replaceAll('-', ' ')}${where === undefined ? '' : ` (${where})`}.`;
}
