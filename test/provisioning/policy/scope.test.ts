import { expect } from 'chai';
import { ConnectionEditor } from '../../../modules/connection/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import type { ScimAnswer } from '../client.ts';
import { openHost, type ScimHost } from '../host.ts';
import { type Connected, connected } from './connected.ts';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const staff = 'userType eq "Employee"';
const guest = { op: 'replace', path: 'userType', value: 'Guest' };
const inactive = { op: 'replace', path: 'active', value: false };
const title = { op: 'replace', path: 'title', value: 'Countess' };

onBothEngines('The scope of a connection', (engine) => {
  let host: ScimHost;
  let shop: Connected;
  before(async () => {
    host = await openHost(engine);
  });
  after(() => host.close());
  beforeEach(async () => {
    shop = await connected(host);
    await shop.set({ scope: staff });
  });

  const employee = (name = 'ada', more = {}) => shop.person(name, { userType: 'Employee', ...more });
  function expectOut({ status, json }: ScimAnswer, filter = staff): void {
    expect([status, json.scimType]).to.deep.equal([403, undefined]);
    expect(json.detail)
      .to.contain(filter)
      .and.contain(`Policies and Safeguards in the administration (connection:set --code ${shop.code} --scope)`);
  }

  it('lets in who matches it, whatever the case of letters', async () => {
    expect((await shop.scim.post(shop.person('ada', { userType: 'EMPLOYEE' }))).status).to.equal(201);
  });

  it('refuses to make whoever does not match it, active or not, and says the filter', async () => {
    const before = await shop.customers();
    expectOut(await shop.scim.post(shop.person('guest', { userType: 'Guest' })));
    expectOut(await shop.scim.post(shop.person('guest')));
    expectOut(await shop.scim.post(shop.person('guest', { active: false })));
    expect(await shop.customers()).to.equal(before);
    const [record] = (await host.records()).filter(({ outcome }) => outcome === 'refused');
    expect(record).to.include({ operation: 'user.create', status: 403 });
  });

  it('refuses a change that leads out of it, and one of somebody who is out of it', async () => {
    const id = await shop.scim.create(employee());
    expectOut(await shop.scim.patch(id, guest));
    expectOut(await shop.scim.put(id, shop.person('ada', { userType: 'Guest' })));
    expect((await shop.scim.patch(id, title)).status).to.equal(200);
    await shop.set({ scope: 'userType eq "Manager"' });
    expectOut(await shop.scim.patch(id, { ...title, value: 'Duchess' }), 'userType eq "Manager"');
    expect((await shop.scim.get(`/Users/${id}`)).json).to.include({ title: 'Countess', userType: 'Employee' });
    // what changes nothing is answered as ever
    expect((await shop.scim.patch(id, title)).status).to.equal(200);
    expect((await shop.scim.patch(id, { op: 'replace', path: 'userType', value: 'Manager' })).status).to.equal(200);
  });

  it('lets somebody who left it be deactivated and deleted, but not activated', async () => {
    const id = await shop.scim.create(employee());
    const other = await shop.scim.create(employee('grace'));
    expect((await shop.scim.patch(id, guest, inactive)).status).to.equal(200);
    expect(await host.customer(id)).to.include({ is_active: 0 });
    expectOut(await shop.scim.patch(id, { ...inactive, value: true }));
    expectOut(await shop.scim.patch(id, title));
    expect((await shop.scim.put(other, shop.person('grace', { active: false }))).status).to.equal(200);
    expect((await shop.scim.delete(other)).status).to.equal(204);
  });

  it('is asked when somebody comes back or is taken over, too', async () => {
    const id = await shop.scim.create(employee());
    const gone = await shop.scim.create(employee('grace'));
    await shop.scim.patch(id, inactive);
    await shop.scim.delete(gone);
    expectOut(await shop.scim.post(shop.person('ada')));
    expectOut(await shop.scim.post(shop.person('grace')));
    await shop.set({ newCustomers: false });
    expectOut(await shop.scim.post(shop.person('grace')));
    const shopper = await host.shopper(`${shop.code}@example.com`);
    expectOut(await shop.scim.patch(shopper, title));
    const employed = await shop.scim.patch(shopper, { op: 'add', path: 'userType', value: 'Employee' });
    expect([employed.status, employed.json.userType]).to.deep.equal([200, 'Employee']);
    expect((await shop.scim.post(employee('grace'))).json.id).to.equal(`${gone}-1`);
  });

  it('may look at e-mails and at the enterprise extension', async () => {
    const filter = `${enterprise}:department eq "Sales" and emails[type eq "work" and value ew "@example.com"]`;
    await host.host.resolve(ConnectionEditor).change(shop.code, { policy: { scope: filter } });
    host.advance(5);
    const inSales = { schemas: [enterprise], [enterprise]: { department: 'Sales' } };
    expectOut(await shop.scim.post(employee()), filter);
    const both = ['urn:ietf:params:scim:schemas:core:2.0:User', enterprise];
    expect((await shop.scim.post({ ...employee(), ...inSales, schemas: both })).status).to.equal(201);
  });

  it('is set only where it can be understood', async () => {
    const editor = host.host.resolve(ConnectionEditor);
    const before = await shop.connection();
    for (const [scope, why] of [
      ['userType eq', 'no filter over users'],
      ['nonsense eq "x"', 'no filter over users'],
      ['groups.display eq "Staff"', '"groups", which only the server knows'],
      ['userType eq "x" or not (meta.created gt "2024-01-01T00:00:00Z")', '"meta", which only the server knows'],
    ] as const) {
      const refused = await editor.change(shop.code, { policy: { scope } }).then(
        () => undefined,
        (error: Error & { code?: string }) => error,
      );
      expect(refused?.code, scope).to.equal('POLICY_INVALID');
      expect(refused?.message).to.contain(scope).and.contain(why);
    }
    expect(await shop.connection()).to.deep.equal(before);
  });

  it('that can not be read any more serves nobody, and says so', async () => {
    await shop.set({ scope: 'gone eq "x"' });
    const { status, json } = await shop.scim.post(employee());
    expect(status).to.equal(403);
    expect(json.detail).to.contain("can't be read any more");
  });
});
