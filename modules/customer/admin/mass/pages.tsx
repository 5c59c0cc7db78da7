import { action, confirmation, counted, redirect, type Visit } from '../../../admin/index.ts';
import { Clock, contribute, Database, type Executor } from '../../../framework/index.ts';
import { fullName } from '../customer.tsx';
import { CustomerMassActions, type CustomerOwner, CustomerOwners } from '../extension-points.ts';
import { type MassAct, type MassParts, type MassTurn, massServices } from './act.ts';
import { massActs } from './acts.tsx';
import { gridAddress, pickedCustomers } from './picked.ts';
import { type MassResult, resultOf } from './result.ts';

/** So many of those that were picked are named. */
const mostNamed = 20;

const addressOf = ({ name }: MassAct) => `/admin/customers/mass-${name}` as const;

/** Who manages these customers, in as few statements as there can be. */
async function ownersOf(sources: readonly CustomerOwners[], db: Executor, ids: readonly number[]) {
  const owners = new Map<number, CustomerOwner>();
  for (const source of sources)
    if (source.among) for (const [id, owner] of await source.among(db, ids)) owners.set(id, owner);
    else
      for (const id of ids) {
        const owner = await source.of(db, id);
        if (owner) owners.set(id, owner);
      }
  return owners;
}

interface Asked {
  readonly database: Executor;
  readonly owners: readonly CustomerOwners[];
}

/** Names those that were picked, says what will happen, and asks. */
async function ask(visit: Visit, act: MassAct, parts: MassParts & Asked, ids: readonly number[], fault?: string) {
  const { database, customers } = parts;
  const found = await customers.byIds(database, ids);
  const owners = await ownersOf(parts.owners, database, ids);
  const by = [...new Set([...owners.values()].map(({ name }) => name))].sort();
  return confirmation({
    title: `${act.verb} ${counted(found.length, 'customer')}?`,
    action: `${addressOf(act)}/confirmed`,
    confirm: act.label,
    look: act.danger ? 'danger' : 'primary',
    back: gridAddress(visit.form),
    status: fault === undefined ? 200 : 422,
    fields: { customers: ids.join(','), grid: visit.form.get('grid') ?? '' },
    children: (
      <>
        <p>{act.words}</p>
        {act.managed && owners.size > 0 && (
          <p>
            {owners.size === 1 ? 'One of them is' : `${owners.size.toLocaleString('en')} of them are`} managed by{' '}
            {by.join(', ')}. {act.managed}
          </p>
        )}
        <ul class="picked-names">
          {found.slice(0, mostNamed).map((customer) => (
            <li key={customer.id}>
              {fullName(customer) || `Customer ${customer.id}`}{' '}
              <span class="muted">{String(customer.attributes.email ?? '')}</span>
            </li>
          ))}
          {found.length > mostNamed && <li>and {found.length - mostNamed} more</li>}
        </ul>
        {fault !== undefined && <p class="field-error">{fault}</p>}
        {await act.field?.(database, parts)}
      </>
    ),
  });
}

const inject = { ...massServices, database: Database, owners: CustomerOwners };

const askOf = (act: MassAct) =>
  action(addressOf(act), {
    acl: act.acl,
    inject,
    perform(visit, parts) {
      const ids = pickedCustomers(visit.form.getAll('customer'));
      if (ids.length === 0)
        return redirect(gridAddress(visit.form), { problem: 'Pick customers first, in the column "Pick".' });
      return ask(visit, act, parts, ids);
    },
  });

/** Does it to one, whole or not at all. */
const doTo = (act: MassAct, parts: MassParts & { readonly database: Database }, id: number, turn: TurnOfAll) =>
  parts.database.transaction(async (tx) => {
    const customer = await parts.customers.byId(tx, id, { forUpdate: true });
    if (!customer) return 'gone' as const;
    const outcome = await act.perform(tx, parts, { ...turn, customer, owner: turn.owners.get(id) });
    if (typeof outcome === 'string') return outcome;
    return { leftOut: `${customer.attributes.email ?? `customer ${id}`}: ${outcome.leftOut}` };
  });

type TurnOfAll = Omit<MassTurn, 'customer' | 'owner'> & { readonly owners: ReadonlyMap<number, CustomerOwner> };

/** One after the other: whoever is gone meanwhile stops none of the others. */
const performOf = (act: MassAct) =>
  action(`${addressOf(act)}/confirmed`, {
    acl: act.acl,
    fresh: act.fresh ?? false,
    inject: { ...inject, clock: Clock },
    async perform(visit, { clock, ...parts }) {
      const { database, customers } = parts;
      const { form } = visit;
      const ids = pickedCustomers((form.get('customers') ?? '').split(','));
      const fault = await act.fault?.(database, parts, form);
      if (fault !== undefined) return ask(visit, act, parts, ids, fault);
      await customers.ready(database);
      const turn = { owners: await ownersOf(parts.owners, database, ids), acting: visit, now: clock.now(), form };
      const result: MassResult = { done: 0, same: 0, gone: 0, leftOut: [] };
      for (const id of ids) {
        const outcome = await doTo(act, parts, id, turn);
        if (typeof outcome === 'string') result[outcome]++;
        else result.leftOut.push(outcome.leftOut);
      }
      return redirect(gridAddress(form), resultOf(act, result));
    },
  });

export const massPages = [...massActs.map(askOf), ...massActs.map(performOf)];

/** The grid offers them to those who may. */
export const massContributions = massActs.map((act) =>
  contribute(CustomerMassActions, {}, () => ({
    label: act.label,
    acl: act.acl,
    action: addressOf(act),
    sortOrder: act.sortOrder,
    danger: act.danger ?? false,
  })),
);
