import { expect } from 'chai';
import { sql } from '../../../modules/framework/index.ts';
import { GuardHolds } from '../../../modules/provisioning/guard/holds.ts';
import { GuardJobs } from '../../../modules/provisioning/guard/job/guard-jobs.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { type GroupClient, groupClient } from '../group/group-client.ts';
import { openHost, type ScimHost } from '../host.ts';
import { type Connected, connected } from '../policy/connected.ts';
import { type Door, doorOf } from './door.ts';

onBothEngines('Groups that a sign-in names', (engine) => {
  let host: ScimHost;
  let shop: Connected;
  let door: Door;
  let groups: GroupClient;
  let name: string;
  before(async () => {
    host = await openHost(engine);
  });
  after(() => host.close());
  beforeEach(async () => {
    shop = await connected(host);
    door = doorOf(host, shop);
    groups = groupClient(shop.scim);
    name = `in.${shop.code}@example.com`;
  });

  const of = async (id: string): Promise<string[]> => {
    const { json } = await shop.scim.get(`/Users/${id}`);
    const list = (json.groups ?? []) as unknown as { display: string }[];
    return list.map(({ display }) => display).sort();
  };
  const named = (...names: string[]) => ({ groups: names });
  const customerGroup = async (id: string | number): Promise<string> =>
    (
      await host.row<{ code: string }>(
        sql`SELECT g.customer_group_code AS code FROM {customer_entity} c JOIN {customer_group} g ON g.customer_group_id = c.group_id WHERE c.entity_id = ${Number(id)}`,
      )
    ).code;
  const made = async (): Promise<number> =>
    (
      await host.row<{ n: number }>(
        sql`SELECT COUNT(*) AS n FROM {vestibule_group} WHERE connection_id = ${(await shop.connection()).id}`,
      )
    ).n;

  it('are joined by name, made where there are none, and bring their customer group', async () => {
    await groups.create({ displayName: `Staff ${shop.code}` });
    const { userId: id } = await door.signIn(name, {}, named(`STAFF ${shop.code}`, `Buyers ${shop.code}`));
    expect(await of(id)).to.deep.equal([`Buyers ${shop.code}`, `Staff ${shop.code}`]);
    expect(await customerGroup(id)).to.equal(`Staff ${shop.code}`);
    expect(await made()).to.equal(2);
    const { json } = await groups.find(`displayName eq "Buyers ${shop.code}"`);
    expect(json.Resources?.[0]?.members?.[0]?.value).to.equal(id);
    expect(json.Resources?.[0]?.meta?.version).to.be.a('string');
  });

  it('are left when they are named no longer, and the customer goes back to where it was', async () => {
    const { userId: id } = await door.signIn(name, {}, named(`A ${shop.code}`, `B ${shop.code}`));
    expect((await door.signIn(name, {}, named(`B ${shop.code}`))).outcome).to.equal('updated');
    expect([await of(id), await customerGroup(id)]).to.deep.equal([[`B ${shop.code}`], `B ${shop.code}`]);
    await door.signIn(name, {}, named());
    expect([await of(id), await customerGroup(id)]).to.deep.equal([[], 'General']);
    expect((await door.signIn(name, {}, named())).outcome).to.equal('unchanged');
  });

  it('are left alone where the connection takes none from sign-ins', async () => {
    const { userId: id } = await door.signIn(name, {}, named(`A ${shop.code}`));
    expect((await door.signIn(name)).outcome).to.equal('unchanged');
    await shop.set({ update: false });
    expect((await door.signIn(name, {}, named())).outcome).to.equal('unchanged');
    expect(await of(id)).to.deep.equal([`A ${shop.code}`]);
  });

  it('stay if SCIM gave them, or has said them since', async () => {
    const id = await shop.scim.create({ userName: name });
    const given = await groups.create({ displayName: `Given ${shop.code}`, members: [{ value: id }] });
    const said = await groups.create({ displayName: `Said ${shop.code}` });
    const put = await groups.create({ displayName: `Put ${shop.code}` });
    await door.signIn(name, {}, named(`Given ${shop.code}`, `Said ${shop.code}`, `Put ${shop.code}`));
    await groups.patch(said, { op: 'add', path: 'members', value: [{ value: id }] });
    await groups.put(put, { displayName: `Put ${shop.code}`, members: [{ value: id }] });
    expect((await door.signIn(name, {}, named())).outcome).to.equal('unchanged');
    expect(await of(id)).to.deep.equal([`Given ${shop.code}`, `Put ${shop.code}`, `Said ${shop.code}`]);
    expect(given).to.match(/^g\d+$/);
  });

  it('are taken by SCIM as any others, and given again by the next sign-in', async () => {
    const { userId: id } = await door.signIn(name, {}, named(`A ${shop.code}`));
    const { json } = await shop.scim.send('GET', '/Groups');
    await groups.patch(String(json.Resources?.[0]?.id), { op: 'remove', path: `members[value eq "${id}"]` });
    expect(await of(id)).to.deep.equal([]);
    expect(
      await host.rows(sql`SELECT * FROM {vestibule_sign_in_membership} WHERE customer_id = ${Number(id)}`),
    ).to.deep.equal([]);
    await door.signIn(name, {}, named(`A ${shop.code}`));
    expect(await of(id)).to.deep.equal([`A ${shop.code}`]);
  });

  it('are made only as the group policy says', async () => {
    await shop.set({}, { groups: 'none' });
    const { userId: id } = await door.signIn(name, {}, named(`A ${shop.code}`));
    expect([await of(id), await made()]).to.deep.equal([[], 0]);
    await shop.set({}, { groups: 'match' });
    await door.signIn(name, {}, named(`A ${shop.code}`, 'wholesale'));
    expect([await of(id), await customerGroup(id)]).to.deep.equal([['wholesale'], 'Wholesale']);
    await shop.set({ create: false }, { groups: 'create' });
    await door.signIn(name, {}, named(`A ${shop.code}`, 'wholesale'));
    expect(await made()).to.equal(1);
  });

  it('are not left while the guard holds that, and the person comes in', async () => {
    const { userId: id } = await door.signIn(name, {}, named(`A ${shop.code}`));
    const decoy = await shop.scim.create({ userName: `decoy-${shop.code}` });
    await host.database.run(
      sql`UPDATE {customer_entity} SET created_at = ${'2024-05-05 00:00:00'} WHERE entity_id IN (${Number(id)}, ${Number(decoy)})`,
    );
    await shop.set({ guardAtLeast: 1, guardPercent: 1 });
    expect((await shop.scim.patch(decoy, { op: 'replace', path: 'active', value: false })).status).to.equal(200);
    const requestId = `held-${shop.code}`;
    const came = await door.signIn(name, { title: 'x' }, { groups: [], requestId });
    expect(came.outcome).to.equal('updated');
    expect(await of(id)).to.deep.equal([`A ${shop.code}`]);
    const records = (await host.records()).filter((record) => record.requestId === requestId);
    expect(records).to.have.length(1);
    expect(records[0]?.notes?.join(' ')).to.contain('guard');
    const holds = host.host.resolve(GuardHolds);
    const [hold] = await holds.list({ connectionId: (await shop.connection()).id });
    await holds.approve(Number(hold?.id), { actor: 'anna' });
    await host.host.resolve(GuardJobs).drain();
    expect(await of(id)).to.deep.equal([]);
  });
});
