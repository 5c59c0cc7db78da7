import { type Executor, remembering } from '../framework/index.ts';
import type { RecentFilter, StoredActivity } from './activity.ts';
import { storedActivity } from './entry/decode.ts';
import { allKinds } from './search/kind.ts';
import { createNames } from './search/names.ts';
import { newest } from './search/newest.ts';
import { top } from './search/place.ts';
import { type Question, questionOf } from './search/question.ts';

/** Ids need no names; and whoever names customers may itself record. */
const nobody = createNames([], []);

/** The same question, with what belongs to no connection among the answers: no statement more than without. */
async function withStrangers(db: Executor, question: Question, operations: readonly string[]): Promise<Question> {
  const wanted = (await allKinds(db)).filter(
    ({ connection_id, operation }) => !connection_id && operations.includes(operation),
  );
  const ids = new Set(wanted.map(({ kind_id }) => kind_id));
  return {
    ...question,
    ranges: [...question.ranges, ...wanted.map(({ kind_id }) => ({ column: 'kind_id', value: kind_id }) as const)],
    unfit: new Set([...question.unfit].filter((id) => !ids.has(id))),
    accepts: (entry) =>
      question.accepts(entry) || (entry.connection === undefined && operations.includes(entry.operation)),
  };
}

/** The newest entries of a customer and a connection, if given. */
export async function recentActivities(
  database: Executor,
  { connectionId, customerId, limit = 100, strangers }: RecentFilter,
): Promise<StoredActivity[]> {
  const db = remembering(database);
  const size = Math.min(Math.max(1, limit), 1_000);
  const own = await questionOf(db, nobody, { connectionId, customerId });
  const question = strangers === undefined ? own : await withStrangers(db, own, strangers);
  const stored: StoredActivity[] = [];
  for await (const { id, entry } of newest(db, question, top, size, size)) stored.push(storedActivity(id, entry));
  return stored;
}
