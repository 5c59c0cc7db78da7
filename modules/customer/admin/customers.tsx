import {
  Button,
  Form,
  Grid,
  type GridColumn,
  gridState,
  gridViews,
  LinkButton,
  Notice,
  page,
  redirect,
  screen,
  type Visit,
} from '../../admin/index.ts';
import { Clock, Database, sqlTimestamp } from '../../framework/index.ts';
import { Websites } from '../../store/index.ts';
import { CustomerGroups } from '../group.ts';
import { customerColumns, customerFilterFields, nameOf } from './columns.tsx';
import { allowedOf, CustomerColumns, type CustomerMassAction, CustomerMassActions } from './extension-points.ts';
import { type CustomerRow, customerSorts } from './rows.ts';
import { customerFilters, findCustomers, marksOf } from './search.ts';

/** Customers → All Customers, as Magento's grid. */
export const customersPage = page('/admin/customers', {
  acl: 'customer::view',
  menu: { label: 'Customers', sortOrder: 30, icon: 'people' },
  inject: {
    database: Database,
    clock: Clock,
    groups: CustomerGroups,
    websites: Websites,
    columns: CustomerColumns,
    massActions: CustomerMassActions,
  },
  async view(visit, { clock, ...room }) {
    const { database } = room;
    const { views, opens } = await gridViews(visit);
    if (opens) return redirect(opens);
    const now = clock.now();
    const brought = [...allowedOf(room.columns, visit)].sort((a, b) => a.sortOrder - b.sortOrder);
    const filters = [...customerFilters, ...brought.map(({ key }) => key)];
    const state = gridState(visit.query, { filters, sorts: customerSorts, order: 'desc' });
    const found = await findCustomers(database, state, brought, sqlTimestamp(now));
    const shown = brought.filter(({ key }) => state.columns?.has(key) ?? true);
    const marks = await marksOf(database, shown, found.rows, found.marks);
    const names = {
      groups: Object.fromEntries((await room.groups.list(database)).map(({ id, code }) => [String(id), code])),
      websites: Object.fromEntries((await room.websites.websites()).map(({ id, name }) => [String(id), name])),
    };
    const choices = await Promise.all(
      brought.map(async ({ key, label, options }) => ({ key, label, options: await options?.(database) })),
    );
    const mass = allowedOf(room.massActions, visit);
    const columns = customerColumns(names, brought, marks, now);
    return screen({
      title: 'Customers',
      body: (
        <>
          {found.looked !== undefined && <Looked visit={visit} looked={found.looked} {...found.place} />}
          <Grid
            id="customers"
            label="Customers"
            columns={mass.length > 0 ? [picking, ...columns] : columns}
            rows={found.rows}
            rowKey={({ id }) => id}
            state={state}
            place={found.place}
            filters={customerFilterFields(
              names,
              choices.flatMap(({ options, ...choice }) => (options ? [{ ...choice, options }] : [])),
            )}
            views={views}
            toolbar={<Toolbar visit={visit} mass={mass} />}
          />
        </>
      ),
    });
  },
});

const picked = 'picked-customers';

const picking: GridColumn<CustomerRow> = {
  key: 'pick',
  label: 'Pick',
  cell: (row) => (
    <input
      type="checkbox"
      name="customer"
      value={row.id}
      form={picked}
      aria-label={`Pick ${nameOf(row) || `customer ${row.id}`}`}
    />
  ),
};

/** What is done to those that are picked, and the file of all that the filters find. */
function Toolbar({ visit, mass }: { visit: Visit; mass: readonly CustomerMassAction[] }) {
  const [first, ...others] = mass;
  return (
    <>
      {first && (
        <Form action={first.action} id={picked} class="inline-form">
          <Button icon="mail">{first.label}</Button>
        </Form>
      )}
      {others.map(({ label, action }) => (
        <Button key={action} icon="mail" form={picked} formaction={action}>
          {label}
        </Button>
      ))}
      {visit.may('customer::export') && (
        <LinkButton href={`/admin/customers/export?${visit.query}`} look="quiet">
          Export CSV
        </LinkButton>
      )}
    </>
  );
}

/** No index knows some filters: a page looks through some thousands of customers, and goes on where one wishes. */
function Looked({ visit, looked, next }: { visit: Visit; looked: number; next?: string | undefined }) {
  const query = new URLSearchParams(visit.query);
  query.delete('before');
  if (next !== undefined) query.set('after', next);
  return (
    <Notice kind="note">
      {looked.toLocaleString('en')} customers were looked through for this page.{' '}
      {next !== undefined && <a href={`${visit.path}?${query}`}>Look further</a>}
    </Notice>
  );
}
