import { expect } from 'chai';
import type { MappingRow } from '../../../modules/attribute-mapping/index.ts';
import { sql } from '../../../modules/framework/index.ts';
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
});
