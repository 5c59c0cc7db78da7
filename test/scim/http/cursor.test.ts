import { expect } from 'chai';
import fc from 'fast-check';
import type { Resource } from '../../../modules/scim/index.ts';
import { type MemoryServer, startMemoryServer } from './memory-server.ts';

const SEARCH = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';

describe('Paging by cursor (RFC 9865)', () => {
  let server: MemoryServer;
  let now: Date;
  before(async () => {
    now = new Date('2026-01-01T00:00:00Z');
    server = await startMemoryServer({ options: { now: () => now, limits: { maxCount: 5, defaultCount: 3 } } });
    for (const name of ['d', 'B', 'a', 'c', 'E', 'f', 'g']) {
      await server.send('POST', '/Users', { body: { userName: name, ...(name === 'c' ? {} : { title: name }) } });
    }
    for (const displayName of ['x', 'y']) await server.send('POST', '/Groups', { body: { displayName } });
  });
  after(() => server.close());

  const get = async (query: string): Promise<Resource> => (await server.send('GET', `/Users?${query}`)).json;
  const search = async (path: string, body: object): Promise<Resource> =>
    (await server.send('POST', path, { body: { schemas: [SEARCH], ...body } })).json;
  const names = (page: Resource): unknown[] =>
    (page.Resources as Resource[]).map(({ userName, displayName }) => userName ?? displayName);

  /** All pages from the first to the last, each by the cursor of the one before. */
  const walk = async (next: (cursor: string) => Promise<Resource>): Promise<Resource[]> => {
    const pages = [await next('')];
    for (let at = 0; typeof pages[at]?.nextCursor === 'string'; at++) {
      pages.push(await next(String(pages[at]?.nextCursor)));
      expect(at).to.be.below(50);
    }
    return pages;
  };

  it('begins with a cursor that is there but empty, and has no startIndex', async () => {
    for (const query of ['cursor&count=3', 'cursor=&count=3', 'cursor']) {
      const page = await get(query);
      expect(page, query).to.include({ totalResults: 7, itemsPerPage: 3 }).and.not.to.have.property('startIndex');
      expect(page, query)
        .to.have.property('nextCursor')
        .that.matches(/^[A-Za-z0-9\-._~]+$/);
      expect(page, query).not.to.have.property('previousCursor');
      expect(names(page)).to.deep.equal(['d', 'B', 'a']);
    }
    expect(await search('/Users/.search', { cursor: '', count: 3 })).to.have.property('nextCursor');
  });

  it('goes on until there is no next one, and back', async () => {
    const pages = await walk((cursor) => get(`count=3&cursor=${cursor}`));
    expect(pages.map(names)).to.deep.equal([['d', 'B', 'a'], ['c', 'E', 'f'], ['g']]);
    const back = await get(`count=3&cursor=${pages[2]?.previousCursor}`);
    expect(names(back)).to.deep.equal(['c', 'E', 'f']);
    expect(names(await get(`count=3&cursor=${back.previousCursor}`))).to.deep.equal(['d', 'B', 'a']);
  });

  it('follows sortBy, where those without a value come last, and filters', async () => {
    const up = await walk((cursor) => get(`sortBy=title&count=2&cursor=${cursor}`));
    expect(up.flatMap(names)).to.deep.equal(['a', 'B', 'd', 'E', 'f', 'g', 'c']);
    const down = await walk((cursor) => get(`sortBy=title&sortOrder=descending&count=2&cursor=${cursor}`));
    expect(down.flatMap(names)).to.deep.equal(['c', 'g', 'f', 'E', 'd', 'B', 'a']);
    const some = await walk((cursor) => get(`filter=title%20gt%20%22b%22&count=2&cursor=${cursor}`));
    expect(some.flatMap(names)).to.deep.equal(['d', 'E', 'f', 'g']);
  });

  it('answers the total alone for a count of 0, or below', async () => {
    for (const count of [0, -1]) {
      const page = await get(`cursor&count=${count}`);
      expect(page, String(count)).to.deep.include({ totalResults: 7, itemsPerPage: 0, Resources: [] });
      expect(page, String(count)).not.to.have.property('nextCursor');
    }
  });

  it('refuses with invalidCount, invalidCursor and expiredCursor', async () => {
    const { nextCursor } = await get('cursor&count=3');
    const cases: [string, string][] = [
      ['cursor&count=6', 'invalidCount'],
      ['cursor&count=x', 'invalidCount'],
      [`cursor=${nextCursor}&count=2`, 'invalidCount'],
      ['cursor=forged&count=3', 'invalidCursor'],
      [`cursor=${nextCursor}&count=3&filter=title%20pr`, 'invalidCursor'],
      [`cursor=${nextCursor}&count=3&sortBy=title`, 'invalidCursor'],
      ['cursor&startIndex=1', 'invalidValue'],
    ];
    for (const [query, scimType] of cases) expect(await get(query), query).to.include({ status: '400', scimType });
    now = new Date('2026-01-01T01:00:01Z');
    expect(await get(`cursor=${nextCursor}&count=3`)).to.include({ scimType: 'expiredCursor' });
    expect(await search('/Users/.search', { cursor: 7 })).to.include({ scimType: 'invalidCursor' });
    expect(await search('/Users/.search', { cursor: '', startIndex: 1 })).to.include({ scimType: 'invalidValue' });
    expect(await search('/Users/.search', { cursor: null, startIndex: 2 })).to.include({ startIndex: 2 });
  });

  it('lets no cursor through to the resource type but text of unreserved characters', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 30 }), async (cursor) => {
        fc.pre(!/^[A-Za-z0-9\-._~]*$/.test(cursor));
        const answer = await search('/Users/.search', { cursor });
        expect(answer).to.include({ scimType: 'invalidCursor' });
        const url = await get(`cursor=${encodeURIComponent(cursor)}`);
        expect(url).to.include({ scimType: 'invalidCursor' });
      }),
      { numRuns: 50 },
    );
    expect(await get(`cursor=${'a'.repeat(8193)}`)).to.include({ scimType: 'invalidCursor' });
  });

  describe('over all types (POST /.search)', () => {
    it('goes through one type after the other, and tells the total of all', async () => {
      const pages = await walk((cursor) => search('/.search', { cursor, count: 3 }));
      expect(pages.map(names)).to.deep.equal([['d', 'B', 'a'], ['c', 'E', 'f'], ['g'], ['x', 'y']]);
      for (const page of pages) expect(page).to.include({ totalResults: 9 }).and.not.to.have.property('startIndex');
      const back = await search('/.search', { cursor: pages[1]?.previousCursor, count: 3 });
      expect(names(back)).to.deep.equal(['d', 'B', 'a']);
    });

    it('passes over types without a match, and those that a filter does not fit', async () => {
      const some = await search('/.search', { cursor: '', count: 3, filter: 'displayName pr' });
      expect(names(some)).to.deep.equal(['x', 'y']);
      expect(some).not.to.have.property('nextCursor');
      const fitting = await walk((cursor) =>
        search('/.search', { cursor, count: 1, filter: 'members pr or id sw "g"' }),
      );
      expect(fitting.flatMap(names)).to.deep.equal(['x', 'y']);
      expect(await search('/.search', { cursor: '', count: 0 })).to.deep.include({ totalResults: 9, Resources: [] });
    });

    it('refuses the cursor of another search', async () => {
      for (const cursor of ['x', '7.', '.', '0', '0.forged', '-1.']) {
        expect(await search('/.search', { cursor, count: 3 }), cursor).to.include({ scimType: 'invalidCursor' });
      }
      expect(await search('/.search', { cursor: '', count: 6 })).to.include({ scimType: 'invalidCount' });
    });
  });
});

describe('Paging by index', () => {
  it('follows sortBy too, ties by id', async () => {
    const server = await startMemoryServer();
    for (const [userName, title] of [
      ['a', 'Z'],
      ['b', 'ä'],
      ['c', 'z'],
      ['d', undefined],
    ]) {
      await server.send('POST', '/Users', { body: { userName, title } });
    }
    const page = async (query: string): Promise<unknown[]> =>
      ((await server.send('GET', `/Users?${query}`)).json.Resources as Resource[]).map(({ userName }) => userName);
    expect(await page('sortBy=title')).to.deep.equal(['a', 'c', 'b', 'd']);
    expect(await page('sortBy=title&sortOrder=descending')).to.deep.equal(['d', 'b', 'a', 'c']);
    expect(await page('sortBy=title&startIndex=2&count=2')).to.deep.equal(['c', 'b']);
    expect(await page('sortBy=meta.created&sortOrder=descending&count=1')).to.have.length(1);
    await server.close();
  });
});
