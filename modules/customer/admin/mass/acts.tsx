import { SelectField } from '../../../admin/index.ts';
import { isForCustomers } from '../../group-move.ts';
import { subscriberStatus } from '../../newsletter.ts';
import { administered, modifiedIn, nameOfActing } from '../administered.ts';
import { removeCustomer } from '../removal.tsx';
import { changeStanding } from '../standing-change.ts';
import type { MassAct, MassTurn } from './act.ts';

const standing =
  (active: boolean): MassAct['perform'] =>
  async (tx, parts, { customer, acting, now }) =>
    (await changeStanding(tx, parts, customer, { active, by: nameOfActing(acting), now })) ? 'done' : 'same';

const deactivate: MassAct = {
  name: 'deactivate',
  label: 'Deactivate',
  acl: 'customer::lock',
  sortOrder: 30,
  danger: true,
  verb: 'Deactivate',
  past: 'deactivated',
  words: 'They can no longer log in, and what they are logged in with ends at once. Orders and data stay.',
  managed: 'When the identity provider says next whether they are active, that counts again.',
  perform: standing(false),
};

const activate: MassAct = {
  name: 'activate',
  label: 'Activate',
  acl: 'customer::lock',
  sortOrder: 40,
  verb: 'Activate',
  past: 'activated',
  words: 'They can log in again.',
  managed: 'When the identity provider says next whether they are active, that counts again.',
  perform: standing(true),
};

const owned = ({ owner }: MassTurn, code: string, what: string) =>
  owner?.owns.has(code) ? { leftOut: `${what} is set by ${owner.name}` } : undefined;

const group: MassAct = {
  name: 'group',
  label: 'Assign a Customer Group',
  acl: 'customer::edit',
  sortOrder: 50,
  verb: 'Assign a group to',
  past: 'put into the group',
  words: 'Prices, taxes and offers of the group are theirs from then on.',
  managed: 'Where the identity provider sets the group, they are left out or it counts again with its next change.',
  async field(db, { groups }) {
    const options = (await groups.list(db)).filter(({ id }) => isForCustomers(id));
    return (
      <SelectField
        name="group"
        label="Group"
        required
        value=""
        options={[['', 'Choose …'], ...options.map(({ id, code }) => [String(id), code] as const)]}
      />
    );
  },
  async fault(db, { groups }, form) {
    const id = Number(form.get('group') || 0);
    return isForCustomers(id) && (await groups.byId(db, id)) ? undefined : 'Choose a group from the list.';
  },
  async perform(tx, { customers, events }, turn) {
    const leftOut = owned(turn, 'group_id', 'the group');
    if (leftOut) return leftOut;
    const { customer, acting, now, form } = turn;
    const after = await customers.update(tx, customer, { group_id: Number(form.get('group')) }, now);
    const modified = modifiedIn(customer.attributes, after.attributes, ['group_id']);
    if (modified.length === 0) return 'same';
    await administered(events, tx, acting, { act: 'update', customer, modified });
    return 'done';
  },
};

const subscription =
  (subscribes: boolean): MassAct['perform'] =>
  async (tx, { newsletter, events }, turn) => {
    const leftOut = owned(turn, 'newsletter', 'the subscription');
    if (leftOut) return leftOut;
    const { customer, acting, now } = turn;
    const before = (await newsletter.status(tx, customer)) === subscriberStatus.subscribed;
    if (before === subscribes) return 'same';
    if (subscribes) await newsletter.subscribe(tx, customer, now);
    else await newsletter.unsubscribe(tx, customer, now);
    const modified = [{ attribute: 'newsletter', before: Number(before), after: Number(subscribes) }];
    await administered(events, tx, acting, { act: 'update', customer, modified });
    return 'done';
  };

const subscribe: MassAct = {
  name: 'subscribe',
  label: 'Subscribe to Newsletter',
  acl: 'customer::edit',
  sortOrder: 60,
  verb: 'Subscribe',
  past: 'subscribed',
  words:
    "To the newsletter of each customer's website. Where the store asks subscribers to confirm, it waits for that.",
  perform: subscription(true),
};

const unsubscribe: MassAct = {
  name: 'unsubscribe',
  label: 'Unsubscribe from Newsletter',
  acl: 'customer::edit',
  sortOrder: 70,
  verb: 'Unsubscribe',
  past: 'unsubscribed',
  words: "From the newsletter of each customer's website.",
  perform: subscription(false),
};

const remove: MassAct = {
  name: 'delete',
  label: 'Delete',
  acl: 'customer::delete',
  sortOrder: 90,
  danger: true,
  fresh: true,
  verb: 'Delete',
  past: 'deleted',
  words:
    "The accounts go for good, with their addresses and subscriptions. This can't be undone. Orders stay, and lead to no customer any more. Deactivating keeps everything and locks the customers out.",
  managed:
    'Remove these people there first: otherwise the identity provider finds nobody at its next change and may make them anew, as other customers.',
  async perform(tx, parts, { customer, acting, now }) {
    await removeCustomer(tx, parts, customer, { acting, now });
    return 'done';
  },
};

/** What can be done to picked customers, as in Magento's grid. */
export const massActs: readonly MassAct[] = [deactivate, activate, group, subscribe, unsubscribe, remove];
