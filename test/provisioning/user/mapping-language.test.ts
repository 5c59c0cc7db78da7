import { expect } from 'chai';
import { type MappingDocument, MappingVersions, presetFor } from '../../../modules/attribute-mapping/index.ts';
import { Connections } from '../../../modules/connection/index.ts';
import { CustomerAttributes } from '../../../modules/customer/index.ts';
import { sql } from '../../../modules/framework/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { openHost, type ScimHost } from '../host.ts';

const rows = presetFor('generic').rows;
const document: MappingDocument = {
  version: 1,
  sources: [
    { name: 'customAttribute3', description: 'Number three.' },
    { name: 'urn:acme:scim:1.0:User:level', type: 'integer' },
  ],
  rows: [
    ...rows,
    { id: 'vat', type: 'direct', source: 'customAttribute3', target: 'taxvat' },
    { id: 'salutation', type: 'lookup', source: 'userType', target: 'gender', table: { m: 'Male', f: 'Female' } },
    { id: 'grade', type: 'direct', source: 'nickName', target: 'grade' },
    { id: 'level', type: 'direct', source: 'urn:acme:scim:1.0:User:level', target: 'tier' },
  ],
};

onBothEngines('A connection with a mapping of its own', (engine) => {
  let host: ScimHost;
  let scim: Awaited<ReturnType<ScimHost['connect']>>;
  before(async () => {
    host = await openHost(engine);
    scim = await host.connect('acme');
    const { database } = host;
    await database.transaction((tx) =>
      host.host.resolve(CustomerAttributes).ensure(tx, [
        { code: 'tier', label: 'Tier', backendType: 'int' },
        { code: 'grade', label: 'Grade', backendType: 'int', input: 'select', options: ['Junior', 'Senior'] },
      ]),
    );
    const connection = await host.host.resolve(Connections).byCode(database, 'acme');
    await host.host.resolve(CustomerAttributes).all(database);
    await database.transaction((tx) =>
      host.host.resolve(MappingVersions).publish(tx, connection, document, { author: 'test' }, host.now()),
    );
  });
  after(() => host.close());

  const schemasOf = async (client: ScimHost['scim']) => JSON.stringify((await client.get('/Schemas')).json);

  it('announces the attributes that it declares, and no other connection does', async () => {
    expect(await schemasOf(scim))
      .to.include('customAttribute3')
      .and.include('urn:acme:scim:1.0:User');
    expect(await schemasOf(host.scim))
      .to.not.include('customAttribute3')
      .and.not.include('urn:acme');
  });

  it('keeps and maps what it declares, by label where the store has choices, and shows what the store makes of it', async () => {
    const sent = {
      userName: 'ada@x.example',
      customAttribute3: 'DE123',
      userType: 'F',
      'urn:acme:scim:1.0:User': { level: 3 },
    };
    const made = await scim.post(sent);
    expect(made.status, JSON.stringify(made.json)).to.equal(201);
    expect(made.json).to.deep.include(sent);
    const id = String(made.json.id);
    expect(await host.customer(id)).to.include({ taxvat: 'DE123', gender: 2 });
    const [tier] = await host.rows(sql`SELECT v.value FROM {customer_entity_int} v JOIN {eav_attribute} a
      ON a.attribute_id = v.attribute_id WHERE a.attribute_code = 'tier' AND v.entity_id = ${Number(id)}`);
    expect(tier).to.deep.equal({ value: 3 });

    await host.database.run(
      sql`UPDATE {customer_entity} SET taxvat = 'FR9', gender = 1 WHERE entity_id = ${Number(id)}`,
    );
    const read = await scim.get(`/Users/${id}`);
    expect(read.json).to.deep.include({ ...sent, customAttribute3: 'FR9', userType: 'm' });
    const found = await scim.get(`/Users?filter=${encodeURIComponent('customAttribute3 eq "fr9"')}`);
    expect(found.json.totalResults, JSON.stringify(found.json)).to.equal(1);

    const patched = await scim.patch(id, { op: 'replace', path: 'customAttribute3', value: 'IT7' });
    expect(patched.json).to.include({ customAttribute3: 'IT7', userType: 'm' });
    expect(await host.customer(id)).to.include({ taxvat: 'IT7', gender: 1 });
  });

  it('shows the new label of a choice that the store has renamed, which can be sent back', async () => {
    const { json: before } = await scim.post({ userName: 'junior@x.example', nickName: 'junior' });
    expect(before.nickName).to.equal('junior');
    await host.database.run(sql`UPDATE {eav_attribute_option_value} SET value = 'Trainee' WHERE value = 'Junior'`);
    host.host.resolve(CustomerAttributes).expire();
    const { json } = await scim.get(`/Users/${String(before.id)}`);
    expect(json.nickName).to.equal('Trainee');
    expect((await scim.put(String(before.id), json as never)).status).to.equal(200);
  });

  it('refuses what a row can’t take, in the attribute’s name', async () => {
    const { status, json } = await scim.post({ userName: 'bad@x.example', customAttribute3: 'x'.repeat(60) });
    expect([status, json.scimType]).to.deep.equal([400, 'invalidValue']);
    expect(json.detail).to.include('"customAttribute3"').and.include('taxvat');
  });
});
