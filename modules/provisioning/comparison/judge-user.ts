import type { ConnectionMapping } from '../../attribute-mapping/index.ts';
import type { Connection } from '../../connection/index.ts';
import type { ComparedUser, Wanted } from './compared-user.ts';
import { type Disagreement, type DisagreementKind, nowhere, type Remedy } from './disagreement.ts';
import { judgeKeys } from './judge-keys.ts';
import { judgeStanding } from './judge-standing.ts';
import { driftedValues } from './judge-values.ts';

/** Kinds that are found by looking at a living user with its customer. */
export const userKinds: readonly DisagreementKind[] = [
  'unlocked',
  'lock-left',
  'deactivated-in-store',
  'website-differs',
  'keys-differ',
  'drifted',
  'group-differs',
];

/** What a user is called in findings and records. */
export const subjectOf = ({ record: { document, customer } }: Pick<ComparedUser, 'record'>): string =>
  typeof document.userName === 'string' ? document.userName : String(customer.attributes.email ?? `#${customer.id}`);

/** What leaves the customer as it is; to take the store's word on its right to log in may write the lock. */
const leavesCustomer = (kind: DisagreementKind, remedy: Remedy): boolean =>
  remedy === 'rewrite' || remedy === 'release' || (remedy === 'accept' && kind === 'drifted');

/** Everything in which the store and what is kept of one living user disagree. A pure function. */
export function judgeUser(
  user: ComparedUser,
  connection: Connection,
  mapping: ConnectionMapping,
  wanted: Wanted,
  now: Date,
): Disagreement[] {
  const { record, isProtected, place, assigned } = user;
  const { attributes } = record.customer;
  const found: Disagreement[] = [];
  const add = (part: Pick<Disagreement, 'kind' | 'values' | 'remedies'>, attribute: string | null = null): void => {
    if (!wanted.has(part.kind)) return;
    const remedies = isProtected ? part.remedies.filter((remedy) => leavesCustomer(part.kind, remedy)) : part.remedies;
    const who = { connectionId: connection.id, customerId: record.customerId, subject: subjectOf(user) };
    found.push({ ...nowhere, ...part, ...who, attribute, remedies, isProtected });
  };
  const standing = judgeStanding(user, connection.policy, now);
  if (standing) add(standing);
  if (attributes.website_id !== connection.websiteId) {
    const values = [{ attribute: 'website_id', before: connection.websiteId, after: attributes.website_id }];
    add({ kind: 'website-differs', remedies: ['release'], values });
  }
  if (wanted.has('keys-differ')) {
    const values = judgeKeys(user, connection.id);
    if (values.length > 0) add({ kind: 'keys-differ', remedies: ['rewrite'], values });
  }
  if (wanted.has('drifted'))
    for (const { target, written, present, locked } of driftedValues(record, mapping, connection)) {
      // Memberships come before a row of the mapping; what they say is judged below.
      if (target === 'group_id' && typeof place === 'number') continue;
      const remedies: readonly Remedy[] = locked ? ['restore'] : ['restore', 'accept'];
      add({ kind: 'drifted', remedies, values: [{ attribute: target, before: written, after: present }] }, target);
    }
  const group = attributes.group_id;
  if (typeof place === 'number' && group !== place)
    add({
      kind: 'group-differs',
      remedies: ['move'],
      values: [{ attribute: 'group_id', before: place, after: group }],
    });
  // No membership says anything any more, and the customer is still where one has put it.
  else if (place === undefined && assigned !== null)
    add({ kind: 'group-differs', remedies: ['move'], values: [{ attribute: 'group_id', before: null, after: group }] });
  return found;
}
