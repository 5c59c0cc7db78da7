import { action, Notice, page, redirect, type Screen, screen, type Visit } from '../../../admin/index.ts';
import { Clock, Database, Events, HttpError, type Resolved, sql, type Transaction } from '../../../framework/index.ts';
import { missingAddressParts } from '../../address-row.ts';
import { type Attributes, type CustomerAddress, type CustomerState, Customers } from '../../customer.ts';
import { CustomerError } from '../../customer-error.ts';
import { addressSettings } from '../../settings.ts';
import { administered, modifiedIn } from '../administered.ts';
import { customerId, fullName, ownerOf } from '../customer.tsx';
import { CustomerOwners } from '../extension-points.ts';
import { addressFields, addressIn, lockedBy, namedCountries } from './fields.ts';
import { AddressForm } from './form.tsx';

export const addressServices = { database: Database, clock: Clock, events: Events, customers: Customers };
const inject = { ...addressServices, owners: CustomerOwners, settings: addressSettings.token };
type Parts = Resolved<typeof inject>;
const access = { acl: 'customer::edit', inject } as const;

const nothing = (what: string) => new HttpError(404, 'ADDRESS_UNKNOWN', `There is no such ${what}.`);

/** The customer of an address in the path, with that address; without one where the path says `new`. */
export async function addressed(visit: Visit, customers: Customers) {
  const customer = await customers.byId(visit.database, customerId(visit.params.id));
  if (!customer) throw nothing('customer');
  const addresses = await customers.addresses(visit.database, customer);
  const wanted = visit.params.address;
  const address = addresses.find(({ id }) => String(id) === wanted);
  if (wanted !== undefined && !address) throw nothing('address');
  return { customer, addresses, address, href: `/admin/customers/${customer.id}` };
}
type Addressed = Awaited<ReturnType<typeof addressed>>;

const versionOf = ({ attributes }: CustomerState): string => String(attributes.updated_at ?? '');

interface Shown {
  readonly status?: number;
  readonly errors?: Readonly<Record<string, string>>;
  readonly overtaken?: boolean;
  readonly sent?: Attributes;
}

async function formScreen(visit: Visit, parts: Parts, about: Addressed, shown: Shown = {}): Promise<Screen> {
  const { customer, address, addresses, href } = about;
  const { form } = visit;
  const website = { website: Number(customer.attributes.website_id) };
  const { firstname = null, lastname = null } = customer.attributes;
  const countries = await visit.database.all<{ country_id: string }>(sql`SELECT country_id FROM {directory_country}`);
  const owner = await ownerOf(parts.owners, visit.database, customer.id);
  const sent = form.has('version');
  return screen({
    title: address ? 'Edit Address' : 'Add Address',
    back: { href, label: fullName(customer) || 'Customer' },
    status: shown.status ?? 200,
    body: (
      <>
        {shown.overtaken && (
          <Notice kind="problem">Somebody changed this customer while the form was open. Look again, and save.</Notice>
        )}
        <AddressForm
          action={`${href}/addresses/${address?.id ?? 'new'}`}
          back={href}
          version={versionOf(customer)}
          address={{ ...(address?.attributes ?? { firstname, lastname }), ...shown.sent }}
          defaults={{
            billing: sent ? form.has('billing') : (address?.defaultBilling ?? addresses.length === 0),
            shipping: sent ? form.has('shipping') : (address?.defaultShipping ?? addresses.length === 0),
          }}
          countries={namedCountries(countries.map(({ country_id }) => country_id))}
          lines={await parts.settings.get('street_lines', website)}
          required={new Set(missingAddressParts({}, await needsPhone(parts, customer)))}
          errors={shown.errors ?? {}}
          locked={(code) => lockedBy(owner, address, code)}
        />
      </>
    ),
  });
}

const needsPhone = async ({ settings }: Parts, { attributes }: CustomerState): Promise<boolean> =>
  (await settings.get('telephone_show', { website: Number(attributes.website_id) })) === 'req';

const labels = new Map<string, string>(addressFields);

async function saveForm(visit: Visit, parts: Parts): Promise<Screen | ReturnType<typeof redirect>> {
  const { database, customers, owners } = parts;
  await customers.ready(database);
  const about = await addressed(visit, customers);
  const { customer, address, href } = about;
  const owner = await ownerOf(owners, database, customer.id);
  const sent = addressIn(visit.form, (code) => lockedBy(owner, address, code) !== undefined);
  const missing = missingAddressParts({ ...address?.attributes, ...sent }, await needsPhone(parts, customer));
  const errors = Object.fromEntries(missing.map((code) => [code, `${labels.get(code)} is required.`]));
  if (missing.length > 0) return formScreen(visit, parts, about, { status: 422, errors, sent });
  try {
    const saved = await database.transaction((tx) => save(tx, visit, parts, { id: customer.id, address, sent }));
    if (saved === 'overtaken') return formScreen(visit, parts, about, { status: 409, overtaken: true, sent });
    return redirect(href as '/', saved ? { done: 'The address was saved.' } : { note: 'Nothing was changed.' });
  } catch (error) {
    if (!(error instanceof CustomerError)) throw error;
    const refused = { [error.attribute ?? 'firstname']: error.message };
    return formScreen(visit, parts, about, { status: 422, errors: refused, sent });
  }
}

interface AddressEdit {
  readonly id: number;
  readonly address: CustomerAddress | undefined;
  readonly sent: Attributes;
}

async function save(tx: Transaction, visit: Visit, parts: Parts, { id, address, sent }: AddressEdit) {
  const { customers, clock, events } = parts;
  const current = await customers.byId(tx, id, { forUpdate: true });
  if (!current) throw nothing('customer');
  if (visit.form.get('version') !== versionOf(current)) return 'overtaken';
  const [billing, shipping] = [visit.form.has('billing'), visit.form.has('shipping')];
  const change = { attributes: sent, defaultBilling: billing, defaultShipping: shipping };
  const after = await customers.saveAddress(tx, current, address ? { id: address.id, ...change } : change, clock.now());
  const known = new Set(current.addresses.map((one) => one.id));
  const saved = address
    ? after.addresses.find((one) => one.id === address.id)
    : after.addresses.find((one) => !known.has(one.id));
  if (after === current || !saved) return false;
  const modified = [
    ...modifiedIn(
      address?.attributes ?? {},
      saved.attributes,
      [...Object.keys(sent), 'region_id'],
      `address ${saved.id} `,
    ),
    ...modifiedIn(current.attributes, after.attributes, ['default_billing', 'default_shipping']),
  ];
  await administered(events, tx, visit, {
    act: address ? 'update-address' : 'add-address',
    customer: current,
    modified,
  });
  return true;
}

const view = async (visit: Visit, parts: Parts) => formScreen(visit, parts, await addressed(visit, parts.customers));

export const addressPages = [
  page('/admin/customers/:id/addresses/new', { ...access, view }),
  action('/admin/customers/:id/addresses/new', { ...access, perform: saveForm }),
  page('/admin/customers/:id/addresses/:address', { ...access, view }),
  action('/admin/customers/:id/addresses/:address', { ...access, perform: saveForm }),
];
