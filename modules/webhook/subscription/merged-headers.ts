import type { Executor } from '../../framework/index.ts';
import type { Webhooks } from '../webhook.ts';

/**
 * The whole set of headers after some were given a value and some were removed (null), for callers that do not know the
 * values of the others. Names are alike without regard to case.
 */
export async function mergedHeaders(
  webhooks: Webhooks,
  db: Executor,
  id: number,
  given: Readonly<Record<string, string | null>>,
): Promise<Readonly<Record<string, string>>> {
  const { headers } = await webhooks.secretsOf(db, id);
  const named = new Set(Object.keys(given).map((name) => name.trim().toLowerCase()));
  return {
    ...Object.fromEntries(Object.entries(headers).filter(([name]) => !named.has(name.toLowerCase()))),
    ...Object.fromEntries(Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== null)),
  };
}
