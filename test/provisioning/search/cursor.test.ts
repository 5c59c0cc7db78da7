import { expect } from 'chai';
import { Connections } from '../../../modules/connection/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { openHost, type ScimHost } from '../host.ts';

onBothEngines('A cursor', (engine) => {
  let host: ScimHost;
  const ids: string[] = [];
  before(async () => {
    host = await openHost(engine);
    for (let i = 0; i < 10; i++) ids.push(await host.scim.create({ userName: `c${i}`, title: i % 2 ? 'odd' : 'even' }));
  });
  after(() => host.close());

  const page = async (query: string) => {
    const { status, json, text } = await host.scim.get(`/Users?${query}`);
    expect(status, text).to.equal(200);
    const { Resources = [], ...rest } = json as unknown as { Resources?: { id: string }[] } & Record<string, unknown>;
    return { ...rest, ids: Resources.map(({ id }) => id) } as {
      ids: string[];
      nextCursor?: string;
      previousCursor?: string;
      totalResults?: number;
    };
  };

  it('leads on and back, and there is none beyond the ends', async () => {
    const first = await page('cursor=&count=4');
    expect(first)
      .to.deep.include({ ids: ids.slice(0, 4) })
      .and.not.have.property('previousCursor');
    const second = await page(`cursor=${first.nextCursor}&count=4`);
    expect(second.ids).to.deep.equal(ids.slice(4, 8));
    const third = await page(`cursor=${second.nextCursor}&count=4`);
    expect(third.ids).to.deep.equal(ids.slice(8));
    expect(third).to.not.have.property('nextCursor');
    const back = await page(`cursor=${third.previousCursor}&count=4`);
    expect(back.ids).to.deep.equal(ids.slice(4, 8));
    const start = await page(`cursor=${back.previousCursor}&count=4`);
    expect(start.ids).to.deep.equal(ids.slice(0, 4));
    expect(start).to.not.have.property('previousCursor');
    expect((await page(`cursor=${start.nextCursor}&count=4`)).ids).to.deep.equal(ids.slice(4, 8));
  });

  it('of a list that fits on one page leads nowhere', async () => {
    for (const query of ['cursor=&count=10', 'cursor=', 'cursor=&filter=title%20eq%20%22odd%22&count=5'])
      expect(await page(query), query).to.not.have.any.keys('nextCursor', 'previousCursor');
  });

  it('with count=0 is only the total', async () => {
    expect(await page('cursor=&count=0')).to.deep.include({ ids: [], totalResults: 10 });
  });

  it('of POST /Users/.search is the same', async () => {
    const message = { schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'], count: 3 };
    const { json } = await host.scim.send('POST', '/Users/.search', { ...message, cursor: '' });
    const next = await host.scim.send('POST', '/Users/.search', { ...message, cursor: String(json.nextCursor) });
    expect((next.json.Resources as unknown as { id: string }[]).map(({ id }) => id)).to.deep.equal(ids.slice(3, 6));
  });

  async function refused(query: string, scimType: string, scim = host.scim): Promise<void> {
    const { status, json, text } = await scim.get(`/Users?${query}`);
    expect([status, json.scimType], text).to.deep.equal([400, scimType]);
  }

  it('that was changed, made up, cut or padded is invalidCursor', async () => {
    const { nextCursor = '' } = await page('cursor=&count=2');
    const flipped = nextCursor.replace(/.(?=.{9}$)/, (c) => (c === 'A' ? 'B' : 'A'));
    for (const cursor of [flipped, 'x', 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', nextCursor.slice(0, -4), `${nextCursor}AAAA`])
      await refused(`cursor=${cursor}&count=2`, 'invalidCursor');
  });

  it('of another filter, sort, order or connection is invalidCursor, of another count invalidCount', async () => {
    const { nextCursor } = await page('cursor=&count=2&sortBy=userName');
    const same = `cursor=${nextCursor}&sortBy=userName`;
    expect((await page(`${same}&count=2`)).ids).to.deep.equal(ids.slice(2, 4));
    await refused(`${same}&count=3`, 'invalidCount');
    await refused(`${same}&count=2&sortOrder=descending`, 'invalidCursor');
    await refused(`${same}&count=2&filter=title%20pr`, 'invalidCursor');
    await refused(`cursor=${nextCursor}&count=2`, 'invalidCursor');
    await refused(`${same}&count=2`, 'invalidCursor', await host.connect('other'));
  });

  it('is good for an hour, and expiredCursor after that', async () => {
    const { nextCursor } = await page('cursor=&count=2');
    host.advance(3600);
    await page(`cursor=${nextCursor}&count=2`);
    host.advance(1);
    await refused(`cursor=${nextCursor}&count=2`, 'expiredCursor');
  });

  it('shows nothing of the users in it', async () => {
    await host.scim.create({ userName: 'zz-secret@example.com' });
    const { nextCursor = '' } = await page('cursor=&count=1&sortBy=userName&sortOrder=descending');
    expect(Buffer.from(nextCursor, 'base64url').toString('latin1')).to.not.contain('secret');
  });

  for (const visibility of ['managed', 'website'] as const)
    it(`of POST /.search leads through users and groups in one order, where ${visibility} customers are listed`, async () => {
      const code = `root-${visibility}`;
      const scim = await host.connect(code);
      await host.database.transaction((tx) =>
        host.host.resolve(Connections).change(tx, code, { policy: { visibility } }),
      );
      for (const [i, displayName] of ['Ada', 'carl', 'Eve', 'eve', undefined].entries())
        await scim.create({ userName: `${visibility}${i}`, ...(displayName ? { displayName } : {}) });
      for (const displayName of ['B', 'Carl', 'eve', 'z']) await scim.send('POST', '/Groups', { displayName });
      const search = async (query: object) => {
        const { json } = await scim.send('POST', '/.search', { sortBy: 'displayName', ...query });
        const found = json.Resources as unknown as { displayName?: string; meta: { resourceType: string } }[];
        const { totalResults, nextCursor } = json as unknown as { totalResults: number; nextCursor?: string };
        return {
          totalResults,
          nextCursor,
          names: found.map((one) => `${one.meta.resourceType[0]} ${one.displayName ?? '-'}`),
        };
      };
      const all = ['U Ada', 'G B', 'U carl', 'G Carl', 'U Eve', 'U eve', 'G eve', 'G z', 'U -'];
      const [whole, part] = [await search({}), await search({ startIndex: 4, count: 3 })];
      expect([whole.names, whole.totalResults]).to.deep.equal([all, 9]);
      expect([part.names, part.totalResults]).to.deep.equal([all.slice(3, 6), 9]);
      const walked: string[] = [];
      for (let cursor: unknown = ''; cursor !== undefined; ) {
        const found = await search({ cursor, count: 2 });
        walked.push(...found.names);
        cursor = found.nextCursor;
      }
      expect(walked).to.deep.equal(all);
    });
});
