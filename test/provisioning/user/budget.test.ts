import { expect } from 'chai';
import { Activities } from '../../../modules/activity/index.ts';
import { type CountedStatements, countStatements } from '../../../modules/framework/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { withFrozenClocks } from '../../setup/frozen-clocks.ts';
import type { ScimAnswer } from '../client.ts';
import { openHost, type ScimHost } from '../host.ts';

const address = { streetAddress: '1 Main Street', locality: 'Austin', region: 'Texas', country: 'US' };
const named = (userName: string) => ({ userName, name: { givenName: 'Ada', familyName: 'Lovelace' } });

onBothEngines('The statement budget', (engine) => {
  let host: ScimHost;
  let counted: CountedStatements;
  let plain: string;
  let housed: string;
  let last: ScimAnswer;

  before(async () => {
    host = await openHost(engine);
    counted = countStatements(host.database);
    plain = await host.scim.create({ ...named('plain@example.com'), externalId: 'x-plain', title: 'Countess' });
    housed = await host.scim.create({ ...named('housed@example.com'), addresses: [{ ...address, type: 'work' }] });
    for (let i = 0; i < 120; i++) await host.scim.create(named(`many${i}@example.com`));
  });
  withFrozenClocks();
  after(() => host.close());

  /** How many statements a request takes once everything that is cached has been read. */
  async function statementsOf(request: () => Promise<ScimAnswer>): Promise<number> {
    await host.host.resolve(Activities).flush();
    counted.reset();
    last = await request();
    const spent = counted.statements.length;
    expect(last.status, last.text).to.be.below(300);
    return spent;
  }

  it('is at most 2 for a read by id, 4 with an address', async () => {
    expect(await statementsOf(() => host.scim.get(`/Users/${plain}`))).to.be.within(1, 2);
    expect(await statementsOf(() => host.scim.get(`/Users/${housed}`))).to.be.within(1, 4);
    expect(last.json.addresses?.[0]).to.include({ locality: 'Austin' });
  });

  for (const filter of [
    'userName eq "PLAIN@example.com"',
    'externalId eq "x-plain"',
    'emails.value eq "plain@example.com"',
    'emails[type eq "work" and value eq "plain@example.com"]',
  ])
    it(`is at most 2 for ${filter}`, async () => {
      await host.scim.patch(plain, {
        op: 'add',
        path: 'emails',
        value: [{ value: 'plain@example.com', type: 'work', primary: true }],
      });
      expect(await statementsOf(() => host.scim.find(filter))).to.be.within(1, 2);
      expect(last.json.Resources?.[0]?.id).to.equal(plain);
    });

  it('is 1 for what a key of the database holds', async () => {
    for (const filter of [`id eq "${plain}"`, 'userName eq "plain@example.com"', 'externalId eq "x-plain"']) {
      expect(await statementsOf(() => host.scim.find(filter)), filter).to.equal(1);
      expect(last.json.Resources?.[0]?.id).to.equal(plain);
    }
    expect(await statementsOf(() => host.scim.find('externalId eq "X-PLAIN"'))).to.equal(1);
    expect(last.json.totalResults).to.equal(0);
  });

  it('is at most 2 for a user name that nobody has', async () => {
    expect(await statementsOf(() => host.scim.find('userName eq "nobody@example.com"'))).to.be.within(1, 2);
  });

  it('is at most 4 and a count for a page of 100', async () => {
    expect(await statementsOf(() => host.scim.get('/Users?startIndex=2&count=100'))).to.be.within(1, 5);
    expect(last.json.itemsPerPage).to.equal(100);
    expect(last.json.totalResults).to.equal(122);
  });

  it('is at most 6 to create, and one more with values of an EAV type', async () => {
    expect(await statementsOf(() => host.scim.post(named('c1@example.com')))).to.be.within(4, 6);
    expect(await statementsOf(() => host.scim.post({ ...named('c2@example.com'), title: 'Dr' }))).to.be.within(5, 7);
    const emails = [
      { value: 'c3@example.com', type: 'work', primary: true },
      { value: 'c3@home.example', type: 'home' },
    ];
    expect(await statementsOf(() => host.scim.post({ ...named('c3'), emails, title: 'Dr' }))).to.be.within(5, 7);
  });

  it('is at most 8 to create with an address, and one more with values of an EAV type', async () => {
    const addresses = [{ ...address, type: 'work', primary: true }];
    expect(await statementsOf(() => host.scim.post({ ...named('a1@example.com'), addresses }))).to.be.within(5, 8);
    const whole = { ...named('a2@example.com'), addresses, title: 'Dr' };
    expect(await statementsOf(() => host.scim.post(whole))).to.be.within(6, 9);
  });

  it('is at most 6 to rename by PATCH', async () => {
    const rename = { op: 'replace', path: 'name.familyName', value: 'Byron' };
    expect(await statementsOf(() => host.scim.patch(plain, rename))).to.be.within(3, 6);
    const account = { op: 'replace', path: 'userName', value: 'renamed@example.com' };
    expect(await statementsOf(() => host.scim.patch(plain, account))).to.be.within(3, 6);
  });

  it('is at most 10 to deactivate and to reactivate', async () => {
    const active = (value: boolean) => ({ op: 'replace', path: 'active', value });
    expect(await statementsOf(() => host.scim.patch(plain, active(false)))).to.be.within(6, 10);
    expect(await statementsOf(() => host.scim.patch(plain, active(true)))).to.be.within(3, 10);
    expect(await statementsOf(() => host.scim.delete(plain))).to.be.within(6, 10);
  });

  it('is at most 2 for a PATCH that changes nothing, and none of them writes', async () => {
    const patch = { op: 'replace', value: { name: { givenName: 'Ada' }, active: true } };
    const id = String((await host.scim.find('userName eq "many7@example.com"')).json.Resources?.[0]?.id);
    expect(await statementsOf(() => host.scim.patch(id, patch))).to.be.within(1, 2);
    expect(counted.statements.filter((text) => !text.trimStart().startsWith('SELECT'))).to.deep.equal([]);
  });
});
