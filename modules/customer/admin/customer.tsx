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
import { type CustomerState, Customers } from '../customer.ts';
import { AddressList } from './address/list.tsx';
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
              {owner.owns.size > 0
                ? ': attributes that it owns are set by the identity provider, and put back when they are changed here.'
                : ': no attribute is locked. What is changed here stays until the identity provider sends it anew.'}
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
          <AddressList
            addresses={await customers.addresses(database, customer)}
            href={`/admin/customers/${customer.id}`}
            edits={visit.may('customer::edit')}
          />
        </>
      ),
    });
  },
});

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

function Actions({ visit, id, deactivated }: { visit: Visit; id: number; deactivated: boolean }) {
  const href = `/admin/customers/${id}`;
  return (
    <>
      {visit.may('customer::delete') && (
        <LinkButton href={`${href}/delete`} look="quiet">
          Delete …
        </LinkButton>
      )}
      {visit.may('customer::lock') && (
        <LinkButton href={`${href}/${deactivated ? 'activate' : 'deactivate'}`} look={deactivated ? 'plain' : 'danger'}>
          {deactivated ? 'Activate …' : 'Deactivate …'}
        </LinkButton>
      )}
      {visit.may('customer::edit') && (
        <LinkButton href={`${href}/edit`} look="primary">
          Edit
        </LinkButton>
      )}
    </>
  );
}
