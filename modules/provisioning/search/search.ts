import type { ConfigReader, Database, Encryptor, Executor } from '../../framework/index.ts';
import type { ListQuery } from '../../scim/index.ts';
import { mergedListOf, withTies } from './merged-list.ts';
import { makeCursors, type Position } from './paging/cursor.ts';
import { cursorPage } from './paging/cursor-page.ts';
import { keyDriver, type State } from './paging/driver.ts';
import { indexPage } from './paging/index-page.ts';
import { mergedCursorPage, mergedIndexPage } from './paging/merged-page.ts';
import type { Beside } from './paging/part.ts';
import { type Budget, breathe, readChunk } from './paging/reader.ts';
import { SearchMemory } from './paging/totals.ts';
import { type Plan, planOf, questionOf } from './plan.ts';
import type { searchSettings } from './settings.ts';
import type { SearchSource } from './source.ts';

/** A page: keys in their order; the caller reads and renders them. */
export interface FoundPage {
  readonly keys: readonly number[];
  /** Which of them stand beside the source, where there is something beside it. */
  readonly beside?: ReadonlySet<number>;
  /** Missing only where a cursor was asked for and counting is dear. */
  readonly totalResults?: number;
  readonly nextCursor?: string;
  readonly previousCursor?: string;
  /** On a page by cursor: one that goes on behind this key of the page. */
  behind?(key: number): string | undefined;
}

/** Filters, sorts and pages resources of any type. One per host: remembers totals and positions of walks. */
export interface Search {
  /**
   * With `beside`, what stands there is listed among the source's, in the same order.
   * @throws ScimError invalidFilter, tooMany, invalidCursor, expiredCursor, invalidCount
   */
  page(database: Database, source: SearchSource, query: ListQuery, now: Date, beside?: Beside): Promise<FoundPage>;
  /** To be called after a commit that created, changed or removed a resource of the connection: totals are counted anew. */
  changed(connectionId: number): void;
}

export interface SearchParts {
  readonly encryptor: Encryptor;
  readonly config: ConfigReader<(typeof searchSettings)['fields']>;
}

/** More candidates than this are settled at most twice a minute before an index is read. */
const manyToSettle = 20_000;
const chunkSize = 2_000;

export function makeSearch({ encryptor, config }: SearchParts): Search {
  const memory = new SearchMemory();
  const cursors = makeCursors(encryptor);

  /** Brings everybody up to date as to what an index is about to be asked for, as far as the budget goes. */
  async function settleFirst(db: Executor, { source, settlesFirst }: Plan, budget: Budget): Promise<void> {
    const stale = settlesFirst.length > 0 ? source.settling?.stale(settlesFirst) : undefined;
    const about = `${source.connectionId}|${source.type}|${settlesFirst.join()}`;
    if (!stale || memory.settled.get(about)) return;
    const driver = keyDriver(source, undefined, 'ASC');
    const plan = {
      source,
      condition: { condition: stale.condition, needs: new Set(stale.needs), targets: new Set<string>() },
      sort: undefined,
    } as const;
    let looked = 0;
    for (let at: State | undefined = driver.start; at && budget.left > 0; looked += chunkSize) {
      const chunk = await readChunk(db, plan, driver, at, chunkSize, budget);
      if (chunk.hits.length > 0) await source.settling?.settle(chunk.hits.map(({ id }) => id));
      at = chunk.next;
      if (at) await breathe();
    }
    if (looked > manyToSettle) memory.settled.set(about, true);
  }

  return {
    async page(db, given, query, now, beside) {
      const source = beside ? withTies(given) : given;
      const question = { connectionId: source.connectionId, type: source.type, count: query.count };
      const plan = await planOf(db, source, query);
      const text = plan?.question ?? (beside ? questionOf(query) : '');
      const position =
        query.cursor === undefined || query.cursor === ''
          ? undefined
          : cursors.read(query.cursor, { ...question, text }, now);
      const rows = await config.get('budget');
      if (plan) await settleFirst(db, plan, { left: rows });
      const write = (at: Position) => cursors.write({ ...question, text }, at, now);
      if (beside) {
        const list = mergedListOf(db, source, query, plan, beside, memory, rows);
        return query.cursor !== undefined && query.count > 0
          ? mergedCursorPage(list, { count: query.count, position }, write)
          : mergedIndexPage(list, query);
      }
      if (!plan) return { keys: [], totalResults: 0 };
      const budget = { left: rows };
      if (query.cursor !== undefined && query.count > 0)
        return cursorPage(db, plan, { count: query.count, position }, memory, budget, write);
      return indexPage(db, plan, query, memory, budget);
    },
    changed: (connectionId) => memory.changed(connectionId),
  };
}
