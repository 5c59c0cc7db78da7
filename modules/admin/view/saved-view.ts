import { type Executor, sql } from '../../framework/index.ts';
import type { Visit } from '../kit/visit.ts';

/** What a grid's address says, kept under a name by one administrator. */
export interface SavedView {
  readonly id: number;
  /** Empty: how the grid opens. */
  readonly name: string;
  readonly query: string;
}

/** A grid has no more of them for one administrator. */
export const mostViews = 20;
const longest = { name: 60, query: 4_000, grid: 120 };

/** Parameters that say where somebody is, and not what they look at. */
const places = ['after', 'before', 'view'];

/** An address's query without the place in it. */
export function viewQuery(query: URLSearchParams): string {
  const kept = new URLSearchParams(query);
  for (const name of places) kept.delete(name);
  return kept.toString();
}

/** The views of an administrator for a grid, by name. */
export const savedViews = (db: Executor, administratorId: number, grid: string): Promise<SavedView[]> =>
  db.all<SavedView>(sql`
    SELECT view_id AS id, name, query FROM {vestibule_admin_view}
    WHERE user_id = ${administratorId} AND grid = ${grid} ORDER BY name LIMIT ${mostViews + 1}`);

/** What a page with a grid needs: its views, and where it opens, if it is opened without saying how. */
export async function gridViews(
  visit: Visit,
): Promise<{ readonly views: readonly SavedView[]; readonly opens: `/${string}` | undefined }> {
  if (!visit.signedIn) return { views: [], opens: undefined };
  const views = await savedViews(visit.database, visit.signedIn.id, visit.path);
  const opening = visit.query.size === 0 ? views.find(({ name, query }) => name === '' && query !== '') : undefined;
  return { views, opens: opening && (`${visit.path}?${opening.query}` as `/${string}`) };
}

export type KeptView = 'kept' | 'too many' | 'too long';

/** Keeps a view; one of the same name gives way. */
export async function keepView(
  db: Executor,
  administratorId: number,
  { grid, name, query }: { readonly grid: string; readonly name: string; readonly query: string },
): Promise<KeptView> {
  if (name.length > longest.name || query.length > longest.query || grid.length > longest.grid) return 'too long';
  const known = await savedViews(db, administratorId, grid);
  if (known.length >= mostViews && !known.some((view) => view.name === name)) return 'too many';
  const tail = db.dialect.onDuplicate(['user_id', 'grid', 'name'], ['query']);
  await db.run(sql`INSERT INTO {vestibule_admin_view} (user_id, grid, name, query)
    VALUES (${administratorId}, ${grid}, ${name}, ${query}) ${tail}`);
  return 'kept';
}

/** Takes a view away; only the administrator's own. */
export async function dropView(db: Executor, administratorId: number, id: number): Promise<void> {
  await db.run(sql`DELETE FROM {vestibule_admin_view} WHERE view_id = ${id} AND user_id = ${administratorId}`);
}
