import {
  ActionButton,
  Button,
  Card,
  Empty,
  Form,
  FormButtons,
  Grid,
  type GridColumn,
  gridPage,
  gridState,
  Moment,
  page,
  screen,
  TextField,
} from '../../../admin/index.ts';
import { CustomerGroups } from '../../../customer/index.ts';
import { Database } from '../../../framework/index.ts';
import {
  type ProtectedCustomer,
  ProtectedCustomers,
  type ProtectedGroup,
} from '../../protection/protected-customers.ts';
import { protectionPath } from './paths.ts';

/** Customer groups that are offered while one types; the code of any other can be typed. */
const offered = 200;

const since = [
  {
    key: 'since',
    label: 'Since',
    cell: ({ protectedAt }: Pick<ProtectedCustomer, 'protectedAt'>) => <Moment at={protectedAt} />,
  },
  { key: 'by', label: 'By', cell: ({ protectedBy }: Pick<ProtectedCustomer, 'protectedBy'>) => protectedBy },
];

const customerColumns = (links: boolean): readonly GridColumn<ProtectedCustomer>[] => [
  {
    key: 'email',
    label: 'Customer',
    cell: ({ customerId, email }) => {
      const name = email ?? `Customer ${customerId}`;
      return <span class="long">{links ? <a href={`/admin/customers/${customerId}`}>{name}</a> : name}</span>;
    },
  },
  { key: 'id', label: 'ID', align: 'end', cell: ({ customerId }) => customerId },
  ...since,
];

const groupColumns = (): readonly GridColumn<ProtectedGroup>[] => [
  {
    key: 'group',
    label: 'Customer Group',
    cell: ({ groupId, code }) => code ?? <span class="muted">Deleted ({groupId})</span>,
  },
  ...since,
];

/** Whom no connection may change: customers, and customer groups with all who are in them. */
export const protectedCustomersPage = page(protectionPath, {
  acl: 'provisioning::protect',
  menu: { label: 'Protected Customers', under: 'Customers', sortOrder: 33, icon: 'shield' },
  inject: { database: Database, protection: ProtectedCustomers, customerGroups: CustomerGroups },
  async view(visit, { database, protection, customerGroups }) {
    const state = gridState(visit.query, { filters: [], sorts: ['id'] });
    const after = Number(state.after?.[0] ?? 0);
    const read = await protection.customers(database, {
      after: Number.isSafeInteger(after) ? after : 0,
      limit: state.size + 1,
    });
    const { rows, place } = gridPage(read, { ...state, before: undefined }, ({ customerId }) => [customerId]);
    const groups = await protection.groups(database);
    const held = new Set(groups.map(({ groupId }) => groupId));
    const free = (await customerGroups.list(database)).filter(({ id }) => id !== 0 && !held.has(id));
    return screen({
      title: 'Protected Customers',
      lead: 'No connection changes, deactivates or deletes them, whatever its identity provider sends; it is answered 403.',
      body: (
        <div class="stack">
          <Card title="Customer groups">
            <Grid
              id="protected-groups"
              label="Protected customer groups"
              columns={groupColumns()}
              rows={groups}
              rowKey={({ groupId }) => groupId}
              state={gridState(new URLSearchParams(), { filters: [], sorts: ['group'] })}
              place={{}}
              actions={({ groupId }) => (
                <ActionButton action={`${protectionPath}/groups/${groupId}/unprotect`}>Protect No More</ActionButton>
              )}
              empty={
                <Empty title="No customer group is protected" icon="shield">
                  Who is in a protected group stays in it, and no connection puts anybody into it.
                </Empty>
              }
            />
            <Form action={protectionPath}>
              <TextField
                name="group"
                label="Protect a customer group"
                required
                suggestions={free.slice(0, offered).map(({ code }) => code)}
                help="All who are in it, now or later."
              />
              <FormButtons>
                <Button look="plain" icon="shield">
                  Protect the Group
                </Button>
              </FormButtons>
            </Form>
          </Card>
          <Card title="Customers">
            <Grid
              id="protected-customers"
              label="Protected customers"
              columns={customerColumns(visit.may('customer::view'))}
              rows={rows}
              rowKey={({ customerId }) => customerId}
              state={state}
              place={{ next: place.next }}
              actions={({ customerId }) => (
                <ActionButton action={`${protectionPath}/customers/${customerId}/unprotect`}>
                  Protect No More
                </ActionButton>
              )}
              empty={
                <Empty title="No customer is protected by itself" icon="shield">
                  Protect those who must never be locked out by an identity provider, such as the owner of the store.
                </Empty>
              }
            />
            <Form action={protectionPath}>
              <TextField
                name="customer"
                label="Protect a customer"
                required
                help="The e-mail address or the id. A customer's own page has a button for it, too."
              />
              <FormButtons>
                <Button look="plain" icon="shield">
                  Protect the Customer
                </Button>
              </FormButtons>
            </Form>
          </Card>
        </div>
      ),
    });
  },
});
