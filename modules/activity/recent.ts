import type { Executor } from '../framework/index.ts';
import type { StoredActivity } from './activity.ts';
import { storedActivity } from './entry/decode.ts';
import { createNames } from './search/names.ts';
import { newest } from './search/newest.ts';
import { top } from './search/place.ts';
import { questionOf } from './search/question.ts';

/** Ids need no names; and whoever names customers may itself record. */
const nobody = createNames([], []);

/** The newest entries of a customer and a connection, if given. */
export async function recentActivities(
  db: Executor,
  { connectionId, customerId, limit = 100 }: { connectionId?: number; customerId?: number; limit?: number },
): Promise<StoredActivity[]> {
  const size = Math.min(Math.max(1, limit), 1_000);
  const question = await questionOf(db, nobody, { connectionId, customerId });
  const stored: StoredActivity[] = [];
  for await (const { id, entry } of newest(db, question, top, size, size)) stored.push(storedActivity(id, entry));
  return stored;
}
