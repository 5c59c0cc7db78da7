import { sql, sqlTimestamp, type Transaction } from '../framework/index.ts';
import { addressRow, insertAddress } from './address-row.ts';
import { EavChanges } from './attributes/eav.ts';
import { type CustomerColumn, customerColumnNames, customerKinds, requiredColumns } from './columns.ts';
import type { AttributeValue, CustomerDraft, CustomerState } from './customer.ts';
import { CustomerError } from './customer-error.ts';
import { CustomerSaved } from './customer-event.ts';
import { refuseSharedEmail } from './email.ts';
import { insertGridRow } from './grid.ts';
import { nextIncrementId } from './increment-id.ts';
import { insertInto } from './statement.ts';
import { homeOf } from './websites.ts';
import { metadataFor, stored, type Writing } from './writing.ts';

/** Columns that nobody gives at creation: they keep the table's default. */
const leftOut: ReadonlySet<string> = new Set<CustomerColumn>([
  'rp_token_created_at',
  'default_billing',
  'default_shipping',
  'failures_num',
  'first_failure',
]);
const inserted = customerColumnNames.filter((name) => !leftOut.has(name));
const insert = insertInto('customer_entity', inserted);

/** Writes a new customer as Magento's account service would: see `Customers.create`. */
export async function createCustomer(
  writing: Writing,
  tx: Transaction,
  draft: CustomerDraft,
  now: Date,
): Promise<CustomerState> {
  const metadata = await metadataFor(writing, tx, draft.attributes);
  const attributes = await filledIn(writing, draft, sqlTimestamp(now));
  if (draft.createdAt !== undefined) attributes.created_at = stored(metadata, 'created_at', draft.createdAt);
  const eav = new EavChanges({ fresh: true });
  for (const attribute of metadata.custom) attributes[attribute.code] = null;
  for (const code in draft.attributes) {
    const given = draft.attributes[code];
    if (given === undefined) continue;
    if (leftOut.has(code) || fixed.has(code) || !metadata.kinds.has(code)) {
      if (given === null || given === attributes[code]) continue;
      throw guarded(code);
    }
    if (given === null && requiredColumns.has(code)) continue;
    const value = stored(metadata, code, given);
    attributes[code] = value;
    const attribute = customerKinds.has(code) ? undefined : metadata.attributes.get(code);
    if (attribute !== undefined) eav.set(attribute, value);
  }
  await refuseSharedEmail(writing, tx, attributes.email ?? null, undefined);
  if (await writing.createAccount.get('generate_human_friendly_id'))
    attributes.increment_id = await nextIncrementId(tx);

  const { insertId: id } = await tx.run(insert(inserted.map((name) => attributes[name] ?? null)));
  eav.write(tx, id);
  let state: CustomerState = { id, attributes, addresses: [] };
  if (draft.address !== undefined) state = await withAddress(writing, tx, state, draft.address);
  insertGridRow(tx, state, metadata.grid);
  if (writing.events.observed(CustomerSaved)) {
    const changed = Object.keys(draft.attributes);
    if (draft.address !== undefined) changed.push('addresses');
    const addresses = state.addresses.map((address) => ({ id: address.id, act: 'created' as const }));
    await writing.events.emit(CustomerSaved, { id, websiteId: draft.websiteId, created: true, changed, addresses }, tx);
  }
  return state;
}

/** Columns that a draft may repeat but not choose. */
const fixed: ReadonlySet<string> = new Set(['website_id', 'created_at', 'updated_at', 'increment_id']);

const guarded = (code: string): CustomerError =>
  new CustomerError(
    'CUSTOMER_ATTRIBUTE_GUARDED',
    `A new customer's "${code}" cannot be chosen: the store sets it. Leave it out of the draft.`,
    code,
  );

async function filledIn(writing: Writing, draft: CustomerDraft, now: string): Promise<Record<string, AttributeValue>> {
  const { websiteId, attributes: given } = draft;
  const home = await homeOf(writing.websites, websiteId, given.store_id == null ? undefined : Number(given.store_id));
  const attributes: Record<string, AttributeValue> = {};
  for (const name of customerColumnNames) attributes[name] = null;
  attributes.website_id = websiteId;
  attributes.store_id = home.storeId;
  attributes.created_in = home.storeName;
  attributes.group_id = given.group_id ?? (await writing.createAccount.get('default_group', { store: home.storeId }));
  attributes.created_at = now;
  attributes.updated_at = now;
  attributes.is_active = 1;
  attributes.failures_num = 0;
  attributes.disable_auto_group_change =
    given.disable_auto_group_change ?? Number(await writing.createAccount.get('viv_disable_auto_group_assign_default'));
  return attributes;
}

async function withAddress(
  writing: Writing,
  tx: Transaction,
  state: CustomerState,
  given: NonNullable<CustomerDraft['address']>,
): Promise<CustomerState> {
  const now = String(state.attributes.updated_at);
  const row = await addressRow(tx, writing.regions, given, { customer: state.attributes, now });
  const id = await insertAddress(tx, state.id, row);
  tx.later(sql`UPDATE {customer_entity} SET default_billing = ${id}, default_shipping = ${id}, updated_at = ${now}
    WHERE entity_id = ${state.id}`);
  return {
    id: state.id,
    attributes: { ...state.attributes, default_billing: id, default_shipping: id },
    addresses: [{ id, attributes: row, defaultBilling: true, defaultShipping: true }],
  };
}
