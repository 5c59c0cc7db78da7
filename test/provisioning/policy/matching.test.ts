import { expect } from 'chai';
import { MappingVersions, presetFor } from '../../../modules/attribute-mapping/index.ts';
import { sql } from '../../../modules/framework/index.ts';
import { MatchRequests } from '../../../modules/provisioning/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import type { ScimAnswer } from '../client.ts';
import { openHost, type ScimHost } from '../host.ts';
import { type Connected, connected } from './connected.ts';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const schemas = ['urn:ietf:params:scim:schemas:core:2.0:User', enterprise];
const titled = { op: 'add', path: 'title', value: 'Buyer' };

onBothEngines('A customer that nobody manages', (engine) => {
  let host: ScimHost;
  let shop: Connected;
  let requests: MatchRequests;
  let shopper: number;
  let email: string;
  let number: string;
  before(async () => {
    host = await openHost(engine, { secondWebsite: true });
    requests = host.host.resolve(MatchRequests);
  });
  after(() => host.close());
  beforeEach(async () => {
    shop = await connected(host);
    email = `Shopper.${shop.code}@shop.example`;
    number = `E-${shop.code}`;
    shopper = await host.shopper(email, { employee_number: number });
  });

  const managed = async (id: number | string = shopper) =>
    (await host.rows(sql`SELECT customer_id FROM {vestibule_user} WHERE customer_id = ${Number(id)}`)).length === 1;
  const waiting = async () =>
    requests.list(host.database, { connectionId: (await shop.connection()).id, state: 'pending' });
  const decide = (verb: 'approve' | 'deny', id: number) =>
    host.database.transaction((tx) => requests[verb](tx, id, 'anna', host.now()));
  function expectRefused({ status, json }: ScimAnswer, ...words: readonly string[]): void {
    expect(status, JSON.stringify(json)).to.equal(403);
    for (const word of words) expect(json.detail).to.contain(word);
  }
  /** Lets the employee number find customers, by a row of the mapping as an administrator publishes it. */
  async function matchByNumber() {
    const preset = presetFor('generic');
    const rows = preset.rows.map((row) => (row.target === 'employee_number' ? { ...row, match: 1 } : row));
    expect(rows.filter(({ match }) => match === 1)).to.have.length(1);
    const connection = await shop.connection();
    await host.database.transaction((tx) =>
      host.host.resolve(MappingVersions).publish(tx, connection, { ...preset, rows }, { author: 'anna' }, host.now()),
    );
    host.advance(6);
  }
  const employee = (name = 'sam', employeeNumber = number) => ({
    ...shop.person(name),
    schemas,
    [enterprise]: { employeeNumber },
  });

  describe('that is written to under its id', () => {
    it('is taken over only by connections whose verified domains have its address', async () => {
      await shop.set({ verifiedDomains: ['other.example', 'hop.example'] });
      expectRefused(await shop.scim.patch(shopper, titled), 'verified domains', '--verified-domains');
      expect(await managed()).to.equal(false);
      await shop.set({ verifiedDomains: ['other.example', 'shop.example'] });
      expect((await shop.scim.patch(shopper, titled)).status).to.equal(200);
      expect(await managed()).to.equal(true);
    });

    it('waits for an administrator under "ask", and is taken over once that has agreed', async () => {
      await shop.set({}, { match: 'ask' });
      const answer = await shop.scim.patch(shopper, titled);
      const [request, ...others] = await waiting();
      expect(others).to.deep.equal([]);
      expect(request).to.include({ customerId: shopper, userName: email, matchedBy: 'id', times: 1, email });
      expectRefused(
        answer,
        'under Pending Matches in the administration',
        `match:approve ${request?.id}`,
        `match:deny ${request?.id}`,
      );
      expect(await managed()).to.equal(false);
      expectRefused(await shop.scim.patch(shopper, titled), 'waits for an administrator');
      expect((await waiting())[0]).to.include({ id: request?.id, times: 2 });
      await decide('approve', Number(request?.id));
      expect((await shop.scim.patch(shopper, titled)).status).to.equal(200);
      expect(await managed()).to.equal(true);
      expect(await requests.list(host.database, { connectionId: (await shop.connection()).id })).to.deep.equal([]);
    });

    it('is approved for one userName and nobody else', async () => {
      await shop.set({}, { match: 'ask' });
      const as = (userName: string) => ({ userName, emails: [{ value: email, type: 'work' }] });
      await shop.scim.put(shopper, as('sam'));
      await decide('approve', Number((await waiting())[0]?.id));
      expectRefused(await shop.scim.put(shopper, as('eve')), 'whether it is "eve" waits');
      expect((await shop.scim.put(shopper, as('SAM'))).status).to.equal(200);
    });

    it('is not taken over once an administrator has said no', async () => {
      await shop.set({}, { match: 'ask' });
      await shop.scim.patch(shopper, titled);
      const [request] = await waiting();
      const denied = await decide('deny', Number(request?.id));
      expect(denied).to.include({ state: 'denied', decidedBy: 'anna' });
      expectRefused(await shop.scim.patch(shopper, titled), 'An administrator has said');
      expect(await managed()).to.equal(false);
      expect(await waiting()).to.deep.equal([]);
    });

    it('asked for twice at the same moment, is asked about once', async () => {
      await shop.set({}, { match: 'ask' });
      await host.warm();
      const answers = await Promise.all([1, 2, 3].map(() => shop.scim.patch(shopper, titled)));
      expect(answers.map(({ status }) => status)).to.deep.equal([403, 403, 403]);
      expect((await waiting()).map(({ times }) => times)).to.deep.equal([3]);
    });
  });

  describe('that a match row of the mapping finds', () => {
    it('is linked by a POST: 201, under its own id, with its own e-mail address and names', async () => {
      await matchByNumber();
      await host.shopper(`abroad.${email}`, { employee_number: number }, 2);
      const before = await shop.customers();
      const { status, json } = await shop.scim.post({ ...employee(), title: 'Buyer' });
      expect([status, json.id], JSON.stringify(json)).to.deep.equal([201, String(shopper)]);
      expect(json).to.include({ userName: `sam.${shop.code}@example.com`, externalId: `sam-${shop.code}` });
      expect(await shop.customers()).to.equal(before);
      expect(await host.customer(shopper)).to.include({ email, firstname: 'Sam', lastname: 'Shopper' });
      expect(await host.eav(shopper)).to.deep.equal({ employee_number: number, job_title: 'Buyer' });
      expect((await shop.scim.get(`/Users/${shopper}`)).json).to.deep.equal(json);
      expect(json.name).to.include({ givenName: 'Sam', familyName: 'Shopper' });
      expect(json.emails?.[0]?.value).to.equal(email);
      const [record] = (await host.records()).filter(({ operation }) => operation === 'user.adopt');
      expect(record).to.include({ status: 201, customerId: shopper });
      expect(record?.notes?.join(' ')).to.contain('"employee_number"').and.contain('email, firstname, lastname');
      // afterwards it is a user like any other
      const named = await shop.scim.patch(shopper, { op: 'replace', path: 'name.givenName', value: 'Ada' });
      expect(named.status).to.equal(200);
      expect(await host.customer(shopper)).to.include({ firstname: 'Ada', email });
    });

    it('keeps what the store made of is_active, unless the POST says it', async () => {
      await matchByNumber();
      await host.database.run(sql`UPDATE {customer_entity} SET is_active = 0 WHERE entity_id = ${shopper}`);
      expect((await shop.scim.post(employee())).json.active).to.equal(false);
      expect(await host.customer(shopper)).to.include({ is_active: 0 });
      const other = await host.shopper(`other.${email}`, { employee_number: `${number}-2` });
      const { json } = await shop.scim.post({ ...employee('other', `${number}-2`), active: false });
      expect([json.id, json.active]).to.deep.equal([String(other), false]);
      expect(await host.customer(other)).to.include({ is_active: 0, lock_expires: '2038-01-01 00:00:00' });
    });

    it('is not looked for without such a row, nor by another value, nor on another website', async () => {
      expect((await shop.scim.post(employee())).json.id).to.not.equal(String(shopper));
      await matchByNumber();
      const abroad = await host.shopper(`abroad.${email}`, { employee_number: `${number}-3` }, 2);
      expect((await shop.scim.post(employee('other', `${number}-2`))).json.id).to.not.equal(String(shopper));
      expect((await shop.scim.post(employee('third', `${number}-3`))).json.id).to.not.equal(String(abroad));
      expect([await managed(), await managed(abroad)]).to.deep.equal([false, false]);
    });

    it('is not taken where several have the value: then somebody new is made', async () => {
      await matchByNumber();
      const twin = await host.shopper(`twin.${email}`, { employee_number: number });
      const { status, json } = await shop.scim.post(employee());
      expect(status).to.equal(201);
      expect([String(shopper), String(twin)]).to.not.include(String(json.id));
      const [record] = (await host.records()).filter(({ operation }) => operation === 'user.create');
      expect(record?.notes?.join(' ')).to.contain('Several customers');
    });

    it('is no match for a user that is there already', async () => {
      const id = await shop.scim.create(shop.person('sam'));
      await matchByNumber();
      await shop.set({}, { match: 'ask' });
      expect((await shop.scim.post(employee())).status).to.equal(409);
      expect(await waiting()).to.deep.equal([]);
      await shop.scim.delete(id);
      expect((await shop.scim.post(employee())).json.id).to.equal(`${id}-1`);
      expect(await managed()).to.equal(false);
    });

    it('is refused, and asked about, as the policy says', async () => {
      await matchByNumber();
      const before = await shop.customers();
      await shop.set({}, { match: 'refuse' });
      expectRefused(await shop.scim.post(employee()), `Customer ${shopper}`, '--match link');
      await shop.set({ verifiedDomains: ['example.com'] }, { match: 'link' });
      expectRefused(await shop.scim.post(employee()), 'verified domains');
      await shop.set({ verifiedDomains: [] }, { match: 'ask' });
      expectRefused(await shop.scim.post(employee()), 'waits for an administrator');
      expect((await waiting())[0]).to.include({ customerId: shopper, matchedBy: 'employee_number' });
      expect([await shop.customers(), await managed()]).to.deep.equal([before, false]);
      await decide('approve', Number((await waiting())[0]?.id));
      const linked = await shop.scim.post(employee());
      expect([linked.status, linked.json.id]).to.deep.equal([201, String(shopper)]);
    });

    it('is somebody else once that was said, so the POST makes a new customer', async () => {
      await matchByNumber();
      await shop.set({}, { match: 'ask' });
      await shop.scim.post(employee());
      await decide('deny', Number((await waiting())[0]?.id));
      const { status, json } = await shop.scim.post(employee());
      expect(status, JSON.stringify(json)).to.equal(201);
      expect(json.id).to.not.equal(String(shopper));
      expect(await managed()).to.equal(false);
    });

    it('is linked where new customers are switched off', async () => {
      await matchByNumber();
      await shop.set({ newCustomers: false });
      expect((await shop.scim.post(employee())).json.id).to.equal(String(shopper));
      expectRefused(await shop.scim.post(employee('new', 'E-none')), 'Enable New Customer Creation is off');
    });

    it('of two POSTs at once is linked by one', async () => {
      await matchByNumber();
      await host.warm();
      const both = await Promise.all([shop.scim.post(employee('a')), shop.scim.post(employee('b'))]);
      expect(both.map(({ status }) => status)).to.deep.equal([201, 201]);
      expect(both.filter(({ json }) => json.id === (String(shopper) as unknown))).to.have.length(1);
    });
  });
});
