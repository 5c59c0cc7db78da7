import { type Executor, type ExtensionPoint, extensionPoint } from '../../framework/index.ts';
import type { ReportedActivity } from '../report.ts';

/** Where the pages are that a record leads to; the rooms that own them, or know those that do, contribute it. */
export interface RecordLinks {
  /** Shown to those who may see these pages. */
  readonly acl: string;
  customer?(customerId: number): string;
  application?(code: string): string;
}
export const RecordLinks: ExtensionPoint<RecordLinks> = extensionPoint<RecordLinks>('activity.RecordLinks');

/** Says what to do about refusals and failures. */
export interface Cures {
  /** One sentence or none for each of these, in their order; one statement at most however many there are. */
  of(db: Executor, items: readonly ReportedActivity[]): Promise<readonly (string | undefined)[]>;
}
export const Cures: ExtensionPoint<Cures> = extensionPoint<Cures>('activity.Cures');

/** The first cure that anybody knows for each of these. */
export async function curesOf(
  cures: readonly Cures[],
  db: Executor,
  items: readonly ReportedActivity[],
): Promise<readonly (string | undefined)[]> {
  const known = await Promise.all(cures.map((source) => source.of(db, items)));
  return items.map((_, at) => known.map((list) => list[at]).find((text) => text !== undefined));
}
