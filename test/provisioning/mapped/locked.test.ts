import { expect } from 'chai';
import { countStatements, sql } from '../../../modules/framework/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { type MappedHost, openMappedHost } from './mapped-host.ts';

onBothEngines('A target that the provider owns', (engine) => {
  let host: MappedHost;
  before(async () => {
    host = await openMappedHost(engine);
  });
  after(() => host.close());

  const owned = () =>
    host.mapped([
      { id: 'middle', type: 'direct', source: 'name.middleName', target: 'middlename', locked: true },
      { id: 'suffix', type: 'direct', source: 'name.honorificSuffix', target: 'suffix' },
    ]);
  const change = (id: string, middlename: string | null, suffix: string | null) =>
    host.database.run(
      sql`UPDATE {customer_entity} SET middlename = ${middlename}, suffix = ${suffix} WHERE entity_id = ${Number(id)}`,
    );
  const name = { givenName: 'Ada', familyName: 'Lovelace', middleName: 'King' };

  it('answers as it was sent, whatever the store has made of it', async () => {
    const scim = await owned();
    const id = await scim.create(scim.user({ name }));
    const { version } = (await scim.get(`/Users/${id}`)).json.meta ?? {};
    await change(id, 'Queen', 'PhD');
    const { json } = await scim.get(`/Users/${id}`);
    expect(json.name).to.deep.equal({ ...name, honorificSuffix: 'PhD' });
    expect(json.meta?.version).to.not.equal(version);
    expect((await scim.find('name.middleName eq "King"')).json.totalResults).to.equal(1);
    expect((await scim.find('name.middleName eq "Queen"')).json.totalResults).to.equal(0);
    expect((await scim.find('name.honorificSuffix eq "PhD"')).json.totalResults).to.equal(1);
  });

  it('is put back by the next write, and what the store owns is not', async () => {
    const scim = await owned();
    const user = scim.user({ name });
    const id = await scim.create(user);
    await change(id, 'Queen', 'PhD');
    expect((await scim.put(id, user)).status).to.equal(200);
    expect(await host.customer(id)).to.include({ middlename: 'King', suffix: 'PhD' });
  });

  it('is emptied again where the provider has none', async () => {
    const scim = await owned();
    const user = scim.user();
    const id = await scim.create(user);
    await change(id, 'Queen', 'PhD');
    await scim.patch(id, { op: 'replace', path: 'name.givenName', value: 'Augusta' });
    expect(await host.customer(id)).to.include({ firstname: 'Augusta', middlename: null, suffix: 'PhD' });
    await change(id, 'Queen', 'PhD');
    await scim.put(id, { ...user, title: 'Countess' });
    expect(await host.customer(id)).to.include({ middlename: null });
  });

  it('changes nothing twice where the provider says nothing of a group, which goes back to the default once', async () => {
    const row = { id: 'group', type: 'direct', source: 'userType', target: 'group', locked: true } as const;
    const scim = await host.mapped([row]);
    const user = scim.user();
    const id = await scim.create(user);
    await host.database.run(sql`UPDATE {customer_entity} SET group_id = 3 WHERE entity_id = ${Number(id)}`);
    for (const outcome of ['done', 'unchanged']) {
      expect((await scim.put(id, user)).status).to.equal(200);
      expect((await host.records())[0]?.outcome).to.equal(outcome);
      expect((await host.customer(id)).group_id).to.equal(1);
    }
  });

  it('makes no search look at a user again and again', async () => {
    const scim = await owned();
    const id = await scim.create(scim.user({ name }));
    const search = () => scim.find('name.middleName sw "Ki"');
    await search();
    await change(id, 'Queen', null);
    expect((await search()).json.totalResults).to.equal(1);
    const counted = countStatements(host.database);
    await search();
    counted.stop();
    expect(counted.statements.filter((text) => text.startsWith('UPDATE'))).to.deep.equal([]);
  });
});
