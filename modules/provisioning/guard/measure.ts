import type { Connection } from '../../connection/index.ts';
import { constant, type Executor, sql, sqlTimestampMs } from '../../framework/index.ts';
import { enoughActive } from './limit.ts';
import { windowStart } from './sight.ts';

/** The window, looked at closely: who is still without what it lost, and how many were active when the window began. */
export interface Measure {
  /** Customers who lost something and have not got it back. */
  readonly standing: ReadonlySet<number>;
  /** Events that mean nothing any more: moved to another group, activated again. */
  readonly undone: readonly number[];
  /** Active customers at the beginning of the window; counted no further than the limit depends on it. */
  readonly active: number;
}

/** Events are looked at no further than this beyond what could pass: those that mean nothing any more are forgotten then. */
const moreEvents = 10_000;

/** Tells the row of the count from those of events. */
const countOfActive = -1;

/** No membership that counts: member rows of another generation than their group's wait to be removed. */
export const inNoGroup = (customer: 'e' | 'c') =>
  customer === 'e'
    ? sql`NOT EXISTS (SELECT 1 FROM {vestibule_group_member} gm JOIN {vestibule_group} gg ON gg.group_id = gm.group_id AND gg.generation = gm.generation WHERE gm.customer_id = e.customer_id)`
    : sql`NOT EXISTS (SELECT 1 FROM {vestibule_group_member} gm JOIN {vestibule_group} gg ON gg.group_id = gm.group_id AND gg.generation = gm.generation WHERE gm.customer_id = c.entity_id)`;

/** How many are active, and then the events: one statement, so that nobody is deactivated between the two. */
const readWindow = constant(
  (connectionId: number, most: number, since: string, mostEvents: number) =>
    sql`SELECT 0 AS event_id, COUNT(*) AS customer_id, ${countOfActive} AS lost FROM (SELECT u.customer_id FROM {vestibule_user} u JOIN {customer_entity} c ON c.entity_id = u.customer_id WHERE u.connection_id = ${connectionId} AND u.is_deleted = 0 AND c.is_active = 1 LIMIT ${most}) a UNION ALL SELECT w.event_id, w.customer_id, w.lost FROM (SELECT e.event_id, e.customer_id, CASE WHEN u.customer_id IS NULL OR u.is_deleted = 1 OR c.is_active = 0 THEN 2 WHEN e.kind = 'leave' AND ${inNoGroup('e')} THEN 1 ELSE 0 END AS lost FROM {vestibule_guard_event} e LEFT JOIN {vestibule_user} u ON u.customer_id = e.customer_id LEFT JOIN {customer_entity} c ON c.entity_id = e.customer_id WHERE e.connection_id = ${connectionId} AND e.counts = 1 AND e.at > ${since} LIMIT ${mostEvents}) w`,
);

/** One statement, over the events of the window and as many active customers as the limit depends on. */
export async function measure(db: Executor, { id, policy }: Connection, now: Date): Promise<Measure> {
  const read = await db.all<{ event_id: number; customer_id: number; lost: number }>(
    readWindow(id, enoughActive(policy), sqlTimestampMs(windowStart(now)), policy.guardMost + moreEvents),
  );
  const active = read.find(({ lost }) => Number(lost) === countOfActive)?.customer_id ?? 0;
  const rows = read.filter(({ lost }) => Number(lost) !== countOfActive);
  const lost = rows.filter((event) => Number(event.lost) > 0);
  const gone = new Set(lost.filter((event) => Number(event.lost) === 2).map((event) => Number(event.customer_id)));
  return {
    standing: new Set(lost.map((event) => Number(event.customer_id))),
    undone: rows.filter((event) => Number(event.lost) === 0).map((event) => Number(event.event_id)),
    active: Number(active) + gone.size,
  };
}
