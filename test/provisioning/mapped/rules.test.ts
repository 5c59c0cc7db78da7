import { expect } from 'chai';
import type { MappingRow } from '../../../modules/attribute-mapping/index.ts';
import { ourLock } from '../../../modules/customer/index.ts';
import { countStatements, sql } from '../../../modules/framework/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { type MappedHost, openMappedHost } from './mapped-host.ts';

const title = (more: Partial<MappingRow>): MappingRow =>
  ({ id: 'title', type: 'direct', source: 'title', target: 'job_title', ...more }) as MappingRow;

onBothEngines('A rule of a mapping row', (engine) => {
  let host: MappedHost;
  before(async () => {
    host = await openMappedHost(engine);
  });
  after(() => host.close());

  const jobTitle = async (id: string) => (await host.eav(id)).job_title;
  const setJobTitle = (id: string, value: string) =>
    host.database.run(sql`UPDATE {customer_entity_varchar} SET value = ${value} WHERE entity_id = ${Number(id)}
      AND attribute_id = (SELECT attribute_id FROM {eav_attribute} WHERE attribute_code = 'job_title')`);

  it('writes every change where nothing else is said, and clears what is sent no longer', async () => {
    const scim = await host.mapped([title({})]);
    const user = scim.user({ title: 'Baker' });
    const id = await scim.create(user);
    expect((await scim.put(id, { ...user, title: 'Brewer' })).status).to.equal(200);
    expect(await jobTitle(id)).to.equal('Brewer');
    const { title: _, ...without } = user;
    await scim.put(id, without);
    expect(await jobTitle(id)).to.equal(undefined);
  });

  it('"create" writes once: the document follows the provider, the row stays', async () => {
    const scim = await host.mapped([title({ apply: 'create' })]);
    const user = scim.user({ title: 'Baker' });
    const id = await scim.create(user);
    const answer = await scim.put(id, { ...user, title: 'Brewer' });
    expect(answer.json.title).to.equal('Brewer');
    expect((await scim.get(`/Users/${id}`)).json.title).to.equal('Brewer');
    expect(await jobTitle(id)).to.equal('Baker');
    await scim.patch(id, { op: 'replace', path: 'title', value: 'Smith' });
    await scim.patch(id, { op: 'remove', path: 'title' });
    expect(await jobTitle(id)).to.equal('Baker');
    expect((await scim.get(`/Users/${id}`)).json.title).to.equal(undefined);
  });

  it('"create" still tells what the store has made of the value since', async () => {
    const scim = await host.mapped([title({ apply: 'create' })]);
    const id = await scim.create(scim.user({ title: 'Baker' }));
    await setJobTitle(id, 'Chandler');
    expect((await scim.get(`/Users/${id}`)).json.title).to.equal('Chandler');
  });

  it('"if-empty" never writes over a value, whoever wrote it', async () => {
    const scim = await host.mapped([title({ apply: 'if-empty' })]);
    const user = scim.user();
    const id = await scim.create(user);
    await scim.put(id, { ...user, title: 'Baker' });
    expect(await jobTitle(id)).to.equal('Baker');
    await scim.put(id, { ...user, title: 'Brewer' });
    expect(await jobTitle(id)).to.equal('Baker');
    await scim.put(id, user);
    expect(await jobTitle(id)).to.equal('Baker');
  });

  it('"keep" leaves the row where a value is sent no longer', async () => {
    const scim = await host.mapped([title({ onNull: 'keep' })]);
    const user = scim.user({ title: 'Baker' });
    const id = await scim.create(user);
    const { title: _, ...without } = user;
    const answer = await scim.put(id, without);
    expect(answer.json.title).to.equal(undefined);
    expect(await jobTitle(id)).to.equal('Baker');
    await scim.put(id, { ...user, title: 'Brewer' });
    expect(await jobTitle(id)).to.equal('Brewer');
  });

  it('keeps nobody from being locked out', async () => {
    for (const rule of [{ apply: 'create' }, { apply: 'if-empty' }, { onNull: 'keep' }, { direction: 'in' }] as const) {
      const scim = await host.mapped([]);
      await scim.publish([], [{ id: 'active', type: 'direct', source: 'active', target: 'is_active', ...rule }]);
      const user = scim.user();
      const id = await scim.create(user);
      await scim.put(id, { ...user, active: false });
      expect(await host.customer(id), JSON.stringify(rule)).to.include({ is_active: 0, lock_expires: ourLock });
      await scim.patch(id, { op: 'replace', path: 'active', value: true });
      expect(await host.customer(id), JSON.stringify(rule)).to.include({ is_active: 1, lock_expires: null });
    }
  });

  it('answers 409 for an address that is taken in the name of the attribute that it came from', async () => {
    const scim = await host.mapped([]);
    await scim.publish([], [{ id: 'email', type: 'direct', source: 'nickName', target: 'email' }]);
    const nickName = `${scim.code}-taken@example.com`;
    await scim.create(scim.user({ nickName }));
    const other = scim.user({ nickName: `${scim.code}-free@example.com` });
    const id = await scim.create(other);
    for (const { status, json } of [
      await scim.post(scim.user({ nickName })),
      await scim.put(id, { ...other, nickName }),
    ])
      expect([status, json.scimType, /"nickName" must be unique/.test(String(json.detail))]).to.deep.equal([
        409,
        'uniqueness',
        true,
      ]);
  });

  it('"keep" leaves e-mail address and names, too, where something has to stand in for new customers', async () => {
    const scim = await host.mapped([]);
    await scim.publish(
      [],
      [
        { id: 'email', type: 'direct', source: 'emails[main].value', target: 'email', onNull: 'keep' },
        { id: 'first-name', type: 'direct', source: 'name.givenName', target: 'firstname', onNull: 'keep' },
        { id: 'last-name', type: 'direct', source: 'name.familyName', target: 'lastname' },
      ],
    );
    const user = scim.user();
    const id = await scim.create(user);
    const before = await host.customer(id);
    const { emails: _, name: __, ...bare } = user;
    expect((await scim.put(id, { ...bare, name: { familyName: 'King' } })).status).to.equal(200);
    const { email, firstname, lastname } = await host.customer(id);
    expect([email, firstname, lastname]).to.deep.equal([before.email, before.firstname, 'King']);
    const { email: placeholder } = await host.customer(await scim.create({ userName: `${scim.code}-bare` }));
    expect(placeholder).to.match(/\.placeholder\.invalid$/);
  });

  it('"keep" and "create" leave an address that is sent no longer', async () => {
    const city: MappingRow = {
      id: 'city',
      type: 'direct',
      source: 'addresses[main].locality',
      target: 'address.city',
      onNull: 'keep',
    };
    const scim = await host.mapped([city]);
    const user = scim.user({ addresses: [{ type: 'work', locality: 'Turin' }] });
    const id = await scim.create(user);
    const { addresses: _, ...without } = user;
    await scim.put(id, without);
    expect(
      await host.rows(sql`SELECT city FROM {customer_address_entity} WHERE parent_id = ${Number(id)}`),
    ).to.deep.equal([{ city: 'Turin' }]);
  });

  it('writes nothing at all where the rules leave nothing to write', async () => {
    const scim = await host.mapped([title({ apply: 'create' })]);
    const user = scim.user({ title: 'Baker' });
    const id = await scim.create(user);
    await scim.put(id, { ...user, title: 'Brewer' });
    const records = (await host.records()).length;
    await scim.put(id, { ...user, title: 'Brewer' });
    expect((await host.records()).filter(({ outcome }) => outcome === 'done').length).to.be.at.most(records);
    const [newest] = await host.records();
    expect(newest?.outcome).to.equal('unchanged');
  });

  it('that only goes out makes no search look again and again at whom neither says anything of', async () => {
    const scim = await host.mapped([title({ direction: 'out' })]);
    await scim.create(scim.user());
    const search = () => scim.find('not (title pr)');
    expect((await search()).json.totalResults).to.equal(1);
    const counted = countStatements(host.database);
    expect((await search()).json.totalResults).to.equal(1);
    counted.stop();
    expect(counted.statements.filter((text) => /^(UPDATE|SELECT d\.customer_id)/.test(text))).to.deep.equal([]);
  });

  it('that only goes out shows and finds what the store has, whatever is sent, and owns nothing', async () => {
    for (const locked of [false, true]) {
      const scim = await host.mapped([title({ direction: 'out', locked })]);
      const found = async (filter: string) =>
        ((await scim.find(filter)).json.Resources as unknown as { id: string }[]).map((one) => one.id);
      const user = scim.user({ title: 'Sent' });
      const { json } = await scim.post(user);
      const id = String(json.id);
      expect(json).to.not.have.property('title');
      expect((await scim.get(`/Users/${id}`)).json).to.deep.equal(json);
      expect([await found('title eq "Sent"'), await found('title pr')]).to.deep.equal([[], []]);
      await host.database.run(
        sql`INSERT INTO {customer_entity_varchar} (attribute_id, entity_id, value) SELECT attribute_id, ${Number(id)}, 'Store' FROM {eav_attribute} WHERE attribute_code = 'job_title' AND entity_type_id = 1`,
      );
      expect((await scim.get(`/Users/${id}`)).json.title).to.equal('Store');
      expect([await found('title eq "store"'), await found('title eq "Sent"')]).to.deep.equal([[id], []]);
      expect((await scim.put(id, { ...user, nickName: 'x' })).json.title).to.equal('Store');
      expect(await found('title eq "Sent"')).to.deep.equal([]);
      expect(await jobTitle(id)).to.equal('Store');
    }
  });
});
