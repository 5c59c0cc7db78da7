import { expect } from 'chai';
import { type AdminClient, adminClient, administrator } from '../../setup/administration.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { openHost, type ScimHost } from '../host.ts';
import { type Connected, connected } from './connected.ts';

onBothEngines('The admin API of protected customers and matches', (engine) => {
  let host: ScimHost;
  let admin: AdminClient;
  let shop: Connected;
  before(async () => {
    host = await openHost(engine, { override: [administrator().override] });
    admin = adminClient(host.url);
    shop = await connected(host);
  });
  after(() => host.close());

  it('protects customers and groups, lists them, and ends it', async () => {
    const id = await shop.scim.create(shop.person('owner'));
    const email = `owner.${shop.code}@example.com`;
    const made = await admin.send('POST', '/protected', { customer: email });
    expect([made.status, made.json]).to.deep.equal([201, { customerId: Number(id) }]);
    const group = await admin.send('POST', '/protected', { group: 'Wholesale' });
    expect(group.json).to.include({ code: 'Wholesale' });
    expect((await shop.scim.delete(id)).status).to.equal(403);
    const { json } = await admin.get('/protected');
    expect(json.customers).to.have.length(1);
    expect(json.customers[0]).to.include({ customerId: Number(id), email, protectedBy: 'anna' });
    expect(json.groups[0]).to.include({ code: 'Wholesale', protectedBy: 'anna' });
    expect((await admin.get(`/protected?after=${id}`)).json.customers).to.deep.equal([]);
    expect((await admin.send('DELETE', `/protected/customers/${id}`)).json).to.deep.equal({
      customerId: Number(id),
      was: true,
    });
    expect((await admin.send('DELETE', `/protected/groups/${group.json.groupId}`)).json.was).to.equal(true);
    expect((await admin.get('/protected')).json).to.deep.equal({ customers: [], groups: [] });
    expect((await shop.scim.delete(id)).status).to.equal(204);
  });

  it('says what is wrong with a request', async () => {
    const both = await admin.send('POST', '/protected', { customer: '1', group: 'Wholesale' });
    expect([both.status, both.json.error.code]).to.deep.equal([400, 'BODY_INVALID']);
    const nobody = await admin.send('POST', '/protected', { customer: 'nobody@example.com' });
    expect([nobody.status, nobody.json.error.code]).to.deep.equal([404, 'CUSTOMER_UNKNOWN']);
    for (const id of ['77', 'x'])
      expect((await admin.send('POST', `/matches/${id}/approve`)).json.error.code).to.equal('MATCH_UNKNOWN');
    expect((await admin.get('/matches?connection=gone')).json.error.code).to.equal('CONNECTION_UNKNOWN');
  });

  it('lists matches and decides about them in the name of who asks', async () => {
    await shop.set({}, { match: 'ask' });
    const ids = [await host.shopper('one@shop.example'), await host.shopper('two@shop.example')];
    for (const id of ids) await shop.scim.patch(id, { op: 'add', path: 'title', value: 'x' });
    const { json } = await admin.get(`/matches?connection=${shop.code}`);
    expect(json.matches.map(({ userName }: { userName: string }) => userName)).to.deep.equal([
      'two@shop.example',
      'one@shop.example',
    ]);
    const [two, one] = json.matches;
    expect((await admin.get(`/matches?before=${two.id}`)).json.matches).to.deep.equal([one]);
    const approved = await admin.send('POST', `/matches/${one.id}/approve`);
    expect(approved.json).to.include({ state: 'approved', decidedBy: 'anna' });
    const denied = await admin.send('POST', `/matches/${two.id}/deny`);
    expect(denied.json).to.include({ state: 'denied', decidedBy: 'anna' });
    expect((await admin.get('/matches')).json.matches).to.deep.equal([]);
    expect((await admin.get('/matches?state=denied')).json.matches).to.have.length(1);
    const answers = [];
    for (const id of ids) answers.push(await shop.scim.patch(id, { op: 'add', path: 'title', value: 'x' }));
    expect(answers.map(({ status }) => status)).to.deep.equal([200, 403]);
  });
});
