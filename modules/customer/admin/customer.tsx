import {
  Card,
  DefinitionList,
  LinkButton,
  Moment,
  Notice,
  PanelStack,
  Panels,
  page,
  screen,
  type Visit,
} from '../../admin/index.ts';
import { Clock, Database, type Executor, HttpError, sql, sqlTimestamp } from '../../framework/index.ts';
import { Websites } from '../../store/index.ts';
import { CustomerAttributes } from '../attributes/attribute.ts';
import { type CustomerAddress, type CustomerState, Customers } from '../customer.ts';
import { AttributeTable } from './attribute-table.tsx';
import { Standing } from './columns.tsx';
import { type CustomerOwner, CustomerOwners } from './extension-points.ts';
import { standingOf } from './search.ts';

/** The number in an address. @throws HttpError 404 */
export function customerId(text: string | undefined): number {
  if (text !== undefined && /^\d{1,10}$/.test(text)) return Number(text);
  throw new HttpError(404, 'CUSTOMER_UNKNOWN', 'There is no such customer.');
}

/** The first who says that the customer's data is theirs. */
export async function ownerOf(
  owners: readonly CustomerOwners[],
  db: Executor,
  id: number,
): Promise<CustomerOwner | undefined> {
  for (const source of owners) {
    const owner = await source.of(db, id);
    if (owner) return owner;
  }
  return undefined;
}

export const fullName = ({ attributes }: CustomerState): string =>
  [attributes.prefix, attributes.firstname, attributes.middlename, attributes.lastname, attributes.suffix]
    .filter((part) => part !== null && part !== undefined && part !== '')
    .join(' ');

/** A customer's row with the name of its group, in one statement. */
async function readCustomer(db: Executor, customers: Customers, id: number) {
  const { columns, hydrate } = await customers.selection(db);
  const row = await db.first(sql`SELECT ${columns},
      (SELECT customer_group_code FROM {customer_group} WHERE customer_group_id = c.group_id) AS group_code
    FROM {customer_entity} c WHERE c.entity_id = ${id}`);
  return row && { customer: hydrate(row), group: String(row.group_code ?? '') };
}

/** One customer; other rooms bring panels of the subject "customer". */
export const customerPage = page('/admin/customers/:id', {
  acl: 'customer::view',
  inject: {
    database: Database,
    clock: Clock,
    customers: Customers,
    attributes: CustomerAttributes,
    websites: Websites,
    owners: CustomerOwners,
    panels: Panels,
  },
  async view(visit, { database, clock, customers, attributes, websites, owners, panels }) {
    const read = await readCustomer(database, customers, customerId(visit.params.id));
    if (!read) throw new HttpError(404, 'CUSTOMER_UNKNOWN', 'There is no such customer.');
    const { customer, group } = read;
    const owner = await ownerOf(owners, database, customer.id);
    const website = await websites.byId(Number(customer.attributes.website_id));
    const standing = standingOf(customer.attributes, sqlTimestamp(clock.now()));
    return screen({
      title: fullName(customer) || `Customer ${customer.id}`,
      back: { href: '/admin/customers', label: 'Customers' },
      actions: <Actions visit={visit} id={customer.id} deactivated={standing === 'deactivated'} />,
      body: (
        <>
          {owner && (
            <Notice kind="note">
              Managed by{' '}
              {owner.href !== undefined && visit.may('connection::view') ? (
                <a href={owner.href}>{owner.name}</a>
              ) : (
                <strong>{owner.name}</strong>
              )}
              : attributes that it owns are set by the identity provider, and put back when they are changed here.
            </Notice>
          )}
          <Card title="Account" aside={<Standing standing={standing} />}>
            <DefinitionList
              items={[
                ['ID', customer.id],
                ['Email', customer.attributes.email],
                ['Group', group],
                ['Web Site', website?.name ?? ''],
                ['Customer Since', <Moment key="since" at={text(customer.attributes.created_at)} />],
                ['Last change', <Moment key="change" at={text(customer.attributes.updated_at)} />],
              ]}
            />
          </Card>
          {await PanelStack(panels, 'customer', visit)}
          <Card title="Attributes">
            <AttributeTable customer={customer} known={await attributes.all(database)} owner={owner} />
          </Card>
          <Addresses addresses={await customers.addresses(database, customer)} />
        </>
      ),
    });
  },
});

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

function Actions({ visit, id, deactivated }: { visit: Visit; id: number; deactivated: boolean }) {
  if (!visit.may('customer::lock')) return null;
  return deactivated ? (
    <LinkButton href={`/admin/customers/${id}/activate`}>Activate …</LinkButton>
  ) : (
    <LinkButton href={`/admin/customers/${id}/deactivate`} look="danger">
      Deactivate …
    </LinkButton>
  );
}

function Addresses({ addresses }: { addresses: readonly CustomerAddress[] }) {
  return (
    <Card title="Addresses">
      {addresses.length === 0 ? (
        <p class="muted">None.</p>
      ) : (
        <ul class="addresses">
          {addresses.map(({ id, attributes, defaultBilling, defaultShipping }) => (
            <li key={id}>
              <p class="muted">
                {[defaultBilling && 'Default billing', defaultShipping && 'Default shipping']
                  .filter(Boolean)
                  .join(', ') || 'Address'}
              </p>
              <address>
                {linesOf(attributes).map((line) => (
                  <span key={line}>{line}</span>
                ))}
              </address>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function linesOf(address: CustomerAddress['attributes']): string[] {
  const { company, firstname, lastname, street, postcode, city, region, country_id, telephone } = address;
  const joined = (...parts: unknown[]) =>
    parts.filter((part) => part !== null && part !== undefined && part !== '').join(' ');
  return [
    joined(firstname, lastname),
    joined(company),
    ...String(street ?? '').split('\n'),
    joined(postcode, city),
    joined(region, country_id),
    joined(telephone),
  ].filter((line) => line !== '');
}
