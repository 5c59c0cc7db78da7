import { type Executor, sql, type Transaction } from '../../framework/index.ts';
import type { StoredActivity } from '../activity.ts';
import { type DecodedEntry, decodeEntry, storedActivity } from '../entry/decode.ts';

const length = 86_400_000;
/** The newest records that come along. */
const fewNewest = 20;

/** Days since 1970, UTC. */
export const dayOf = (ms: number): number => Math.floor(ms / length);

/** Adds records that are being sealed to their days: two statements for each kind and day, which are few. */
export function countDays(
  tx: Transaction,
  entries: readonly DecodedEntry[],
  kindOf: (entry: DecodedEntry) => number | undefined,
): void {
  const counts = new Map<string, { day: number; kind: number; records: number }>();
  for (const entry of entries) {
    const [day, kind] = [dayOf(entry.at), kindOf(entry) ?? 0];
    const known = counts.get(`${day} ${kind}`) ?? { day, kind, records: 0 };
    counts.set(`${day} ${kind}`, { ...known, records: known.records + 1 });
  }
  for (const { day, kind, records } of counts.values()) {
    tx.later(
      sql`${tx.dialect.insertIgnoreInto} {vestibule_activity_day} (day, kind_id, records) VALUES (${day}, ${kind}, 0)`,
    );
    tx.later(
      sql`UPDATE {vestibule_activity_day} SET records = records + ${records} WHERE day = ${day} AND kind_id = ${kind}`,
    );
  }
}

export interface DayCount {
  /** `2026-11-22`, UTC. */
  readonly day: string;
  readonly good: number;
  /** Refused or failed. */
  readonly bad: number;
}

interface Row {
  /** Null in the rows of the newest records. */
  readonly day: number | null;
  readonly outcome: string | null;
  readonly records: number | null;
  readonly activity_id: number | null;
  readonly entry: string | null;
}

/**
 * Sealed records of each of the last days, the oldest first, days without any with zeros; and the newest sealed records,
 * a few, which the same statement brings.
 */
export async function lastDays(
  db: Executor,
  now: Date,
  days: number,
): Promise<{ readonly counts: readonly DayCount[]; readonly newest: readonly StoredActivity[] }> {
  const last = dayOf(now.getTime());
  const rows = await db.all<Row>(sql`
    SELECT d.day, k.outcome, CAST(SUM(d.records) AS SIGNED) AS records, NULL AS activity_id, NULL AS entry
    FROM {vestibule_activity_day} d JOIN {vestibule_activity_kind} k ON k.kind_id = d.kind_id
    WHERE d.day > ${last - days} AND d.day <= ${last} GROUP BY d.day, k.outcome
    UNION ALL SELECT NULL, NULL, NULL, r.activity_id, r.entry FROM (
      SELECT activity_id, entry FROM {vestibule_activity_record} ORDER BY seal_id DESC, activity_id DESC LIMIT ${fewNewest}) r`);
  const found = rows
    .filter(({ entry }) => entry !== null)
    .sort((a, b) => Number(b.activity_id) - Number(a.activity_id));
  const counts = Array.from({ length: days }, (_, i) => {
    const day = last - days + 1 + i;
    const of = rows.filter((row) => row.day !== null && Number(row.day) === day);
    const sum = (bad: boolean) =>
      of
        .filter(({ outcome }) => ['refused', 'failed'].includes(outcome ?? '') === bad)
        .reduce((n, row) => n + Number(row.records), 0);
    return { day: new Date(day * length).toISOString().slice(0, 10), good: sum(false), bad: sum(true) };
  });
  return {
    counts,
    newest: found.map(({ activity_id, entry }) => storedActivity(Number(activity_id), decodeEntry(String(entry)))),
  };
}
