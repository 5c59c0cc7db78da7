import type { ComponentChildren } from 'preact';
import type { SavedView } from '../view/saved-view.ts';
import { usePage } from './context.ts';
import { Empty } from './empty.tsx';
import { type GridFilter, GridFilters } from './grid-filters.tsx';
import { type GridPlace, type GridState, gridHref } from './grid-state.ts';

export interface GridColumn<R> {
  readonly key: string;
  readonly label: string;
  readonly cell: (row: R) => ComponentChildren;
  readonly sortable?: boolean;
  /** Not shown until it is chosen. */
  readonly optional?: boolean;
  readonly align?: 'end';
}

export interface GridProps<R> {
  /** Unique on the page. */
  readonly id: string;
  /** What the rows are, for screen readers: "Administrators". */
  readonly label: string;
  readonly columns: readonly GridColumn<R>[];
  readonly rows: readonly R[];
  readonly rowKey: (row: R) => string | number;
  readonly state: GridState;
  readonly place?: GridPlace;
  readonly filters?: readonly GridFilter[];
  /** All rows that the filters leave, where that is known cheaply. */
  readonly total?: number | undefined;
  /** Links and buttons of one row, in the last column. */
  readonly actions?: (row: R) => ComponentChildren;
  /** Shown in place of rows where there are none at all (not merely none that match). */
  readonly empty?: ComponentChildren;
  /** The administrator's own views of it, by `gridViews`; without them nothing is offered to be kept. */
  readonly views?: readonly SavedView[] | undefined;
  /** Buttons above the rows, such as an export. */
  readonly toolbar?: ComponentChildren;
  /** Something about these rows: it is exchanged with them. */
  readonly note?: ComponentChildren;
}

/** A table of rows that are filtered, sorted and paged by their address; with scripts only the table is exchanged. */
export function Grid<R>(props: GridProps<R>) {
  const { id, label, rows, rowKey, state, filters = [], empty, toolbar, note, actions, total } = props;
  const { path, query } = usePage().visit;
  const columns = props.columns.filter(({ key, optional }) => state.columns?.has(key) ?? !optional);
  const filtered = Object.keys(state.filters).length > 0;
  if (rows.length === 0 && !filtered && !state.after && !state.before && empty) return <>{empty}</>;
  const partial = { 'hx-target': `#${id}`, 'hx-select': `#${id}`, 'hx-swap': 'outerHTML', 'hx-push-url': 'true' };
  return (
    <div id={id} class="grid">
      <GridFilters
        id={id}
        filters={filters}
        columns={props.columns}
        state={state}
        toolbar={toolbar}
        views={props.views}
        partial={partial}
      />
      {note}
      {rows.length === 0 ? (
        <Empty title={note ? 'Nothing among these' : 'Nothing matches these filters'} icon="search">
          <a href={props.views ? `${path}?view=none` : path}>Show everything</a>
        </Empty>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <section class="grid-scroll" tabIndex={0} aria-label={label}>
          <table>
            <thead>
              <tr>
                {columns.map((column) => (
                  <HeadCell
                    key={column.key}
                    column={column}
                    state={state}
                    partial={partial}
                    path={path}
                    query={query}
                  />
                ))}
                {actions && (
                  <th scope="col" class="end">
                    <span class="visually-hidden">Actions</span>
                  </th>
                )}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={rowKey(row)}>
                  {columns.map((column) => (
                    <td key={column.key} class={column.align} data-label={column.label}>
                      {column.cell(row)}
                    </td>
                  ))}
                  {actions && <td class="end row-actions">{actions(row)}</td>}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <GridFoot {...props.place} shown={rows.length} total={total} path={path} query={query} partial={partial} />
    </div>
  );
}

export type Partial = Readonly<Record<string, string>>;
interface Place {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly partial: Partial;
}

function HeadCell<R>({ column, state, partial, path, query }: Place & { column: GridColumn<R>; state: GridState }) {
  if (!column.sortable)
    return (
      <th scope="col" class={column.align}>
        {column.label}
      </th>
    );
  const current = state.sort === column.key;
  const order = current && state.order === 'asc' ? 'desc' : 'asc';
  const href = gridHref(path, query, { sort: column.key, order, after: null, before: null });
  const sorted = current ? (state.order === 'asc' ? 'ascending' : 'descending') : undefined;
  return (
    <th scope="col" class={column.align} aria-sort={sorted}>
      <a href={href} hx-get={href} {...partial}>
        {column.label}
        <span class="sort" aria-hidden="true">
          {current ? (state.order === 'asc' ? '↑' : '↓') : '↕'}
        </span>
      </a>
    </th>
  );
}

function GridFoot(props: GridPlace & Place & { shown: number; total: number | undefined }) {
  const { next, previous, shown, total, path, query, partial } = props;
  const link = (words: string, changes: Record<string, string | null>) => {
    const href = gridHref(path, query, changes);
    return (
      <a class="button plain" href={href} hx-get={href} {...partial}>
        {words}
      </a>
    );
  };
  if (shown === 0 && !previous) return null;
  return (
    <div class="grid-foot">
      <span class="muted">{total === undefined ? `${shown} shown` : `${shown} of ${total.toLocaleString('en')}`}</span>
      <nav aria-label="Pages of the table">
        {previous && link('← Previous', { before: previous, after: null })}
        {next && link('Next →', { after: next, before: null })}
      </nav>
    </div>
  );
}
