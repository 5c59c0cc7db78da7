import { expect } from 'chai';
import { Activities } from '../../modules/activity/index.ts';
import { type CountedStatements, countStatements } from '../../modules/framework/index.ts';
import type { ScimAnswer } from '../provisioning/client.ts';
import { openHost, type ScimHost } from '../provisioning/host.ts';
import { onBothEngines } from '../setup/databases.ts';
import { withFrozenClocks } from '../setup/frozen-clocks.ts';
import { type GroupClient, groupClient, listed, values } from './group-client.ts';

onBothEngines('Complaints 19–21, performance and paging', (engine) => {
  let host: ScimHost;
  let groups: GroupClient;
  let counted: CountedStatements;
  let ids: string[];
  before(async function () {
    this.timeout(120_000);
    host = await openHost(engine);
    groups = groupClient(host.scim);
    counted = countStatements(host.database);
    ids = [];
    for (let i = 0; i < 240; i++) ids.push(await host.scim.create({ userName: `many${i}` }));
  });
  withFrozenClocks();
  after(() => host.close());

  /** What a request runs once everything that is cached has been read. */
  async function statementsOf(request: () => Promise<ScimAnswer>): Promise<readonly string[]> {
    await host.host.resolve(Activities).flush();
    counted.reset();
    const { status, text } = await request();
    expect(status, text).to.be.below(300);
    return [...counted.statements];
  }

  it('#19 adding to a large group costs what adding to a small one costs, and answers 204', async () => {
    const small = await groups.create('small 19', ids.slice(0, 3));
    const large = await groups.create('large 19', ids.slice(0, 200));
    const add = (id: string, ...who: readonly (string | undefined)[]) =>
      groups.patch(id, { op: 'add', path: 'members', value: values(who.map(String)) });
    await add(small, ids[230]);
    const few = await statementsOf(() => add(small, ids[231]));
    let answer: ScimAnswer | undefined;
    const many = await statementsOf(async () => {
      answer = await add(large, ids[231]);
      return answer;
    });
    expect(answer?.status, 'the answer must not show 200 members').to.equal(204);
    expect(many.length).to.be.at.most(few.length);
    const hundred = await statementsOf(() => add(large, ...ids.slice(100, 200)));
    expect(hundred.length, hundred.join('\n')).to.be.at.most(5);
    const remove = (id: string, who: string | undefined) =>
      statementsOf(() => groups.patch(id, { op: 'remove', path: `members[value eq "${who}"]` }));
    const fewer = await remove(small, ids[231]);
    expect((await remove(large, ids[0])).length).to.be.at.most(fewer.length);
    expect(await groups.members(large)).to.have.length(200);
  });

  it('#20 excludedAttributes=members reads no member', async () => {
    const id = await groups.create('large 20', ids.slice(0, 150));
    const filter = encodeURIComponent('displayName eq "large 20"');
    for (const request of [
      () => host.scim.get(`/Groups/${id}?excludedAttributes=members`),
      () => host.scim.get('/Groups?excludedAttributes=members'),
      () => host.scim.get(`/Groups?excludedAttributes=members&filter=${filter}`),
      () => host.scim.get(`/Groups?attributes=displayName&filter=${filter}`),
      () => host.scim.get(`/Groups/${id}?attributes=displayName`),
    ]) {
      const statements = await statementsOf(request);
      expect(statements.filter((text) => /group_member|group_nesting/.test(text))).to.deep.equal([]);
    }
    const { json } = await host.scim.get(`/Groups/${id}?excludedAttributes=members`);
    expect(json).to.include({ displayName: 'large 20' }).and.not.to.have.property('members');
    const whole = await host.scim.get(`/Groups/${id}`);
    expect(listed(whole.json.members), 'asked for, they are there').to.have.length(150);
  });

  for (const paging of ['index', 'cursor'] as const)
    it(`#21 a walk by ${paging} neither loses nor doubles a user who stays, while others come and go`, async function () {
      this.timeout(120_000);
      const prefix = `walk ${paging} `;
      const filter = encodeURIComponent(`userName sw "${prefix}"`);
      const made: string[] = [];
      for (let i = 0; i < 120; i++)
        made.push(await host.scim.create({ userName: `${prefix}${String(i).padStart(3, '0')}` }));
      const leaving = made.filter((_, i) => i % 6 === 2);
      const met: string[] = [];
      let cursor = '';
      for (let round = 0; round < 60; round++) {
        const place = paging === 'index' ? `startIndex=${met.length + 1}` : `cursor=${cursor}`;
        const { status, json, text } = await host.scim.get(`/Users?filter=${filter}&${place}&count=10`);
        expect(status, text).to.equal(200);
        const page = listed(json.Resources).map(({ id }) => String(id));
        met.push(...page);
        if (paging === 'cursor' ? json.nextCursor === undefined : page.length === 0) break;
        cursor = String(json.nextCursor);
        if (json.totalResults !== undefined) expect(Number(json.totalResults)).to.be.above(page.length);
        const next = leaving.splice(0, 2);
        for (const id of next) await host.scim.delete(id);
        await host.scim.create({ userName: `${prefix}new ${round}` });
      }
      const staying = made.filter((_, i) => i % 6 !== 2);
      expect(met, 'nobody twice').to.have.length(new Set(met).size);
      expect(met).to.include.members(staying);
    });

  it('#21 a list without parameters is not empty, and totalResults is not the size of a page', async () => {
    const plain = (await host.scim.get('/Users')).json;
    expect(listed(plain.Resources)).to.have.length(100);
    expect(Number(plain.totalResults)).to.be.at.least(240);
    const page = (await host.scim.get('/Users?startIndex=11&count=7')).json;
    expect([page.startIndex, page.itemsPerPage, page.totalResults]).to.deep.equal([11, 7, plain.totalResults]);
    const first = listed(plain.Resources).map(({ id }) => String(id));
    expect(listed(page.Resources).map(({ id }) => String(id))).to.deep.equal(first.slice(10, 17));
  });
});
