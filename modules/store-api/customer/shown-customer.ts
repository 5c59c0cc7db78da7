import { mainEmail } from '../../provisioning/index.ts';
import { enterpriseUserSchema, isObject, type Resource } from '../../scim/index.ts';
import type { StoreCustomer } from '../../webhook/index.ts';

/** What an importer may have with a customer, by the word of `include`. */
export const includes = ['addresses', 'attributes', 'formfields', 'storecredit'] as const;
export type Include = (typeof includes)[number];

const textIn = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** `2024-05-06T12:00:00.123Z` without its fraction, as BigCommerce writes times. */
const seconds = (value: unknown, otherwise: string): string => textIn(value)?.replace(/\.\d+Z$/, 'Z') ?? otherwise;

function mainPhone(list: unknown): string | undefined {
  const phones = Array.isArray(list) ? list.filter(isObject) : [];
  const main =
    phones.find(({ primary }) => primary === true) ?? phones.find(({ type }) => type === 'work') ?? phones[0];
  return textIn(main?.value);
}

/** The entity id of a customer in the id of its user: `42`, or `42-1` after it was deleted and came back. */
export const customerIdOf = ({ id }: Resource): number => Number.parseInt(String(id), 10);

/** True where a read shows more of a customer than what identifies it. */
export const isSeenWhole = (user: Resource): boolean => user.active !== undefined;

/**
 * A customer as importers read it. What a user says goes before what the row says, because a provider compares what it
 * reads with what it wrote; of a customer whom the connection only knows by its identifiers there is no more.
 */
export function shownCustomer(
  user: Resource,
  row: StoreCustomer | undefined,
  include: ReadonlySet<Include>,
): Readonly<Record<string, unknown>> {
  const name = isObject(user.name) ? user.name : {};
  const work = user[enterpriseUserSchema.id];
  const meta = isObject(user.meta) ? user.meta : {};
  const email = textIn(mainEmail(user)) ?? row?.email ?? textIn(user.userName) ?? '';
  const shown = isSeenWhole(user) ? row : undefined;
  const { addresses, attributes, form_fields, store_credit_amounts, ...rest } = shown ?? identifiedOnly;
  return {
    ...rest,
    id: customerIdOf(user),
    email,
    first_name: textIn(name.givenName) ?? rest.first_name,
    last_name: textIn(name.familyName) ?? rest.last_name,
    company: (isObject(work) ? textIn(work.organization) : undefined) ?? rest.company,
    phone: mainPhone(user.phoneNumbers) ?? rest.phone,
    date_created: seconds(meta.created, rest.date_created),
    date_modified: seconds(meta.lastModified, rest.date_modified),
    ...(include.has('addresses') ? { addresses } : {}),
    ...(include.has('attributes') ? { attributes } : {}),
    ...(include.has('formfields') ? { form_fields } : {}),
    ...(include.has('storecredit') ? { store_credit_amounts } : {}),
  };
}

/** What is said of somebody of whom nothing is to be said. */
const identifiedOnly: Omit<StoreCustomer, 'id' | 'email' | 'is_active'> & { is_active?: boolean } = {
  first_name: '',
  last_name: '',
  company: '',
  phone: '',
  notes: '',
  tax_exempt_category: '',
  customer_group_id: 0,
  registration_ip_address: '',
  date_created: '',
  date_modified: '',
  address_count: 0,
  attribute_count: 0,
  authentication: { force_password_reset: false },
  addresses: [],
  attributes: [],
  form_fields: [],
  store_credit_amounts: [],
  accepts_product_review_abandoned_cart_emails: false,
  origin_channel_id: 0,
  channel_ids: [],
};
