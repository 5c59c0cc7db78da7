import { expect } from 'chai';
import fc from 'fast-check';
import {
  type AttributePath,
  compareCodePoints,
  evaluate,
  fold,
  isObject,
  type ListQuery,
  parseDateTime,
  printFilter,
  printPath,
  type Resource,
} from '../../../modules/scim/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { runs } from '../../setup/runs.ts';
import { filtersOf, pathsOf } from './arbitraries.ts';
import { openSearchedStore, type SearchedStore } from './searched-store.ts';

const idOf = ({ id }: Resource): number => Number.parseInt(String(id), 10);

/** What a resource sorts by: the primary value, else the first; undefined where it has none. */
function valueAt({ extension, schema, attribute, subAttribute }: AttributePath, resource: Resource): unknown {
  const owner = extension ? resource[schema.id] : resource;
  let value = isObject(owner) ? owner[attribute.name] : undefined;
  if (Array.isArray(value)) value = value.find((one) => isObject(one) && one.primary === true) ?? value[0];
  return subAttribute ? (isObject(value) ? value[subAttribute.name] : undefined) : value;
}

function comparable({ attribute, subAttribute }: AttributePath, value: unknown): string | number | undefined {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value !== 'string') return value as number | undefined;
  const definition = subAttribute ?? attribute;
  if (definition.type === 'dateTime') return parseDateTime(value);
  return definition.caseExact ? value : fold(value);
}

function sorted(resources: readonly Resource[], path: AttributePath, descending: boolean): number[] {
  const keyed = resources.map((one) => ({ id: idOf(one), key: comparable(path, valueAt(path, one)) }));
  const order = (a: string | number | undefined, b: string | number | undefined): number => {
    if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
    return typeof a === 'number' && typeof b === 'number' ? a - b : compareCodePoints(String(a), String(b));
  };
  return keyed
    .sort((a, b) => (descending ? -order(a.key, b.key) : order(a.key, b.key)) || a.id - b.id)
    .map(({ id }) => id);
}

onBothEngines('A sorted list', (engine) => {
  let store: SearchedStore;
  let paths: readonly AttributePath[];
  before(async function () {
    this.timeout(60_000);
    store = await openSearchedStore(engine, 40);
    const one = ({ attribute, subAttribute }: AttributePath) => (subAttribute ?? attribute).type !== 'complex';
    paths = pathsOf(store.type)
      .flatMap((path) => [path, ...path.attribute.subAttributes.map((subAttribute) => ({ ...path, subAttribute }))])
      .filter((path) => one(path) && !['id', 'schemas', 'meta.version', 'groups.type'].includes(printPath(path)));
  });
  after(() => store.close());

  /** Every page one after the other, by cursor or by startIndex. */
  async function walked(query: Partial<ListQuery>, count: number, byCursor: boolean): Promise<number[]> {
    const keys: number[] = [];
    let cursor: string | undefined = '';
    for (let startIndex = 1; ; ) {
      const page = await store.search({ ...query, count, startIndex, ...(byCursor ? { cursor: cursor ?? '' } : {}) });
      keys.push(...page.keys);
      startIndex += page.keys.length;
      if (!byCursor && page.keys.length < count) return keys;
      if (byCursor && page.nextCursor === undefined) return keys;
      cursor = page.nextCursor;
    }
  }

  it('has the order of the fold’s code points on every attribute, missing values at the end, ties by id', async function () {
    this.timeout(0);
    for (const sortBy of paths)
      for (const sortOrder of ['ascending', 'descending'] as const) {
        await store.unsettle();
        const { keys } = await store.search({ sortBy, sortOrder });
        expect(keys, `${printPath(sortBy)} ${sortOrder}`).to.deep.equal(
          sorted(store.stored, sortBy, sortOrder === 'descending'),
        );
      }
  });

  it('is the same page by page, forwards and backwards, with any filter', async function () {
    this.timeout(0);
    const question = fc.record({
      filter: fc.option(filtersOf(store.type, store.stored), { nil: undefined }),
      sortBy: fc.option(fc.constantFrom(...paths), { nil: undefined }),
      sortOrder: fc.constantFrom('ascending' as const, 'descending' as const),
      count: fc.constantFrom(1, 2, 3, 7, 39, 40, 41),
      byCursor: fc.boolean(),
    });
    const told = question.map(({ filter, sortBy, count, sortOrder, byCursor }) => ({
      query: { sortOrder, ...(filter ? { filter } : {}), ...(sortBy ? { sortBy } : {}) },
      count,
      byCursor,
      [fc.toStringMethod]: () =>
        `${filter ? printFilter(filter) : ''} by ${sortBy ? printPath(sortBy) : 'id'} ${sortOrder} count ${count} ${byCursor ? 'cursor' : 'index'}`,
    }));
    await fc.assert(
      fc.asyncProperty(told, async ({ query, count, byCursor }) => {
        const { filter, sortBy, sortOrder } = query;
        const found = filter ? store.stored.filter((one) => evaluate(filter, one)) : store.stored;
        const wanted = sortBy ? sorted(found, sortBy, sortOrder === 'descending') : found.map(idOf);
        expect(await walked(query, count, byCursor)).to.deep.equal(wanted);
        if (!byCursor || wanted.length === 0) return;
        const back: number[] = [];
        let page = await store.search({ ...query, count, cursor: '' });
        while (page.nextCursor !== undefined) page = await store.search({ ...query, count, cursor: page.nextCursor });
        for (back.unshift(...page.keys); page.previousCursor !== undefined; back.unshift(...page.keys))
          page = await store.search({ ...query, count, cursor: page.previousCursor });
        expect(back).to.deep.equal(wanted);
      }),
      { numRuns: runs(60) },
    );
  });
});
