import { expect } from 'chai';
import { CustomerGroups, ourLock } from '../../modules/customer/index.ts';
import { sql } from '../../modules/framework/index.ts';
import { Reconciliation } from '../../modules/reconciliation/index.ts';
import reconciliation from '../../modules/reconciliation/module.ts';
import { type GroupClient, groupClient } from '../provisioning/group/group-client.ts';
import { openHost, type ScimHost } from '../provisioning/host.ts';
import { onBothEngines } from '../setup/databases.ts';
import { cureOnly, findings, inStore, pastForeignKeys, told } from './reconciled-host.ts';

const home = { streetAddress: '1 Main', locality: 'Austin', region: 'Texas', postalCode: '78701', country: 'US' };

onBothEngines('Reconciliation', (engine) => {
  let host: ScimHost;
  let groups: GroupClient;
  let made = 0;
  before(async () => {
    host = await openHost(engine, { modules: [reconciliation], secondWebsite: true });
    groups = groupClient(host.scim);
    // In every life that a user can have, and in groups: none of it is a disagreement.
    const ids = [];
    for (const more of [{}, { addresses: [home], title: 'Boss' }, { active: false }, { name: { givenName: 'Only' } }])
      ids.push(await user('Steady', more));
    const [first = '', second = '', , fourth = ''] = ids;
    const inner = await groups.create({ displayName: 'Inner', members: [{ value: first }] });
    const outer = await groups.create({ displayName: 'Outer', members: [{ value: inner }, { value: second }] });
    await groups.patch(outer, { op: 'remove', path: `members[value eq "${second}"]` });
    await host.scim.patch(first, { op: 'replace', path: 'displayName', value: 'Straße' });
    await host.scim.delete(fourth);
  });
  after(() => host.close());
  afterEach(async () => expect(await told(host), 'what is left').to.deep.equal([]));

  /** A user of its own for each test, found by its userName. */
  const user = (name: string, more: Readonly<Record<string, unknown>> = {}): Promise<string> => {
    const userName = `${name}${++made}@shop.example`;
    const names = { givenName: name, familyName: 'Lovelace' };
    return host.scim.create({ userName, name: names, externalId: userName, emails: [{ value: userName }], ...more });
  };
  const nameOf = (name: string): string => `${name}${made}@shop.example`;
  const column = async (id: string, name: string): Promise<unknown> => (await host.customer(id))[name];
  const records = async () => (await host.records()).filter(({ operation }) => operation.endsWith('.reconcile'));

  it('finds nothing where nobody has touched anything', async () => {
    expect(await findings(host)).to.deep.equal([]);
  });

  it('locks again whom somebody unlocked, with sessions and tokens, and says who asked', async () => {
    const id = await user('Eve', { active: false });
    // As Magento's "Unlock" does, and then somebody logs in.
    await inStore(host, id, { lock_expires: null, failures_num: 0, is_active: 1 });
    await host.database.run(
      sql`INSERT INTO {oauth_token} (type, token, secret, customer_id, user_type, callback_url) VALUES ('access', ${`t${id}`}, 's', ${id}, 3, '')`,
    );
    expect(await told(host)).to.deep.equal([
      `unlocked ${nameOf('Eve')}: is_active 0 → 1, lock_expires ${ourLock} → null`,
    ]);
    expect(await cureOnly(host, 'unlocked')).to.equal('cured');
    expect(await host.customer(id)).to.include({ is_active: 0, lock_expires: ourLock });
    expect((await host.customer(id)).session_cutoff).to.equal('2024-05-06 12:00:00');
    expect(await host.rows(sql`SELECT 1 FROM {oauth_token} WHERE customer_id = ${id}`)).to.deep.equal([]);
    const [record] = await records();
    expect(record).to.include({
      operation: 'user.reconcile',
      actor: 'anna',
      customerId: Number(id),
      subject: nameOf('Eve'),
    });
    expect(record?.modified?.[0]).to.deep.equal({ attribute: 'is_active', before: 1, after: 0 });
    expect(record?.notes).to.deep.equal(['Reconciled: unlocked, cured by "lock".']);
  });

  it('lets a lifted lock be locked again where is_active still says no, and offers nothing else', async () => {
    const id = await user('Mallory', { active: false });
    await inStore(host, id, { lock_expires: null });
    const [found] = await findings(host);
    expect(found).to.deep.include({ kind: 'unlocked', severity: 'high', connection: 'default', cures: ['lock'] });
    expect(await cureOnly(host, 'unlocked')).to.equal('cured');
    // Who comes back later gets no lock of ours back.
    await host.scim.patch(id, { op: 'replace', path: 'active', value: true });
    expect(await column(id, 'lock_expires')).to.equal(null);
  });

  it('takes the word of the store that somebody is active', async () => {
    const id = await user('Back', { active: false });
    await inStore(host, id, { is_active: 1, lock_expires: null });
    expect(await cureOnly(host, 'unlocked', 'accept')).to.equal('cured');
    expect((await host.scim.get(`/Users/${id}`)).json.active).to.equal(true);
    expect(await column(id, 'is_active')).to.equal(1);
    const kept = sql`SELECT document, shadow FROM {vestibule_user_document} WHERE customer_id = ${id}`;
    const { document, shadow } = await host.row<{ document: string; shadow: string }>(kept);
    expect([JSON.parse(document).active, JSON.parse(shadow).is_active]).to.deep.equal([true, 1]);
  });

  it('locks again whom a deletion had locked, or lets them be shoppers', async () => {
    const [one, other] = [await user('Gone'), await user('Stays')];
    for (const id of [one, other]) {
      await host.scim.delete(id);
      await inStore(host, id, { lock_expires: null });
    }
    const [first, second] = await findings(host);
    expect([first?.kind, second?.kind]).to.deep.equal(['unlocked-deleted', 'unlocked-deleted']);
    const { cure } = host.host.resolve(Reconciliation);
    if (first) expect(await cure(first, 'lock', 'anna')).to.equal('cured');
    if (second) expect(await cure(second, 'release', 'anna')).to.equal('cured');
    expect(await column(one, 'lock_expires')).to.equal(ourLock);
    expect(await host.rows(sql`SELECT 1 FROM {vestibule_user} WHERE customer_id = ${other}`)).to.deep.equal([]);
  });

  it('takes a lock away that was left over', async () => {
    const id = await user('Active');
    await inStore(host, id, { lock_expires: ourLock });
    expect(await told(host)).to.deep.equal([
      `lock-left ${nameOf('Active')}: is_active 1 → 1, lock_expires null → ${ourLock}`,
    ]);
    expect(await cureOnly(host, 'lock-left')).to.equal('cured');
    expect(await column(id, 'lock_expires')).to.equal(null);
  });

  it('settles a deactivation in the store either way', async () => {
    const [one, other] = [await user('Off'), await user('On')];
    const off = (id: string) => inStore(host, id, { is_active: 0 });
    await off(one);
    expect(await cureOnly(host, 'deactivated-in-store')).to.equal('cured');
    expect((await host.scim.get(`/Users/${one}`)).json.active).to.equal(false);
    expect(await column(one, 'lock_expires')).to.equal(ourLock);
    await off(other);
    expect(await cureOnly(host, 'deactivated-in-store', 'unlock')).to.equal('cured');
    expect(await column(other, 'is_active')).to.equal(1);
  });

  it('forgets a user whose customer was removed past the foreign keys, so that it can be made anew', async () => {
    const id = await user('Ghost');
    const userName = nameOf('Ghost');
    const group = await groups.create({ displayName: 'Haunted', members: [{ value: id }] });
    await pastForeignKeys(
      host,
      sql`DELETE FROM {customer_entity} WHERE entity_id = ${id}`,
      sql`DELETE FROM {customer_grid_flat} WHERE entity_id = ${id}`,
    );
    expect((await host.scim.post({ userName })).status).to.equal(409);
    expect(await told(host)).to.deep.equal([`customer-missing ${userName.toLowerCase()}: customer ${id} → null`]);
    expect(await cureOnly(host, 'customer-missing')).to.equal('cured');
    expect((await host.scim.post({ userName })).status).to.equal(201);
    expect(await groups.members(group)).to.deep.equal([]);
    const [{ member_count }] = (await host.rows<{ member_count: number }>(
      sql`SELECT member_count FROM {vestibule_group} WHERE display_name = 'Haunted'`,
    )) as [{ member_count: number }];
    expect(member_count).to.equal(0);
  });

  it('releases customers and removes groups of a connection that is gone', async () => {
    const other = await host.connect('gone');
    const id = await other.create({ userName: 'lost@shop.example', emails: [{ value: 'lost@shop.example' }] });
    await groupClient(other).create({ displayName: 'Lost', members: [{ value: id }] });
    await pastForeignKeys(host, sql`DELETE FROM {vestibule_connection} WHERE code = 'gone'`);
    expect((await findings(host)).map(({ kind, connection }) => [kind, connection])).to.deep.equal([
      ['connection-missing', null],
      ['group-orphaned', null],
    ]);
    expect(await cureOnly(host, 'connection-missing')).to.equal('cured');
    expect(await cureOnly(host, 'group-orphaned')).to.equal('cured');
    expect(await host.rows(sql`SELECT 1 FROM {vestibule_user} WHERE customer_id = ${id}`)).to.deep.equal([]);
    expect(await host.rows(sql`SELECT 1 FROM {vestibule_group} WHERE display_name = 'Lost'`)).to.deep.equal([]);
    expect(await host.customer(id)).to.include({ email: 'lost@shop.example' });
  });

  it('releases a customer whose document is gone, so that its provider can take it over', async () => {
    const id = await user('Blank');
    const userName = nameOf('Blank');
    await host.database.run(sql`DELETE FROM {vestibule_user_document} WHERE customer_id = ${id}`);
    expect(await told(host)).to.deep.equal([`document-missing ${userName}: document ${id} → null`]);
    expect(await cureOnly(host, 'document-missing')).to.equal('cured');
    const put = await host.scim.put(id, { userName, emails: [{ value: userName }], name: { givenName: 'B' } });
    expect(put.status).to.equal(200);
  });

  it('releases a customer of another website', async () => {
    const id = await user('Moved');
    await inStore(host, id, { website_id: 2 });
    expect(await told(host)).to.deep.equal([`website-differs ${nameOf('Moved')}: website_id 1 → 2`]);
    expect(await cureOnly(host, 'website-differs')).to.equal('cured');
  });

  it('writes anew what a user is found by', async () => {
    const id = await user('Key', { displayName: 'Zoë Straße' });
    const userName = nameOf('Key');
    await host.database.run(
      sql`UPDATE {vestibule_user} SET user_name_key = ${`X${userName}`}, display_key = 'strasse' WHERE customer_id = ${id}`,
    );
    await host.database.run(sql`DELETE FROM {vestibule_user_email} WHERE customer_id = ${id}`);
    expect((await host.scim.find('displayName eq "ZOË STRAßE"')).json.totalResults).to.equal(0);
    expect(await told(host)).to.deep.equal([
      `keys-differ ${userName}: userName key${made}@shop.example → X${userName}, displayName zoë straße → strasse, emails key${made}@shop.example → null`,
    ]);
    expect(await cureOnly(host, 'keys-differ')).to.equal('cured');
    expect((await host.scim.find('displayName eq "ZOË STRAßE"')).json.totalResults).to.equal(1);
  });

  it('restores values that the store has changed, or takes them for the provider’s', async () => {
    const id = await user('Drift', { addresses: [home], title: 'Boss' });
    await host.database.run(
      sql`UPDATE {customer_entity} SET firstname = 'Store', lastname = 'Own' WHERE entity_id = ${id}`,
    );
    await host.database.run(sql`UPDATE {customer_address_entity} SET city = 'Dallas' WHERE parent_id = ${id}`);
    expect(await told(host, 'drifted')).to.deep.equal([
      `drifted ${nameOf('Drift')}: firstname Drift → Store`,
      `drifted ${nameOf('Drift')}: lastname Lovelace → Own`,
      `drifted ${nameOf('Drift')}: address.city Austin → Dallas`,
    ]);
    const [first, last, city] = await findings(host, { kinds: ['drifted'] });
    const service = host.host.resolve(Reconciliation);
    if (!first || !last || !city) throw new Error('three values differ');
    expect(await service.cure(first, 'restore', 'anna')).to.equal('cured');
    expect(await service.cure(last, 'accept', 'anna')).to.equal('cured');
    expect(await service.cure(city, 'restore', 'anna')).to.equal('cured');
    expect(await host.customer(id)).to.include({ firstname: 'Drift', lastname: 'Own' });
    const { json } = await host.scim.get(`/Users/${id}`);
    expect([json.name?.familyName, json.addresses?.[0]?.locality]).to.deep.equal(['Own', 'Austin']);
    const { document } = await host.row<{ document: string }>(
      sql`SELECT document FROM {vestibule_user_document} WHERE customer_id = ${id}`,
    );
    expect(JSON.parse(document).name.familyName).to.equal('Own');
  });

  it('brings a whole address back that was removed', async () => {
    const id = await user('Homeless', { addresses: [home] });
    await host.database.run(sql`DELETE FROM {customer_address_entity} WHERE parent_id = ${id}`);
    await host.database.run(
      sql`UPDATE {customer_entity} SET default_billing = NULL, default_shipping = NULL WHERE entity_id = ${id}`,
    );
    const [found] = await findings(host, { kinds: ['drifted'] });
    if (!found) throw new Error('the address is missing');
    expect(await host.host.resolve(Reconciliation).cure(found, 'restore', 'anna')).to.equal('cured');
    expect((await host.scim.get(`/Users/${id}`)).json.addresses?.[0]?.postalCode).to.equal('78701');
  });

  it('moves customers to where memberships say, and back where none says anything', async () => {
    const id = await user('Member');
    await groups.create({ displayName: 'Gold', members: [{ value: id }] });
    const gold = (await host.host.resolve(CustomerGroups).byCode(host.database, 'Gold'))?.id;
    const regroup = async (group: number): Promise<void> => {
      await inStore(host, id, { group_id: group });
    };
    await regroup(2);
    expect(await told(host)).to.deep.equal([`group-differs ${nameOf('Member')}: group_id ${gold} → 2`]);
    expect(await cureOnly(host, 'group-differs')).to.equal('cured');
    expect(await column(id, 'group_id')).to.equal(gold);
    await host.database.run(sql`DELETE FROM {vestibule_group_member} WHERE customer_id = ${id}`);
    expect(await told(host)).to.deep.equal([`group-differs ${nameOf('Member')}: group_id null → ${gold}`]);
    expect(await cureOnly(host, 'group-differs')).to.equal('cured');
    expect(await column(id, 'group_id')).to.equal(1);
  });

  it('removes documents, e-mails and remembered groups without a user', async () => {
    const id = await user('Loose');
    await groups.create({ displayName: 'Loosely', members: [{ value: id }] });
    await host.database.run(sql`DELETE FROM {vestibule_user} WHERE customer_id = ${id}`);
    expect(await told(host)).to.deep.equal([
      `document-orphaned ${id}: documents without a user null → 1`,
      `emails-orphaned ${id}: e-mail addresses without a living user null → 1`,
      `assignment-orphaned ${id}: remembered customer groups without a user null → 1`,
    ]);
    for (const kind of ['document-orphaned', 'emails-orphaned', 'assignment-orphaned'] as const)
      expect(await cureOnly(host, kind)).to.equal('cured');
  });

  it('removes memberships that count nowhere and links to groups that are gone, and leaves the others', async () => {
    const id = await user('Linked');
    const low = await groups.create({ displayName: 'Low', members: [{ value: id }] });
    const middle = await groups.create({ displayName: 'Middle', members: [{ value: low }, { value: id }] });
    await groups.create({ displayName: 'High', members: [{ value: middle }, { value: low }] });
    await host.database.run(sql`DELETE FROM {vestibule_group} WHERE display_name = 'Middle'`);
    expect((await findings(host)).map(({ kind }) => kind)).to.deep.equal(['members-orphaned', 'group-links-orphaned']);
    expect(await cureOnly(host, 'members-orphaned')).to.equal('cured');
    expect(await cureOnly(host, 'group-links-orphaned')).to.equal('cured');
    expect(await groups.members(low)).to.deep.equal([id]);
    const links = sql`SELECT 1 FROM {vestibule_group_nesting} n WHERE NOT EXISTS (SELECT 1 FROM {vestibule_group} g WHERE g.group_id = n.parent_id) OR NOT EXISTS (SELECT 1 FROM {vestibule_group} g WHERE g.group_id = n.child_id)`;
    expect(await host.rows(links)).to.deep.equal([]);
    const { json } = await host.scim.get(`/Users/${id}`);
    expect((json.groups as unknown as { display: string }[]).map(({ display }) => display)).to.deep.equal([
      'Low',
      'High',
    ]);
  });

  it('removes what would let a deleted user be found', async () => {
    const id = await user('Dead');
    const group = Number((await groups.create({ displayName: 'Cemetery' })).replace(/\D/g, ''));
    await host.scim.delete(id);
    await host.database.run(
      sql`INSERT INTO {vestibule_group_member} (group_id, generation, customer_id) VALUES (${group}, 0, ${id})`,
    );
    await host.database.run(
      sql`INSERT INTO {vestibule_user_email} (customer_id, position, connection_id, value_key, is_primary) VALUES (${id}, 0, 1, 'dead', 0)`,
    );
    expect((await findings(host)).map(({ kind }) => kind)).to.deep.equal(['emails-orphaned', 'members-orphaned']);
    expect(await cureOnly(host, 'emails-orphaned')).to.equal('cured');
    expect(await cureOnly(host, 'members-orphaned')).to.equal('cured');
  });

  it('writes rows of the customer grid anew and removes those of nobody', async () => {
    const [missing, stale, gone] = [await user('Hidden'), await user('Old'), await user('Left')];
    const grid = async (id: string) =>
      (await host.rows(sql`SELECT name FROM {customer_grid_flat} WHERE entity_id = ${id}`))[0];
    await host.database.run(sql`DELETE FROM {customer_grid_flat} WHERE entity_id = ${missing}`);
    await host.database.run(sql`UPDATE {customer_grid_flat} SET name = 'Wrong' WHERE entity_id = ${stale}`);
    await host.database.run(sql`DELETE FROM {customer_entity} WHERE entity_id = ${gone}`);
    expect((await told(host)).map((text) => text.split(' ')[0])).to.deep.equal([
      'grid-missing',
      'grid-stale',
      'grid-orphaned',
    ]);
    for (const kind of ['grid-missing', 'grid-stale', 'grid-orphaned'] as const)
      expect(await cureOnly(host, kind)).to.equal('cured');
    expect([await grid(missing), await grid(stale), await grid(gone)]).to.deep.equal([
      { name: 'Hidden Lovelace' },
      { name: 'Old Lovelace' },
      undefined,
    ]);
    expect((await records())[0]).to.include({ operation: 'customer.reconcile', actor: 'anna' });
  });
});
