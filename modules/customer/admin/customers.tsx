import { Empty, Grid, gridState, gridViews, Looked, page, redirect, screen } from '../../admin/index.ts';
import { Clock, Database, sqlTimestamp } from '../../framework/index.ts';
import { Websites } from '../../store/index.ts';
import { CustomerGroups } from '../group.ts';
import { customerColumns, customerFilterFields } from './columns.tsx';
import { allowedOf, CustomerColumns, type CustomerMassAction, CustomerMassActions } from './extension-points.ts';
import { namesFor } from './names.ts';
import { customerSorts } from './rows.ts';
import { customerFilters, findCustomers, marksOf } from './search.ts';
import { picking, Toolbar } from './toolbar.tsx';

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
    const names = await namesFor(database, room);
    const choices = await Promise.all(
      brought.map(async ({ key, label, options }) => ({ key, label, options: await options?.(database) })),
    );
    const place = ({ sortOrder = 20 }: CustomerMassAction) => sortOrder;
    const mass = [...allowedOf(room.massActions, visit)].sort((a, b) => place(a) - place(b));
    const columns = customerColumns(names, brought, marks, now);
    return screen({
      title: 'Customers',
      body: (
        <>
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
            note={
              found.looked !== undefined && <Looked looked={found.looked} what="customers" next={found.place.next} />
            }
            empty={
              <Empty title="The store has no customers yet" icon="people">
                They appear here as they register, as identity providers send them, or as you import them.
              </Empty>
            }
            toolbar={<Toolbar visit={visit} mass={mass} />}
          />
        </>
      ),
    });
  },
});
