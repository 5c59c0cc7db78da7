import type { ModifiedAttribute } from '../../activity/index.ts';
import { type AttributeValue, subscriberStatus } from '../../customer/index.ts';
import type { Executor } from '../../framework/index.ts';
import { subscribedColumn } from '../column/names.ts';
import type { Fault } from '../transfer-error.ts';
import type { Match } from './matching.ts';
import type { ImportOptions } from './options.ts';
import type { Extras, Plan } from './plan.ts';
import { type AddressPlan, planAddresses } from './plan-address.ts';
import type { ImportServices } from './surroundings.ts';
import type { Wanted } from './wanted.ts';

/** What plans are made with. */
export interface Planner {
  readonly services: Pick<ImportServices, 'regions' | 'newsletter'>;
  readonly options: Pick<ImportOptions, 'only' | 'managed'>;
}

/** Stands for a password, which is never shown. */
const hidden = '••••••';

/** Decides what is to be done with a record, given what the store has. Reads a little and writes nothing. */
export async function planFor(
  planner: Planner,
  db: Executor,
  wanted: Wanted,
  match: Match,
  passwordHash: string | undefined,
): Promise<Plan> {
  if (match.fault !== undefined) return { kind: 'failed', line: wanted.line, faults: [match.fault] };
  const { only, managed } = planner.options;
  if (match.current === undefined) {
    if (only === 'update')
      return { kind: 'skipped', wanted, reason: 'there is no such customer, and only updates were asked for' };
    return creation(planner, db, wanted, passwordHash);
  }
  if (only === 'create')
    return { kind: 'skipped', wanted, reason: 'the customer exists, and only new ones were asked for' };
  const plan = await update(planner, db, wanted, match, passwordHash);
  if (plan.kind !== 'update' || match.owner === undefined || managed) return plan;
  const reason = `${match.owner.name} manages the customer; change it there, or give --managed`;
  return { kind: 'skipped', wanted, reason };
}

const asFailed = (wanted: Wanted, faults: readonly Fault[]): Plan => ({ kind: 'failed', line: wanted.line, faults });

const planned = (
  { services }: Planner,
  db: Executor,
  wanted: Wanted,
  { addresses }: Pick<Match, 'addresses'>,
): Promise<AddressPlan> => planAddresses(addresses, wanted.addresses, { regions: services.regions, db });

async function creation(
  planner: Planner,
  db: Executor,
  wanted: Wanted,
  passwordHash: string | undefined,
): Promise<Plan> {
  const { line, attributes, websiteId = 0, createdAt, active } = wanted;
  const faults: Fault[] = ['email', 'firstname', 'lastname']
    .filter((code) => (attributes[code] ?? null) === null)
    .map((code) => ({ line, column: code, message: `A new customer needs ${code}. Fill it in.` }));
  const addresses = await planned(planner, db, wanted, { addresses: [] });
  if (faults.length + addresses.faults.length > 0) return asFailed(wanted, [...faults, ...addresses.faults]);
  const [first, ...others] = addresses.changes;
  // The usual case, an address for both, is written together with the customer.
  const both = first?.defaultBilling === true && first.defaultShipping === true;
  const given = Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== null));
  return {
    kind: 'create',
    wanted,
    draft: {
      websiteId,
      attributes: given,
      ...(createdAt === undefined ? {} : { createdAt }),
      ...(both ? { address: first.attributes } : {}),
    },
    addresses: both ? others : addresses.changes,
    extras: {
      subscribe: wanted.subscribed === true ? true : undefined,
      active: active === false ? false : undefined,
      passwordHash,
    },
    modified: [
      ...Object.entries(given).map(([attribute, after]) => ({ attribute, before: null, after })),
      ...(createdAt === undefined ? [] : [{ attribute: 'created_at', before: null, after: createdAt }]),
      ...(active === false ? [{ attribute: 'is_active', before: null, after: 0 }] : []),
      ...(wanted.subscribed === true ? [{ attribute: subscribedColumn, before: null, after: 1 }] : []),
      ...passwordShown(wanted),
      ...addresses.modified,
    ],
  };
}

async function update(
  planner: Planner,
  db: Executor,
  wanted: Wanted,
  match: Match,
  passwordHash: string | undefined,
): Promise<Plan> {
  const { current } = match;
  if (current === undefined) throw new Error('An update was planned for nobody.');
  const before = current.attributes;
  const changes: Record<string, AttributeValue> = {};
  for (const [code, value] of Object.entries(wanted.attributes)) {
    // Magento keeps e-mails as they were written first; another case is no other address.
    if (code === 'email' && String(before.email).toLowerCase() === String(value).toLowerCase()) continue;
    if ((before[code] ?? null) !== value) changes[code] = value;
  }
  const addresses = await planned(planner, db, wanted, match);
  if (addresses.faults.length > 0) return asFailed(wanted, addresses.faults);
  const modified: ModifiedAttribute[] = Object.entries(changes).map(([attribute, after]) => ({
    attribute,
    before: before[attribute] ?? null,
    after,
  }));
  const active = wanted.active === undefined || (before.is_active === 1) === wanted.active ? undefined : wanted.active;
  if (active !== undefined) modified.push({ attribute: 'is_active', before: before.is_active, after: Number(active) });
  const subscribe = await subscriptionChange(planner, db, wanted, match);
  if (subscribe !== undefined)
    modified.push({ attribute: subscribedColumn, before: Number(!subscribe), after: Number(subscribe) });
  if (passwordHash !== undefined) modified.push(...passwordShown(wanted));
  modified.push(...addresses.modified);
  if (modified.length === 0) return { kind: 'unchanged', wanted };
  const extras: Extras = { subscribe, active, passwordHash };
  return { kind: 'update', wanted, current, attributes: changes, addresses: addresses.changes, extras, modified };
}

const passwordShown = ({ password, passwordHash }: Wanted): readonly ModifiedAttribute[] =>
  password === undefined && passwordHash === undefined
    ? []
    : [{ attribute: 'password', before: hidden, after: hidden }];

async function subscriptionChange(
  { services }: Planner,
  db: Executor,
  { subscribed }: Wanted,
  { current }: Match,
): Promise<boolean | undefined> {
  if (subscribed === undefined || current === undefined) return undefined;
  const is = (await services.newsletter.status(db, current)) === subscriberStatus.subscribed;
  return is === subscribed ? undefined : subscribed;
}
