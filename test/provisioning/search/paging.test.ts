import { expect } from 'chai';
import { onBothEngines } from '../../setup/databases.ts';
import type { ScimAnswer } from '../client.ts';
import { openHost, type ScimHost } from '../host.ts';

onBothEngines('A list', (engine) => {
  let host: ScimHost;
  const ids: string[] = [];
  before(async () => {
    host = await openHost(engine);
    for (let i = 0; i < 25; i++) ids.push(await host.scim.create({ userName: `z${99 - i}`, active: i % 5 !== 0 }));
    await host.scim.delete(ids.splice(7, 1)[0] ?? '');
  });
  after(() => host.close());

  const page = async (query: string) => {
    const answer: ScimAnswer = await host.scim.get(`/Users?${query}`);
    expect(answer.status, answer.text).to.equal(200);
    const {
      totalResults,
      startIndex,
      itemsPerPage,
      Resources = [],
    } = answer.json as unknown as {
      totalResults: number;
      startIndex?: number;
      itemsPerPage?: number;
      Resources?: { id: string }[];
    };
    return { totalResults, startIndex, itemsPerPage, ids: Resources.map(({ id }) => id) };
  };

  it('holds everybody in the order of their making, at most 100 unless asked for', async () => {
    expect(await page('')).to.deep.equal({ totalResults: 24, startIndex: 1, itemsPerPage: 24, ids });
    expect((await page('count=1000')).ids).to.deep.equal(ids);
  });

  it('is walked page by page without gaps or repeats', async () => {
    const walked: string[] = [];
    for (let start = 1; ; start += 7) {
      const { totalResults, startIndex, itemsPerPage, ids: some } = await page(`startIndex=${start}&count=7`);
      expect([totalResults, startIndex, itemsPerPage]).to.deep.equal([24, start, some.length]);
      walked.push(...some);
      if (some.length < 7) break;
    }
    expect(walked).to.deep.equal(ids);
  });

  it('counts the same on a full page, on the last, past the end, and with a filter', async () => {
    for (const query of [
      'count=24',
      'count=23',
      'startIndex=24&count=1',
      'startIndex=24&count=5',
      'startIndex=25',
      'startIndex=99999999999999',
    ])
      expect((await page(query)).totalResults, query).to.equal(24);
    expect(await page('startIndex=25')).to.include({ itemsPerPage: 0 });
    const filter = encodeURIComponent('active eq false');
    expect(await page(`filter=${filter}&count=2&startIndex=2`)).to.deep.include({ totalResults: 5, startIndex: 2 });
    expect((await page(`filter=${filter}&startIndex=6`)).totalResults).to.equal(5);
  });

  it('with count=0 is only the total, and negative numbers are the nearest that make sense', async () => {
    expect(await page('count=0')).to.deep.include({ totalResults: 24, itemsPerPage: 0, ids: [] });
    expect(await page('count=-3')).to.deep.include({ totalResults: 24, ids: [] });
    expect((await page('startIndex=-5&count=2')).ids).to.deep.equal(ids.slice(0, 2));
    expect((await page('startIndex=0&count=1')).startIndex).to.equal(1);
  });

  for (const query of ['count=ten', 'startIndex=1.5', 'count=1e999'])
    it(`with ${query} is 400`, async () => {
      expect((await host.scim.get(`/Users?${query}`)).status).to.equal(400);
    });

  it('of one user by userName is one of one, whatever page of it is asked for', async () => {
    const filter = encodeURIComponent('userName eq "Z99"');
    expect(await page(`filter=${filter}&startIndex=1&count=100`)).to.deep.include({ totalResults: 1, ids: [ids[0]] });
    expect(await page(`filter=${filter}&startIndex=2`)).to.deep.include({ totalResults: 1, ids: [] });
    expect(await page(`filter=${filter}&count=0`)).to.deep.include({ totalResults: 1, ids: [] });
  });

  it('carries only the attributes that are asked for', async () => {
    const { json } = await host.scim.get('/Users?count=1&attributes=userName');
    expect(Object.keys(json.Resources?.[0] ?? {}).sort()).to.deep.equal(['id', 'schemas', 'userName']);
  });
});
