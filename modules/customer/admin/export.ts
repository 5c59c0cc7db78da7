import { download, type GridState, gridState, page } from '../../admin/index.ts';
import { Clock, csvCell, Database, type Executor, sqlTimestamp } from '../../framework/index.ts';
import { nameOf } from './columns.tsx';
import { allowedOf, type CustomerColumn, CustomerColumns } from './extension-points.ts';
import { type CustomerRow, customerSorts } from './rows.ts';
import { customerFilters, findCustomers, marksOf, standingOf } from './search.ts';

const atOnce = 500;

const fields: Readonly<Record<string, (row: CustomerRow, now: string) => string | number | undefined>> = {
  ID: ({ id }) => id,
  Name: nameOf,
  Email: ({ email }) => email ?? '',
  'Group ID': ({ group_id }) => group_id,
  'Web Site ID': ({ website_id }) => website_id ?? '',
  'Customer Since': ({ created_at }) => `${created_at.replace(' ', 'T')}Z`,
  State: (row, now) => standingOf(row, now),
  Phone: ({ telephone }) => telephone ?? '',
  ZIP: ({ postcode }) => postcode ?? '',
  Country: ({ country }) => country ?? '',
  'State/Province': ({ region }) => region ?? '',
};

const line = (cells: readonly (string | number | undefined)[]): string => `${cells.map(csvCell).join(',')}\r\n`;

/** Everything that the filters find, a few hundred customers at a time. */
async function* csv(
  db: Executor,
  asked: GridState,
  columns: readonly CustomerColumn[],
  now: string,
): AsyncGenerator<string> {
  yield line([...Object.keys(fields), ...columns.map(({ label }) => label)]);
  let state: GridState = { ...asked, size: atOnce, after: undefined, before: undefined };
  for (;;) {
    const { rows, place, marks: known } = await findCustomers(db, state, columns, now);
    const marks = await marksOf(db, columns, rows, known);
    yield rows
      .map((row) =>
        line([
          ...Object.values(fields).map((field) => field(row, now)),
          ...columns.map(({ key }) => marks.get(key)?.get(row.id)?.label),
        ]),
      )
      .join('');
    if (place.next === undefined) return;
    state = { ...state, after: gridState(new URLSearchParams({ after: place.next }), { sorts: customerSorts }).after };
  }
}

/** The grid as a file. It is read while it is sent, so it may be of any length. */
export const customersExport = page('/admin/customers/export', {
  acl: 'customer::export',
  inject: { database: Database, clock: Clock, columns: CustomerColumns },
  view(visit, { database, clock, columns }) {
    const brought = allowedOf(columns, visit);
    const filters = [...customerFilters, ...brought.map(({ key }) => key)];
    const state = gridState(visit.query, { filters, sorts: customerSorts, order: 'desc' });
    const now = clock.now();
    const name = `customers-${now.toISOString().slice(0, 10)}.csv`;
    return download(name, 'text/csv; charset=utf-8', csv(database, state, brought, sqlTimestamp(now)));
  },
});
