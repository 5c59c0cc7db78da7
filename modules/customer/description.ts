import type { Executor } from '../framework/index.ts';
import type { Websites } from '../store/index.ts';
import type { CustomerAttributes } from './attributes/attribute.ts';
import type { Attributes, AttributeValue, CustomerState, Customers } from './customer.ts';
import type { CustomerGroups } from './group.ts';
import { isLockedOut } from './lock-out.ts';
import type { Newsletter } from './newsletter.ts';
import type { CustomerPanel } from './panel.ts';

/** A customer as `customer:show` tells it. */
export interface CustomerDescription {
  readonly id: number;
  readonly email: AttributeValue;
  readonly website: { readonly id: number; readonly code: string } | null;
  readonly group: { readonly id: number; readonly code: string } | null;
  readonly state: CustomerCondition;
  readonly attributes: Attributes;
  /** Columns of the address, with `id`, `defaultBilling` and `defaultShipping`. */
  readonly addresses: readonly Readonly<Record<string, AttributeValue | boolean>>[];
  /** What other rooms know, by the key of their panel. */
  readonly [panel: string]: unknown;
}

export interface CustomerCondition {
  readonly active: boolean;
  /** Until when log-in is refused, if it is. */
  readonly lockedUntil: string | null;
  /** The lock is a deactivation's, not that of failed log-ins. */
  readonly lockedOut: boolean;
  /** The e-mail address waits to be confirmed. */
  readonly awaitsConfirmation: boolean;
  /** 1 subscribed, 2 not active, 3 unsubscribed, 4 unconfirmed; null for none. */
  readonly newsletter: number | null;
}

export interface DescriptionSources {
  readonly customers: Customers;
  readonly attributes: CustomerAttributes;
  readonly groups: CustomerGroups;
  readonly newsletter: Newsletter;
  readonly websites: Websites;
  readonly panels: readonly CustomerPanel[];
}

/** Describes a customer: what the row holds, with choices by their label, and what other rooms know. */
export async function describeCustomer(
  sources: DescriptionSources,
  db: Executor,
  customer: CustomerState,
  now: string,
): Promise<CustomerDescription> {
  const { attributes } = customer;
  const website = await sources.websites.byId(Number(attributes.website_id));
  const group = await sources.groups.byId(db, Number(attributes.group_id));
  const lock = attributes.lock_expires;
  const addresses = await sources.customers.addresses(db, customer);
  const panels: Record<string, unknown> = {};
  for (const panel of sources.panels) panels[panel.key] = (await panel.read(db, customer)) ?? null;
  return {
    ...panels,
    id: customer.id,
    email: attributes.email ?? null,
    website: website === undefined ? null : { id: website.id, code: website.code },
    group: group === undefined ? null : { id: group.id, code: group.code },
    state: {
      active: attributes.is_active === 1,
      lockedUntil: typeof lock === 'string' && lock > now ? lock : null,
      lockedOut: isLockedOut(customer),
      awaitsConfirmation: (attributes.confirmation ?? '') !== '',
      newsletter: (await sources.newsletter.status(db, customer)) ?? null,
    },
    attributes: await withLabels(sources.attributes, db, attributes),
    addresses: addresses.map(({ id, defaultBilling, defaultShipping, attributes: columns }) => ({
      ...columns,
      id,
      defaultBilling,
      defaultShipping,
    })),
  };
}

async function withLabels(metadata: CustomerAttributes, db: Executor, attributes: Attributes): Promise<Attributes> {
  const labelled: Record<string, AttributeValue> = { ...attributes };
  for (const { code, options } of await metadata.all(db)) {
    const option = options.find(({ id }) => id === attributes[code]);
    if (option !== undefined) labelled[code] = option.label;
  }
  return labelled;
}

const ownKeys: ReadonlySet<string> = new Set(['id', 'email', 'website', 'group', 'state', 'attributes', 'addresses']);

/** The description in lines for a person: what has no value is left out. */
export function printDescription(description: CustomerDescription): string {
  const { id, email, website, group, state, attributes, addresses } = description;
  const lines = [`Customer ${id}  ${email ?? '(no e-mail)'}`];
  const line = (label: string, value: unknown) => lines.push(`  ${label.padEnd(28)} ${oneLine(value)}`);
  line('website', website === null ? '-' : website.code);
  line('group', group === null ? '-' : group.code);
  line('state', printState(state));
  for (const [panel, value] of Object.entries(description)) if (!ownKeys.has(panel)) line(panel, value);
  lines.push('Attributes');
  for (const [code, value] of Object.entries(attributes)) if (value !== null) line(code, value);
  for (const { id: address, defaultBilling, defaultShipping, ...columns } of addresses) {
    const uses = [defaultBilling === true ? 'default billing' : '', defaultShipping === true ? 'default shipping' : ''];
    const used = uses.filter((use) => use !== '').join(', ');
    lines.push(`Address ${address}${used === '' ? '' : ` (${used})`}`);
    for (const [code, value] of Object.entries(columns)) if (value !== null && value !== '') line(code, value);
  }
  return lines.join('\n');
}

function printState(state: CustomerCondition): string {
  const parts = [state.active ? 'active' : 'deactivated'];
  if (state.lockedOut) parts.push('locked out');
  else if (state.lockedUntil !== null) parts.push(`locked until ${state.lockedUntil} UTC`);
  if (state.awaitsConfirmation) parts.push('e-mail not confirmed');
  return parts.join(', ');
}

function oneLine(value: unknown): string {
  if (value === null || value === undefined) return '-';
  if (typeof value !== 'object') return String(value).replaceAll('\n', ', ');
  return Object.entries(value)
    .map(([key, inner]) => `${key} ${oneLine(inner)}`)
    .join(', ');
}
