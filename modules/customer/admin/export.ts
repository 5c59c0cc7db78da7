import { download, type GridState, gridState, page } from '../../admin/index.ts';
import { Clock, csvCell, Database, type Executor, sqlTimestamp } from '../../framework/index.ts';
import { Websites } from '../../store/index.ts';
import { CustomerGroups } from '../group.ts';
import { type GridNames, nameOf } from './columns.tsx';
import { allowedOf, type CustomerColumn, CustomerColumns } from './extension-points.ts';
import { namesFor } from './names.ts';
import { type CustomerRow, customerSorts } from './rows.ts';
import { customerFilters, findCustomers, marksOf, standingOf, standings } from './search.ts';

const atOnce = 500;

type Cell = string | number | null | undefined;
interface Field {
  readonly key: string;
  readonly label: string;
  /** Not in the file until it is chosen as a column of the grid. */
  readonly optional?: boolean;
  readonly of: (row: CustomerRow) => Cell;
}

/** The grid's columns as texts. */
const fieldsOf = ({ groups, websites }: GridNames, now: string): readonly Field[] => [
  { key: 'id', label: 'ID', of: ({ id }) => id },
  { key: 'name', label: 'Name', of: nameOf },
  { key: 'email', label: 'Email', of: ({ email }) => email },
  { key: 'group', label: 'Group', of: ({ group_id }) => groups[group_id] ?? group_id },
  { key: 'website', label: 'Web Site', of: ({ website_id }) => websites[String(website_id)] ?? website_id },
  { key: 'since', label: 'Customer Since', of: ({ created_at }) => `${created_at.replace(' ', 'T')}Z` },
  { key: 'state', label: 'State', of: (row) => standings[standingOf(row, now)] },
  { key: 'firstname', label: 'First Name', optional: true, of: ({ firstname }) => firstname },
  { key: 'lastname', label: 'Last Name', optional: true, of: ({ lastname }) => lastname },
  { key: 'telephone', label: 'Phone', optional: true, of: ({ telephone }) => telephone },
  { key: 'postcode', label: 'ZIP', optional: true, of: ({ postcode }) => postcode },
  { key: 'country', label: 'Country', optional: true, of: ({ country }) => country },
  { key: 'region', label: 'State/Province', optional: true, of: ({ region }) => region },
  { key: 'taxvat', label: 'Tax VAT Number', optional: true, of: ({ taxvat }) => taxvat },
];

const line = (cells: readonly Cell[]): string => `${cells.map((cell) => csvCell(cell ?? '')).join(',')}\r\n`;

interface Asked {
  readonly state: GridState;
  readonly columns: readonly CustomerColumn[];
  readonly names: GridNames;
  readonly now: string;
}

/** Everything that the filters find, in the columns that the grid shows, a few hundred customers at a time. */
async function* csv(db: Executor, { state: asked, columns, names, now }: Asked): AsyncGenerator<string> {
  const isShown = ({ key, optional = false }: { key: string; optional?: boolean }) =>
    asked.columns?.has(key) ?? !optional;
  const fields = fieldsOf(names, now).filter(isShown);
  const brought = columns.filter(isShown);
  yield line([...fields, ...brought].map(({ label }) => label));
  let state: GridState = { ...asked, size: atOnce, after: undefined, before: undefined };
  for (;;) {
    const { rows, place, marks: known } = await findCustomers(db, state, columns, now);
    const marks = await marksOf(db, brought, rows, known);
    yield rows
      .map((row) =>
        line([...fields.map(({ of }) => of(row)), ...brought.map(({ key }) => marks.get(key)?.get(row.id)?.label)]),
      )
      .join('');
    if (place.next === undefined) return;
    state = { ...state, after: gridState(new URLSearchParams({ after: place.next }), { sorts: customerSorts }).after };
  }
}

/** The grid as a file. It is read while it is sent, so it may be of any length. */
export const customersExport = page('/admin/customers/export', {
  acl: 'customer::export',
  inject: {
    database: Database,
    clock: Clock,
    columns: CustomerColumns,
    groups: CustomerGroups,
    websites: Websites,
  },
  async view(visit, { database, clock, columns, ...room }) {
    const brought = [...allowedOf(columns, visit)].sort((a, b) => a.sortOrder - b.sortOrder);
    const filters = [...customerFilters, ...brought.map(({ key }) => key)];
    const state = gridState(visit.query, { filters, sorts: customerSorts, order: 'desc' });
    const now = clock.now();
    const name = `customers-${now.toISOString().slice(0, 10)}.csv`;
    const asked = { state, columns: brought, names: await namesFor(database, room), now: sqlTimestamp(now) };
    return download(name, 'text/csv; charset=utf-8', csv(database, asked));
  },
});
