import { expect } from 'chai';
import { sql } from '../../../modules/framework/index.ts';
import type { Resource } from '../../../modules/scim/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { openHost, type ScimHost } from '../host.ts';
import { type Connected, connected } from '../policy/connected.ts';
import { type Door, doorOf } from './door.ts';

onBothEngines('A sign-in of a known user', (engine) => {
  let host: ScimHost;
  let shop: Connected;
  let door: Door;
  let name: string;
  before(async () => {
    host = await openHost(engine);
  });
  after(() => host.close());
  beforeEach(async () => {
    shop = await connected(host);
    door = doorOf(host, shop);
    name = `up.${shop.code}@example.com`;
  });

  const user = async (id: string) => (await shop.scim.get(`/Users/${id}`)).json;
  const titled = (title: string): Resource => ({ title, nickName: 'n' });
  const title = async (id: string | number) => (await host.eav(id)).job_title;

  it('fills in what nobody says, and leaves SCIM its values', async () => {
    const id = await shop.scim.create({ userName: name, title: 'S', name: { givenName: 'Ann', familyName: 'Smith' } });
    const came = await door.signIn(name, { title: 'A', nickName: 'n', name: { givenName: 'Eve' } });
    expect(came.disagreements).to.deep.equal([
      { path: 'title', scim: 'S', saml: 'A' },
      { path: 'name.givenName', scim: 'Ann', saml: 'Eve' },
    ]);
    expect(await user(id)).to.deep.include({ title: 'S', nickName: 'n' });
    expect((await host.customer(id)).firstname).to.equal('Ann');
  });

  it('writes its own values anew until SCIM writes them, and takes back what comes no longer', async () => {
    const { userId: id } = await door.signIn(name, titled('a'));
    expect((await door.signIn(name, titled('b'))).outcome).to.equal('updated');
    expect(await title(id)).to.equal('b');
    expect((await door.signIn(name, { nickName: 'n' })).outcome).to.equal('updated');
    expect(await title(id)).to.equal(undefined);
    await door.signIn(name, titled('c'));
    await shop.scim.patch(id, { op: 'replace', path: 'title', value: 'S' });
    expect((await door.signIn(name, titled('d'))).outcome).to.equal('unchanged');
    expect((await door.signIn(name, { nickName: 'n' })).outcome).to.equal('unchanged');
    expect(await title(id)).to.equal('S');
  });

  it('leaves alone what the store has changed since', async () => {
    const { userId: id, customerId } = await door.signIn(name, { name: { givenName: 'Ada', familyName: 'L' } });
    await host.database.run(sql`UPDATE {customer_entity} SET firstname = ${'Augusta'} WHERE entity_id = ${customerId}`);
    const came = await door.signIn(name, { name: { givenName: 'Ada', familyName: 'L' }, nickName: 'n' });
    expect(came.outcome).to.equal('updated');
    expect((await host.customer(id)).firstname).to.equal('Augusta');
    expect(came.disagreements.map(({ path }) => path)).to.deep.equal(['name.givenName']);
  });

  it('replaces everything but what SCIM finds the user by, where sign-ins win', async () => {
    const id = await shop.scim.create({ userName: name, externalId: `x-${shop.code}`, title: 'S' });
    const wins = { policy: { samlWins: true } };
    await door.signIn(`x-${shop.code}`, { userName: 'other', ...titled('A') }, wins);
    expect(await user(id)).to.deep.include({ userName: name, title: 'A' });
    await shop.scim.patch(id, { op: 'replace', path: 'title', value: 'S' });
    await door.signIn(`x-${shop.code}`, titled('A'), wins);
    expect(await title(id)).to.equal('A');
  });

  it('changes nothing where sign-ins or the connection update nobody, and lets the person in', async () => {
    const id = await shop.scim.create({ userName: name });
    expect((await door.signIn(name, titled('A'), { policy: { update: false } })).outcome).to.equal('linked');
    await shop.set({ update: false });
    expect((await door.signIn(name, titled('A'))).outcome).to.equal('unchanged');
    expect(await user(id)).not.to.have.property('title');
    await shop.set({ update: true });
    expect((await door.signIn(name, titled('A'))).outcome).to.equal('updated');
  });

  it('lets the person in without a value that can not be written, and says so', async () => {
    await shop.scim.create({ userName: `taken.${shop.code}@example.com` });
    const { userId: id } = await door.signIn(name, { emails: [{ value: name, type: 'work', primary: true }] });
    const mail = [{ value: `taken.${shop.code}@example.com`, type: 'work', primary: true }];
    const came = await door.signIn(name, { emails: mail, title: 'A' }, { requestId: `taken-${shop.code}` });
    expect(came).to.include({ userId: id, outcome: 'unchanged', email: name });
    expect((await user(id)).emails?.[0]?.value).to.equal(name);
    const record = (await host.records()).find(({ requestId }) => requestId === `taken-${shop.code}`);
    expect(record?.notes?.join(' ')).to.contain('left as it is');
    expect((await door.signIn(name, { emails: [], title: 'B' })).outcome).to.equal('updated');
  });

  it('takes a recycled address from a user whom SCIM has deleted', async () => {
    const recycled = `old.${shop.code}@example.com`;
    await shop.scim.delete(await shop.scim.create({ userName: recycled }));
    const { userId: id } = await door.signIn(name, { emails: [{ value: name, type: 'work', primary: true }] });
    await door.signIn(name, { emails: [{ value: recycled, type: 'work', primary: true }] });
    expect((await host.customer(id)).email).to.equal(recycled);
  });
});
