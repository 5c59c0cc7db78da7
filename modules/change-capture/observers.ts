import {
  type CustomerChange,
  CustomerDeleted,
  CustomerPasswordSet,
  CustomerSaved,
  CustomersMoved,
} from '../customer/index.ts';
import { type Observer, observe } from '../framework/index.ts';
import { aspectBit, aspectOf } from './change-row.ts';
import { type OwnChange, OwnChanges } from './own-changes.ts';

const inject = { own: OwnChanges };

/** What this host writes leaves its rows here, since triggers pass over its connections. */
export const observers: readonly Observer[] = [
  observe(CustomerSaved, {
    id: 'change-capture.saved',
    when: 'transaction',
    inject,
    handle: (saved, { own }, tx) => own.leave(tx, changesOf(saved)),
  }),
  observe(CustomerDeleted, {
    id: 'change-capture.deleted',
    when: 'transaction',
    inject,
    handle: ({ id, websiteId }, { own }, tx) => own.leave(tx, [{ kind: 'deleted', customerId: id, websiteId }]),
  }),
  observe(CustomerPasswordSet, {
    id: 'change-capture.password-set',
    when: 'transaction',
    inject,
    handle: ({ id }, { own }, tx) =>
      own.leave(tx, [{ kind: 'updated', customerId: id, aspects: aspectBit('password') }]),
  }),
  observe(CustomersMoved, {
    id: 'change-capture.moved',
    when: 'transaction',
    inject,
    handle: ({ ids }, { own }, tx) => own.leaveMoves(tx, ids),
  }),
];

/** As triggers would have it: the customer's row and each address by itself. */
function changesOf({ id, websiteId, created, changed, addresses }: CustomerChange): readonly OwnChange[] {
  const about = { customerId: id, websiteId };
  const changes: OwnChange[] = [];
  const aspects = aspectsOf(changed);
  if (created) changes.push({ kind: 'created', ...about });
  else if (aspects !== 0) changes.push({ kind: 'updated', ...about, aspects });
  for (const address of addresses) changes.push({ kind: `address-${address.act}`, ...about, addressId: address.id });
  return changes;
}

function aspectsOf(codes: readonly string[]): number {
  let bits = 0;
  for (const code of codes) {
    // Addresses are told one by one.
    const aspect = code === 'addresses' ? undefined : aspectOf(code);
    if (aspect !== undefined) bits |= aspectBit(aspect);
  }
  return bits;
}
