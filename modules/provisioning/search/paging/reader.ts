import { setImmediate } from 'node:timers/promises';
import { type Executor, idList, join, type Sql, sql } from '../../../framework/index.ts';
import { tooMany } from '../../../scim/index.ts';
import type { Plan } from '../plan.ts';
import type { SearchSource, Shown } from '../source.ts';
import type { Driver, Place, State } from './driver.ts';

/** Rows that one request may still look at. */
export interface Budget {
  left: number;
}

/** Somebody for whom the filter holds; `v` is its value in the order. */
export type Hit = Place;

/** What of a plan a chunk needs. */
export type Question = Pick<Plan, 'source' | 'condition'>;

export interface Chunk {
  readonly hits: readonly Hit[];
  /** The last candidate that was looked at. */
  readonly last?: Place;
  /** Where to go on; nothing is left without it. */
  readonly next?: State;
}

interface Row {
  id: number;
  v?: string | number | Buffer | null;
  hit?: number;
  stale?: number;
}

/** A settled user has cost its reading, its rendering and three writes. */
export const settlingCosts = 10;

export const asText = (v: Row['v']): string | number | null => (Buffer.isBuffer(v) ? v.toString('utf8') : (v ?? null));
const placeOf = ({ id, v }: Row): Place => (v === undefined ? { id } : { id, v: asText(v) });

/** Runs a statement of keys alone, together with what is shown of them where the source can. */
export async function readShown<R>(db: Executor, source: SearchSource, candidates: Sql, order: Sql): Promise<R[]> {
  const { shown, key, from } = source;
  if (!shown) return db.all<R>(candidates);
  const { columns, joins } = shown;
  return taken(
    db,
    shown,
    sql`SELECT k.id AS id, ${columns} FROM (${candidates}) k JOIN ${from} ON ${key} = k.id ${joins} ORDER BY ${order}`,
  );
}

async function taken<R>(db: Executor, shown: Shown, statement: Sql): Promise<R[]> {
  const rows = await db.all<Record<string, unknown>>(statement);
  shown.take(rows);
  return rows as R[];
}

/** The next of everybody, with what is shown of them where the source can. */
function readNext(db: Executor, { source }: Question, driver: Driver, state: State, limit: number): Promise<Row[]> {
  return source.shown && driver.shown
    ? taken(db, source.shown, driver.shown(source.shown, state, limit))
    : readShown(db, source, driver.statement(state, limit), driver.order);
}

/**
 * Looks at the next `limit` candidates: one statement. Those whose searchable form is out of date are brought up to date
 * and looked at again.
 *
 * @throws ScimError `tooMany` when the budget is used up
 */
export async function readChunk(
  db: Executor,
  plan: Question,
  driver: Driver,
  state: State,
  limit: number,
  budget: Budget,
): Promise<Chunk> {
  spend(budget, limit);
  const rows = (
    plan.condition || !driver.inScope
      ? await db.all<Row>(
          statement(plan, driver.statement(state, limit), {
            order: driver.order,
            valued: driver.valued,
            asksStale: true,
          }),
        )
      : await readNext(db, plan, driver, state, limit)
  ).map(plainRow);
  const { accepted, next } = driver.advance(state, rows.map(placeOf), limit);
  const kept = accepted === rows.length ? rows : rows.slice(0, accepted);
  budget.left += limit - kept.length;
  const hits = await settled(db, plan, kept, budget);
  const last = kept.at(-1);
  return { hits: hits.map(placeOf), ...(last ? { last: placeOf(last) } : {}), ...(next ? { next } : {}) };
}

const plainRow = (row: Row): Row => (Buffer.isBuffer(row.v) ? { ...row, v: asText(row.v) } : row);

export function spend(budget: Budget, rows: number): void {
  if (budget.left <= 0) throw exhausted();
  budget.left -= rows;
}

export const exhausted = () =>
  tooMany(
    'To answer this, more users or groups would have to be looked through than is allowed. Ask for userName, externalId, id or an e-mail address with eq, name a shorter time span of meta.lastModified, or walk the list by cursor without sortBy.',
  );

async function settled(db: Executor, plan: Question, rows: readonly Row[], budget: Budget): Promise<Row[]> {
  const found = rows.filter(({ hit }) => hit === undefined || hit === 1);
  const stale = rows.filter(({ stale }) => stale === 1);
  if (stale.length === 0) return found;
  spend(budget, stale.length * settlingCosts);
  const keys = stale.map(({ id }) => id);
  await plan.source.settling?.settle(keys);
  const query = statement(plan, amongKeys(plan.source, keys), { order: sql`k.id`, valued: false, asksStale: false });
  const anew = new Map((await db.all<Row>(query)).map((row) => [row.id, row]));
  return rows.flatMap((row) => {
    const now = anew.get(row.id);
    if (now === undefined) return row.hit === 1 ? [row] : [];
    return now.hit === 1 ? [row] : [];
  });
}

/** Candidates that are known by their keys. */
function amongKeys({ key, from }: SearchSource, keys: readonly number[]): Sql {
  return sql`SELECT ${key} AS id FROM ${from} WHERE ${key} IN (${idList(keys)})`;
}

/** Inside a CASE SQLite stops at the first operand that decides; as a value it evaluates all of them. */
const flag = (condition: Sql): Sql => sql`CASE WHEN ${condition} THEN 1 ELSE 0 END`;

/** The source's table and the joins that are needed, for candidates `k`. */
export function joined({ key, from, joins }: SearchSource, needs: ReadonlySet<string>): Sql {
  const needed = Object.entries(joins).flatMap(([name, text]) => (needs.has(name) ? [text] : []));
  return sql`JOIN ${from} ON ${key} = k.id${needed.length === 0 ? sql`` : sql` ${join(needed, ' ')}`}`;
}

/** Each candidate with whether the filter holds for it, and whether it has to be settled first. */
function statement(
  { source, condition }: Question,
  candidates: Sql,
  { order, valued, asksStale }: { order: Sql; valued: boolean; asksStale: boolean },
): Sql {
  const targets = [...(condition?.targets ?? [])];
  const stale = asksStale && targets.length > 0 ? source.settling?.stale(targets) : undefined;
  const needs = new Set([...(condition?.needs ?? []), ...(stale?.needs ?? [])]);
  const holds = condition ? sql`${source.scope} AND ${condition.condition}` : source.scope;
  const value = valued ? sql`, k.v AS v` : sql``;
  const outdated = stale ? sql`, ${flag(sql`${source.scope} AND ${stale.condition}`)} AS stale` : sql``;
  return sql`SELECT k.id AS id${value}, ${flag(holds)} AS hit${outdated} FROM (${candidates}) k ${joined(source, needs)} ORDER BY ${order}`;
}

/** Lets others have the process between two chunks: SQLite answers at once. */
export const breathe = (): Promise<void> => setImmediate();
