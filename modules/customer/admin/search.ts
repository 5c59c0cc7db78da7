import { cursorOf, type GridPlace, type GridState } from '../../admin/index.ts';
import type { Executor } from '../../framework/index.ts';
import { ourLock } from '../lock-out.ts';
import type { CustomerColumn, CustomerMark } from './extension-points.ts';
import { byKeyword } from './keyword.ts';
import { type CustomerRow, type CustomerSort, customerRows, keyOf } from './rows.ts';

export const customerFilters = [
  'text',
  'id',
  'email',
  'lastname',
  'firstname',
  'group',
  'website',
  'from',
  'to',
  'state',
  'telephone',
  'postcode',
  'country',
] as const;

/** `active`; `deactivated` by the store or an identity provider; `locked` for a while by failed log-ins. */
export type CustomerStanding = 'active' | 'locked' | 'deactivated';
export const standings: Readonly<Record<CustomerStanding, string>> = {
  active: 'Active',
  locked: 'Locked',
  deactivated: 'Deactivated',
};

/** `now` as the database writes moments. */
export function standingOf(
  { is_active, lock_expires }: { is_active?: unknown; lock_expires?: unknown },
  now: string,
): CustomerStanding {
  if (is_active !== 1 || lock_expires === ourLock) return 'deactivated';
  return typeof lock_expires === 'string' && lock_expires > now ? 'locked' : 'active';
}

export type Marks = ReadonlyMap<string, ReadonlyMap<number, CustomerMark>>;

export interface FoundCustomers {
  readonly rows: readonly CustomerRow[];
  readonly place: GridPlace;
  /** What the columns that were filtered by say of these rows (and perhaps of others). */
  readonly marks: Marks;
  /** Customers that were looked through, where the filters left fewer of them than a page has. */
  readonly looked?: number | undefined;
}

/** Rows that are looked through at once for what no index knows; a page reads no more, however many customers there are. */
export const stretchLength = 1_000;

/** Reads a page of customers. Filters that no index answers are answered by looking through a stretch of rows. */
export async function findCustomers(
  db: Executor,
  state: GridState,
  columns: readonly CustomerColumn[],
  now: string,
): Promise<FoundCustomers> {
  const { filters, size, after, before, order } = state;
  // What a filter begins with is looked up in its own index, so the rows come in its order.
  const prefixed = (['email', 'lastname', 'firstname'] as const).find((name) => filters[name] !== undefined);
  const sort = prefixed ?? (state.sort as CustomerSort);
  const tests = testsOf(filters, prefixed, now);
  const asked = columns.filter(({ key }) => filters[key] !== undefined);
  const looks = tests.length > 0 || asked.length > 0;
  const limit = looks ? stretchLength : size + 1;
  const id = filters.id === undefined ? undefined : Number(filters.id) || 0;
  const ids = filters.text === undefined ? undefined : await byKeyword(db, filters.text);
  if (ids?.length === 0) return { rows: [], place: {}, marks: new Map() };
  const read = await customerRows(db, {
    sort,
    order,
    after,
    before,
    limit,
    id,
    ids,
    prefix: prefixed && filters[prefixed],
  });
  const marks = await marksOf(db, asked, read);
  const fitting = read.filter(
    (row) =>
      tests.every((test) => test(row)) &&
      asked.every(
        ({ key }) => (marks.get(key)?.get(row.id)?.value ?? '') === (filters[key] === '-' ? '' : filters[key]),
      ),
  );
  return { ...pageOf(fitting, read, { ...state, limit }, (row) => cursorOf(...keyOf(sort, row))), marks };
}

/** What the columns say of these rows; what is known already is not asked again. */
export async function marksOf(
  db: Executor,
  columns: readonly CustomerColumn[],
  rows: readonly CustomerRow[],
  known: Marks = new Map(),
): Promise<Marks> {
  const ids = rows.map(({ id }) => id);
  const marks = new Map(known);
  for (const column of columns.filter(({ key }) => !known.has(key)))
    marks.set(column.key, ids.length === 0 ? new Map() : await column.read(db, ids));
  return marks;
}

type Test = (row: CustomerRow) => boolean;

function testsOf(filters: GridState['filters'], prefixed: string | undefined, now: string): Test[] {
  const { state, group, website, from, to } = filters;
  const begins = (['lastname', 'firstname', 'telephone', 'postcode', 'country'] as const).filter(
    (name) => name !== prefixed && filters[name] !== undefined,
  );
  return [
    ...begins.map((name): Test => {
      const start = filters[name]?.toLowerCase() ?? '';
      return (row) => (row[name] ?? '').toLowerCase().startsWith(start);
    }),
    ...(state === undefined ? [] : [(row: CustomerRow) => standingOf(row, now) === state]),
    ...(group === undefined ? [] : [(row: CustomerRow) => String(row.group_id) === group]),
    ...(website === undefined ? [] : [(row: CustomerRow) => String(row.website_id) === website]),
    ...(from === undefined ? [] : [(row: CustomerRow) => row.created_at >= from]),
    ...(to === undefined ? [] : [(row: CustomerRow) => row.created_at.slice(0, 10) <= to]),
  ];
}

/** The page among what fits, with the way on: behind its last row, or behind the last that was looked at. */
function pageOf(
  fitting: readonly CustomerRow[],
  read: readonly CustomerRow[],
  { size, after, before, limit }: Pick<GridState, 'size' | 'after' | 'before'> & { readonly limit: number },
  cursor: (row: CustomerRow) => string,
): Omit<FoundCustomers, 'marks'> {
  const kept = fitting.slice(0, size);
  const further = fitting.length > size ? kept.at(-1) : read.length === limit ? read.at(-1) : undefined;
  const rows = before ? [...kept].reverse() : kept;
  const [first, last] = [rows[0], rows.at(-1)];
  const on = further && cursor(further);
  const next = before ? last && cursor(last) : on;
  const previous = before ? on : after && first && cursor(first);
  const looked = fitting.length <= size && read.length === limit ? read.length : undefined;
  return { rows, place: { next, previous }, looked };
}
