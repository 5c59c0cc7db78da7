import { action, Notice, page, redirect, type Screen, screen, type Visit } from '../../../admin/index.ts';
import {
  Clock,
  Database,
  DuplicateKeyError,
  Events,
  HttpError,
  type Resolved,
  type Transaction,
} from '../../../framework/index.ts';
import { Websites } from '../../../store/index.ts';
import { CustomerAttributes } from '../../attributes/attribute.ts';
import { type CustomerState, Customers } from '../../customer.ts';
import { CustomerError } from '../../customer-error.ts';
import { CustomerGroups } from '../../group.ts';
import { isForCustomers } from '../../group-move.ts';
import { Newsletter, subscriberStatus } from '../../newsletter.ts';
import { addressSettings } from '../../settings.ts';
import { administered, modifiedIn } from '../administered.ts';
import { customerId, fullName, ownerOf } from '../customer.tsx';
import { CustomerOwners } from '../extension-points.ts';
import { changesIn, sentText } from './changes.ts';
import { type EditField, editFields } from './fields.ts';
import { EditForm } from './form.tsx';

const inject = {
  database: Database,
  clock: Clock,
  events: Events,
  customers: Customers,
  attributes: CustomerAttributes,
  groups: CustomerGroups,
  websites: Websites,
  newsletter: Newsletter,
  owners: CustomerOwners,
  settings: addressSettings.token,
};
type Parts = Resolved<typeof inject>;
const path = '/admin/customers/:id/edit';
const access = { acl: 'customer::edit', inject } as const;

export const customerUnknown = () => new HttpError(404, 'CUSTOMER_UNKNOWN', 'There is no such customer.');

/** A form's words for what the database or this room refuses. @throws what is nobody's mistake */
export function refusalIn(error: unknown): Readonly<Record<string, string>> {
  if (error instanceof DuplicateKeyError)
    return { email: 'Another customer has this e-mail address already. Use another, or open that customer.' };
  if (error instanceof CustomerError) return { [error.attribute ?? 'firstname']: error.message };
  throw error;
}

async function fieldsOf(visit: Visit, parts: Parts, customer: CustomerState) {
  const { attributes, groups, websites, owners, settings } = parts;
  const { database } = visit;
  const website = Number(customer.attributes.website_id);
  const stores = (await websites.stores()).filter(({ websiteId }) => websiteId === website);
  return editFields(customer, {
    attributes: await attributes.all(database),
    owner: await ownerOf(owners, database, customer.id),
    settings,
    groups: (await groups.list(database))
      .filter(({ id }) => isForCustomers(id))
      .map(({ id, code }) => [String(id), code] as const),
    stores: stores.map(({ id, name }) => [String(id), name] as const),
  });
}

const versionOf = ({ attributes }: CustomerState): string => String(attributes.updated_at ?? '');

interface Shown {
  readonly status?: number;
  readonly errors?: Readonly<Record<string, string>>;
  readonly overtaken?: boolean;
}

/** The form with what the row holds, or with what was sent. */
async function formScreen(visit: Visit, parts: Parts, customer: CustomerState, shown: Shown = {}): Promise<Screen> {
  const fields = await fieldsOf(visit, parts, customer);
  const { form } = visit;
  const filled = (field: EditField): EditField =>
    field.locked === undefined ? { ...field, value: sentText(form, field) ?? field.value } : field;
  const status = await parts.newsletter.status(visit.database, customer);
  const href = `/admin/customers/${customer.id}`;
  return screen({
    title: `Edit ${fullName(customer) || `customer ${customer.id}`}`,
    back: { href, label: fullName(customer) || 'Customer' },
    status: shown.status ?? 200,
    body: (
      <>
        {shown.overtaken && (
          <Notice kind="problem">
            Somebody changed this customer while the form was open. Look at what stands below, and save again.
          </Notice>
        )}
        <EditForm
          action={`${href}/edit`}
          back={href}
          version={versionOf(customer)}
          groups={[
            { title: 'Account Information', fields: fields.account.map(filled) },
            { title: 'Attributes of this store', fields: fields.own.map(filled) },
          ]}
          newsletterLocked={fields.newsletterLocked}
          newsletter={
            form.has('version') && fields.newsletterLocked === undefined
              ? form.has('newsletter')
              : status === subscriberStatus.subscribed
          }
          errors={shown.errors ?? {}}
        />
      </>
    ),
  });
}

const editPage = page(path, {
  ...access,
  async view(visit, parts) {
    const customer = await parts.customers.byId(visit.database, customerId(visit.params.id));
    if (!customer) throw customerUnknown();
    return formScreen(visit, parts, customer);
  },
});

const saveEdit = action(path, {
  ...access,
  async perform(visit, parts) {
    const { database, customers } = parts;
    const id = customerId(visit.params.id);
    await customers.ready(database);
    const before = await customers.byId(database, id);
    if (!before) throw customerUnknown();
    const fields = await fieldsOf(visit, parts, before);
    const { changes, errors } = changesIn(visit.form, [...fields.account, ...fields.own], before.attributes);
    if (Object.keys(errors).length > 0) return formScreen(visit, parts, before, { status: 422, errors });
    try {
      const subscribes = fields.newsletterLocked === undefined ? visit.form.has('newsletter') : undefined;
      const saved = await database.transaction((tx) => save(tx, visit, parts, { id, changes, subscribes }));
      if (saved === 'overtaken') return formScreen(visit, parts, before, { status: 409, overtaken: true });
      return redirect(
        `/admin/customers/${id}`,
        saved === 'saved' ? { done: 'The customer was saved.' } : { note: 'Nothing was changed.' },
      );
    } catch (error) {
      return formScreen(visit, parts, before, { status: 422, errors: refusalIn(error) });
    }
  },
});

interface Edit {
  readonly id: number;
  readonly changes: CustomerState['attributes'];
  /** Undefined: the subscription is not to be touched. */
  readonly subscribes: boolean | undefined;
}

/** Writes what differs, all of it or nothing, with its record. */
async function save(tx: Transaction, visit: Visit, parts: Parts, { id, changes, subscribes }: Edit) {
  const { customers, newsletter, events, clock } = parts;
  const now = clock.now();
  const current = await customers.byId(tx, id, { forUpdate: true });
  if (!current) throw customerUnknown();
  if (visit.form.get('version') !== versionOf(current)) return 'overtaken';
  const after = await customers.update(tx, current, changes, now);
  const modified = [...modifiedIn(current.attributes, after.attributes, Object.keys(changes))];
  const subscribed = (await newsletter.status(tx, current)) === subscriberStatus.subscribed;
  if (subscribes !== undefined && subscribed !== subscribes) {
    if (subscribes) await newsletter.subscribe(tx, after, now);
    else await newsletter.unsubscribe(tx, after, now);
    modified.push({ attribute: 'newsletter', before: Number(subscribed), after: Number(subscribes) });
  }
  if (modified.length === 0) return 'same';
  await administered(events, tx, visit, { act: 'update', customer: current, modified });
  return 'saved';
}

export const editPages = [editPage, saveEdit];
