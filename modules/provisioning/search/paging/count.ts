import { type Executor, sql } from '../../../framework/index.ts';
import type { Plan } from '../plan.ts';
import type { State } from './driver.ts';
import type { Counted, SearchMemory } from './totals.ts';

/** What a total is remembered under. */
export const totalOf = ({ source, filter }: Plan): string => `${source.connectionId}|${source.type}|${filter}`;

/** Everybody in scope, or those behind a place in the order, whatever a filter says. */
export async function countLeft(db: Executor, { source, driver }: Plan, state?: State): Promise<number> {
  const whom = state ? driver.remaining(state) : sql`FROM ${source.from} WHERE ${source.scope}`;
  const counted = await db.first<{ n: number }>(sql`SELECT COUNT(*) AS n ${whom}`);
  return Number(counted?.n ?? 0);
}

/** Everybody in scope, as counted in the last seconds. */
export async function countEverybody(db: Executor, plan: Plan, memory: SearchMemory): Promise<Counted> {
  const { connectionId } = plan.source;
  const known = memory.total(connectionId, totalOf(plan));
  if (known) return known;
  const [epoch, at] = [memory.epoch(connectionId), performance.now()];
  const counted = { total: await countLeft(db, plan), epoch, at };
  memory.keep(totalOf(plan), counted);
  return counted;
}
