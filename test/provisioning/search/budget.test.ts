import { expect } from 'chai';
import { onBothEngines } from '../../setup/databases.ts';
import { openHost, type ScimHost } from '../host.ts';
import { seedUsers } from './seed.ts';

onBothEngines('The budget of a search', (engine) => {
  let host: ScimHost;
  let ids: readonly number[];
  before(async function () {
    this.timeout(60_000);
    host = await openHost(engine, { config: { 'scim/search/budget': 4_000 } });
    ids = await seedUsers(host, 7_000);
  });
  after(() => host.close());

  const ask = (query: string) => host.scim.get(`/Users?attributes=id&${query}`);
  const filter = (text: string) => `filter=${encodeURIComponent(text)}`;

  for (const query of [filter('title co "zzz"'), filter('not (title pr)'), 'sortBy=title', 'sortBy=title&cursor='])
    it(`is used up by ${decodeURIComponent(query)}: 400 tooMany, which says what to do`, async () => {
      const { status, json } = await ask(query);
      expect([status, json.scimType]).to.deep.equal([400, 'tooMany']);
      expect(String(json.detail)).to.match(/cursor/);
    });

  it('is never touched by identifiers and plain pages', async () => {
    for (const query of [
      filter('externalId eq "seed-6999" and title co "e"'),
      filter('userName eq "seed1@example.com" or emails eq "seed2@example.com"'),
      'count=10',
      'startIndex=6990&count=5',
      'sortBy=userName&count=10',
      'sortBy=displayName&sortOrder=descending&cursor=&count=10',
    ])
      expect((await ask(query)).status, query).to.equal(200);
  });

  it('ends a page by cursor early, and the walk still finds everyone', async () => {
    const found: string[] = [];
    let pages = 0;
    for (let cursor = ''; ; pages++) {
      const { status, json, text } = await ask(`${filter('userName ew "99@example.com"')}&count=50&cursor=${cursor}`);
      expect(status, text).to.equal(200);
      found.push(...((json.Resources ?? []) as unknown as { id: string }[]).map(({ id }) => id));
      if (json.nextCursor === undefined) break;
      cursor = String(json.nextCursor);
    }
    expect(found).to.deep.equal(ids.filter((_, i) => i % 100 === 99).map(String));
    expect(pages).to.be.above(0);
  });
});
