/** What a grid's address says: filters, order, place, columns. */
export interface GridState {
  /** Of the filters that the grid has, those that are set. */
  readonly filters: Readonly<Record<string, string>>;
  readonly sort: string;
  readonly order: 'asc' | 'desc';
  /** The key of the last row of the page before (or of the first one of the page behind); see {@link cursorOf}. */
  readonly after: readonly string[] | undefined;
  readonly before: readonly string[] | undefined;
  readonly size: number;
  /** Keys of the columns that are shown; undefined: those that are shown by default. */
  readonly columns: ReadonlySet<string> | undefined;
}

export interface GridOptions {
  readonly filters?: readonly string[];
  /** Columns that may be sorted by; the first one is taken where nothing else is asked for. */
  readonly sorts: readonly string[];
  readonly order?: 'asc' | 'desc';
  readonly sizes?: readonly number[];
}

export const gridSizes: readonly number[] = [20, 50, 100, 200];

/** Reads a grid's address. What is not known to the grid is ignored, so that its values are safe to work with. */
export function gridState(query: URLSearchParams, options: GridOptions): GridState {
  const { filters = [], sorts, order = 'asc', sizes = gridSizes } = options;
  const set = filters.map((name) => [name, query.get(name)?.trim() ?? ''] as const).filter(([, value]) => value !== '');
  const asked = query.get('order');
  const size = Number(query.get('size'));
  return {
    filters: Object.fromEntries(set),
    sort: sorts.find((sort) => sort === query.get('sort')) ?? sorts[0] ?? '',
    order: asked === 'asc' || asked === 'desc' ? asked : order,
    after: readCursor(query.get('after')),
    before: readCursor(query.get('before')),
    size: sizes.includes(size) ? size : (sizes[0] ?? 20),
    columns: query.has('column') ? new Set(query.getAll('column')) : undefined,
  };
}

/** The key of a row as it stands in an address: the value that is sorted by, then the id. */
export const cursorOf = (...key: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(key.map(String))).toString('base64url');

function readCursor(text: string | null): readonly string[] | undefined {
  if (text === null || text.length > 2_000) return undefined;
  try {
    const key: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    return Array.isArray(key) && key.every((part) => typeof part === 'string') ? key : undefined;
  } catch {
    return undefined;
  }
}

/** Where a grid's neighbours begin. */
export interface GridPlace {
  readonly next?: string | undefined;
  readonly previous?: string | undefined;
}

/**
 * Cuts a page out of what was read. Ask the database for `size + 1` rows behind `after` (or, walking backwards, before
 * `before`), hand them in in the order they were read, and get the page in its order with its neighbours' cursors.
 */
export function gridPage<R>(
  read: readonly R[],
  state: Pick<GridState, 'after' | 'before' | 'size'>,
  key: (row: R) => readonly (string | number)[],
): { rows: readonly R[]; place: GridPlace } {
  const more = read.length > state.size;
  const kept = read.slice(0, state.size);
  const rows = state.before ? kept.reverse() : kept;
  const [first, last] = [rows[0], rows.at(-1)];
  const hasNext = state.before ? true : more;
  const hasPrevious = state.before ? more : state.after !== undefined;
  return {
    rows,
    place: {
      next: hasNext && last !== undefined ? cursorOf(...key(last)) : undefined,
      previous: hasPrevious && first !== undefined ? cursorOf(...key(first)) : undefined,
    },
  };
}

/** The grid's address with changes; `null` takes a parameter out. */
export function gridHref(
  path: string,
  query: URLSearchParams,
  changes: Readonly<Record<string, string | null>>,
): string {
  const next = new URLSearchParams(query);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) next.delete(name);
    else next.set(name, value);
  }
  const text = next.toString();
  return text === '' ? path : `${path}?${text}`;
}
