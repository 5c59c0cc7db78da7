import { type Executor, raw, type Sql, sql } from '../../../framework/index.ts';
import { compareCodePoints } from '../../../scim/index.ts';
import type { Plan } from '../plan.ts';
import type { SortKey } from '../sort.ts';
import type { Place, State } from './driver.ts';
import { asText, type Budget, breathe, joined, readChunk, settlingCosts, spend } from './reader.ts';

/** Which part of a sorted list is wanted. */
export interface Part {
  /** Behind this place; from the beginning without it. */
  readonly place?: Place | undefined;
  /** Reads from the end to the beginning. */
  readonly backwards: boolean;
  readonly want: number;
}

export interface SortedPart {
  /** In the order of reading, at most as many as are wanted. */
  readonly places: readonly Place[];
  /** How many there are behind the place. */
  readonly matched: number;
}

const chunkSize = 2_000;

/**
 * Those for whom the filter holds, in the order of a value that no index has. The database sorts a chunk of candidates at a
 * time and answers the first of each; here is never more than a page of them, and others get their turn in between.
 */
export async function readSorted(db: Executor, plan: Plan, part: Part, budget: Budget): Promise<SortedPart> {
  const { source, sort, driver, condition } = plan;
  if (!sort) throw new Error('a plan without a sort key was to be sorted');
  const targets = [...new Set([...sort.targets, ...(condition?.targets ?? [])])];
  const stale = targets.length > 0 ? source.settling?.stale(targets) : undefined;
  const asksStale = stale && { condition: stale.condition, needs: new Set(stale.needs), targets: new Set<string>() };
  const sorting = sortingOf(plan, part);
  let places: Place[] = [];
  let matched = 0;
  for (let at: State | undefined = driver.start; at; ) {
    const chunk = await readChunk(db, { source, condition: asksStale }, driver, at, chunkSize, budget);
    if (asksStale && chunk.hits.length > 0) {
      spend(budget, chunk.hits.length * settlingCosts);
      await source.settling?.settle(chunk.hits.map(({ id }) => id));
    }
    const rows = await db.all<Sorted>(sortedChunk(plan, sort, driver.statement(at, chunkSize), part, sorting));
    matched += rows[0]?.matched ?? 0;
    const merged = [...places, ...rows.map(({ id, v }) => ({ id, v: asText(v) }))];
    places = merged.sort(sorting.compare).slice(0, part.want);
    at = chunk.next;
    if (at) await breathe();
  }
  return { places, matched };
}

interface Sorted {
  id: number;
  v: string | number | Buffer | null;
  matched: number;
}

interface Sorting {
  readonly values: 'ASC' | 'DESC';
  readonly ties: 'ASC' | 'DESC';
  readonly nullsLast: boolean;
  compare(left: Place, right: Place): number;
}

/** Missing values last when ascending, first when descending; ties by key; all of it turned round when read backwards. */
function sortingOf({ descending }: Plan, { backwards }: Part): Sorting {
  const turn = backwards ? -1 : 1;
  return {
    values: descending === backwards ? 'ASC' : 'DESC',
    ties: backwards ? 'DESC' : 'ASC',
    nullsLast: descending === backwards,
    compare(left, right) {
      const order = compareValues(left.v ?? null, right.v ?? null);
      return turn * ((descending ? -order : order) || left.id - right.id);
    },
  };
}

/** Missing values come last; texts compare by code points. */
export function compareValues(left: string | number | null, right: string | number | null): number {
  if (left === null || right === null) return Number(left === null) - Number(right === null);
  return typeof left === 'number' && typeof right === 'number'
    ? left - right
    : compareCodePoints(String(left), String(right));
}

const words = { ASC: raw('ASC'), DESC: raw('DESC') };
const beyond = { ASC: raw('>'), DESC: raw('<') };

function sortedChunk(
  { source, condition }: Plan,
  sort: SortKey,
  candidates: Sql,
  { place, want }: Part,
  sorting: Sorting,
): Sql {
  const needs = new Set([...sort.needs, ...(condition?.needs ?? [])]);
  const holds = condition ? sql`${source.scope} AND ${condition.condition}` : source.scope;
  const chunk = sql`SELECT k.id AS id, ${sort.value} AS v FROM (${candidates}) k ${joined(source, needs)} WHERE ${holds}`;
  const { values, ties, nullsLast } = sorting;
  const where = place ? sql` WHERE ${behind(place, sorting)}` : sql``;
  return sql`SELECT s.id AS id, s.v AS v, COUNT(*) OVER () AS matched FROM (${chunk}) s${where} ORDER BY s.v IS NULL ${words[nullsLast ? 'ASC' : 'DESC']}, s.v ${words[values]}, s.id ${words[ties]} LIMIT ${Math.max(1, want)}`;
}

function behind({ id, v }: Place, { values, ties, nullsLast }: Sorting): Sql {
  const tied = sql`s.id ${beyond[ties]} ${id}`;
  if (v === null || v === undefined)
    return nullsLast ? sql`s.v IS NULL AND ${tied}` : sql`(s.v IS NOT NULL OR ${tied})`;
  const further = sql`s.v ${beyond[values]} ${v} OR (s.v = ${v} AND ${tied})`;
  return nullsLast ? sql`(${further} OR s.v IS NULL)` : sql`(${further})`;
}
