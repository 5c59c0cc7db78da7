import type { Exchange } from './exchange.ts';
import { fittingSearches } from './search/fitting.ts';
import { mergedPageByCursor } from './search/merged-by-cursor.ts';
import { mergedPageByIndex } from './search/merged-by-index.ts';
import { pageByCursor, pageByIndex } from './search/one-by-one.ts';

/**
 * `/.search` at the root (RFC 7644 §3.4.3): one list over all resource types, in one order where it is sorted, else type
 * after type.
 */
export async function searchEverything<C>(exchange: Exchange<C>): Promise<void> {
  const searches = fittingSearches(exchange);
  const byCursor = searches[0]?.query.cursor !== undefined;
  const isSorted = searches.length > 1 && searches.some(({ query }) => query.sortBy !== undefined);
  const byIndex = isSorted ? mergedPageByIndex : pageByIndex;
  const page = byCursor ? (isSorted ? mergedPageByCursor : pageByCursor) : byIndex;
  exchange.answer = { status: 200, body: await page(exchange, searches) };
}
