import { expect } from 'chai';
import { customerUserUrn } from '../../../modules/attribute-mapping/index.ts';
import { createMissing } from '../../../modules/customer/attributes/ensure.ts';
import { type AttributeDefinition, CustomerAttributes } from '../../../modules/customer/index.ts';
import { type Sql, sql } from '../../../modules/framework/index.ts';
import { userSchema } from '../../../modules/scim/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import type { Json } from '../client.ts';
import { openHost, type ScimHost } from '../host.ts';

const definitions: readonly AttributeDefinition[] = [
  { code: 'motto', backendType: 'varchar', label: 'Motto' },
  { code: 'size', backendType: 'int', label: 'Size' },
  { code: 'limit_eur', backendType: 'decimal', label: 'Limit' },
  { code: 'joined', backendType: 'datetime', label: 'Joined' },
  { code: 'wholesale', backendType: 'int', label: 'Wholesale', input: 'boolean' },
  { code: 'tier', backendType: 'int', label: 'Tier', input: 'select', options: ['Gold', 'Silver'] },
  { code: 'likes', backendType: 'varchar', label: 'Likes', input: 'multiselect', options: ['Tea', 'Coffee', 'Milk'] },
];

/** What `user` has under our extension. */
const own = (user: Json | undefined) => user?.[customerUserUrn] as unknown as Record<string, unknown> | undefined;

onBothEngines('A custom customer attribute', (engine) => {
  let host: ScimHost;
  let users = 0;
  before(async () => {
    host = await openHost(engine);
    await host.database.transaction((tx) => host.host.resolve(CustomerAttributes).ensure(tx, definitions));
    await host.host.resolve(CustomerAttributes).all(host.database);
  });
  after(() => host.close());
  beforeEach(() => {
    users++;
  });

  const values = {
    motto: 'Ad astra',
    size: 7,
    limit_eur: 12.5,
    joined: '2024-02-29',
    wholesale: false,
    tier: 'gold',
    likes: ['Milk', 'tea'],
  };
  const create = (more: Record<string, unknown> = { [customerUserUrn]: values }) =>
    host.scim.create({ userName: `custom${users}`, ...more });
  const read = async (id: string) => own((await host.scim.get(`/Users/${id}`)).json);
  const path = (code: string) => `${customerUserUrn}:${code}`;

  /** Every EAV value of a customer by code, as the row holds it. */
  async function row(id: string): Promise<Record<string, unknown>> {
    const found: Record<string, unknown> = {};
    for (const type of ['varchar', 'int', 'decimal', 'datetime'] as const) {
      const table: Record<typeof type, Sql> = {
        varchar: sql`{customer_entity_varchar}`,
        int: sql`{customer_entity_int}`,
        decimal: sql`{customer_entity_decimal}`,
        datetime: sql`{customer_entity_datetime}`,
      };
      for (const { code, value } of await host.rows<{ code: string; value: unknown }>(
        sql`SELECT a.attribute_code AS code, v.value FROM ${table[type]} v
          JOIN {eav_attribute} a ON a.attribute_id = v.attribute_id WHERE v.entity_id = ${Number(id)}`,
      ))
        found[code] = type === 'decimal' ? Number(value) : value;
    }
    return found;
  }

  const optionId = async (code: string, label: string) =>
    (await host.host.resolve(CustomerAttributes).optionId(host.database, code, label)) ?? 0;
  const setRow = (id: string, code: string, type: 'varchar' | 'int', value: string | number) =>
    host.database.run(
      type === 'int'
        ? sql`INSERT INTO {customer_entity_int} (attribute_id, entity_id, value)
            SELECT attribute_id, ${Number(id)}, ${value} FROM {eav_attribute} WHERE attribute_code = ${code}`
        : sql`INSERT INTO {customer_entity_varchar} (attribute_id, entity_id, value)
            SELECT attribute_id, ${Number(id)}, ${value} FROM {eav_attribute} WHERE attribute_code = ${code}`,
    );

  it('is announced under our extension, in Schemas and ResourceTypes, and nowhere a null', async () => {
    const { json, text } = await host.scim.get(`/Schemas/${customerUserUrn}`);
    expect(text).to.not.include('null');
    const described = (json.attributes as unknown as { name: string; type: string }[]).map(({ name, type }) => [
      name,
      type,
    ]);
    expect(described).to.deep.equal([
      ['motto', 'string'],
      ['size', 'integer'],
      ['limit_eur', 'decimal'],
      ['joined', 'dateTime'],
      ['wholesale', 'boolean'],
      ['tier', 'string'],
      ['likes', 'string'],
    ]);
    expect((await host.scim.get('/Schemas')).text).to.include(customerUserUrn);
    expect((await host.scim.get('/ResourceTypes/User')).json.schemaExtensions).to.deep.include({
      schema: customerUserUrn,
      required: false,
    });
  });

  it('is written by POST, answered as sent, and stands in the row as Magento writes it', async () => {
    const id = await create();
    const { json } = await host.scim.get(`/Users/${id}`);
    expect(own(json)).to.deep.equal(values);
    expect(json.schemas).to.deep.equal([userSchema.id, customerUserUrn]);
    expect(await row(id)).to.deep.equal({
      motto: 'Ad astra',
      size: 7,
      limit_eur: 12.5,
      joined: '2024-02-29 00:00:00',
      wholesale: 0,
      tier: await optionId('tier', 'Gold'),
      likes: `${await optionId('likes', 'Tea')},${await optionId('likes', 'Milk')}`,
    });
    const again = await host.scim.put(id, json as never);
    expect(again.json).to.deep.equal(json);
    const projected = await host.scim.get(`/Users/${id}?attributes=${encodeURIComponent(path('tier'))}`);
    expect(own(projected.json)).to.deep.equal({ tier: 'gold' });
  });

  it('is changed, added to and removed by PATCH, and by PUT cleared when it is not sent again', async () => {
    const id = await create();
    const { json } = await host.scim.patch(
      id,
      { op: 'replace', path: path('tier'), value: 'Silver' },
      { op: 'add', path: path('likes'), value: ['Coffee'] },
      { op: 'remove', path: path('motto') },
      { op: 'replace', value: { [`${customerUserUrn}:size`]: '8', [customerUserUrn]: { wholesale: 'True' } } },
    );
    expect(own(json)).to.deep.equal({
      size: 8,
      limit_eur: 12.5,
      joined: '2024-02-29',
      wholesale: true,
      tier: 'Silver',
      likes: ['Milk', 'tea', 'Coffee'],
    });
    expect(await row(id)).to.not.have.property('motto');
    expect(await row(id)).to.include({ size: 8, wholesale: 1, tier: await optionId('tier', 'Silver') });
    const fewer = await host.scim.patch(id, { op: 'remove', path: path('likes'), value: ['Coffee', 'Milk'] });
    expect(own(fewer.json)?.likes).to.deep.equal(['tea']);
    await host.scim.put(id, { userName: `custom${users}`, [customerUserUrn]: { size: 9 } });
    expect(await read(id)).to.deep.equal({ size: 9 });
    expect(await row(id)).to.deep.equal({ size: 9 });
    const gone = await host.scim.patch(id, { op: 'remove', path: customerUserUrn });
    expect([own(gone.json), gone.json.schemas]).to.deep.equal([undefined, [userSchema.id]]);
    expect(await row(id)).to.deep.equal({});
  });

  it('with a label that the store does not have is 400 invalidValue that names those it has', async () => {
    const id = await create();
    for (const answer of [
      await host.scim.post({ userName: `wrong${users}`, [customerUserUrn]: { tier: 'Bronze' } }),
      await host.scim.patch(id, { op: 'replace', path: path('tier'), value: 'Bronze' }),
      await host.scim.patch(id, { op: 'add', path: path('likes'), value: ['Bronze'] }),
    ]) {
      expect([answer.status, answer.json.scimType], answer.text).to.deep.equal([400, 'invalidValue']);
      expect(String(answer.json.detail)).to.match(/Bronze.*"(Gold|Tea)", "(Silver|Coffee)"/);
    }
    for (const wrong of [{ size: 'big' }, { size: 2 ** 31 }, { limit_eur: 1e12 }, { joined: 'today' }])
      expect((await host.scim.post({ userName: `wrong${users}`, [customerUserUrn]: wrong })).json.scimType).to.equal(
        'invalidValue',
      );
    expect(await read(id)).to.deep.equal(values);
  });

  it('that the store has filled shows though the provider never sent it, survives PUT, and can be removed', async () => {
    const id = await create({});
    await setRow(id, 'tier', 'int', await optionId('tier', 'Silver'));
    await setRow(id, 'motto', 'varchar', 'Per aspera');
    expect(await read(id)).to.deep.equal({ motto: 'Per aspera', tier: 'Silver' });
    const put = await host.scim.put(id, { userName: `custom${users}`, title: 'x' });
    expect(own(put.json)).to.deep.equal({ motto: 'Per aspera', tier: 'Silver' });
    const patched = await host.scim.patch(id, { op: 'remove', path: path('tier') });
    expect(own(patched.json)).to.deep.equal({ motto: 'Per aspera' });
    expect(await row(id)).to.not.have.property('tier');
  });

  it('can be filtered and sorted by, what the store has filled included', async () => {
    const mine = `filter${users}`;
    const made = await create({ externalId: mine, [customerUserUrn]: { ...values, motto: `${mine} A` } });
    const filled = await create({ userName: `custom${users}b`, externalId: `${mine}b` });
    await setRow(filled, 'motto', 'varchar', `${mine} B`);
    await setRow(filled, 'tier', 'int', await optionId('tier', 'Silver'));
    const ids = async (filter: string, more = '') => {
      const { json, text } = await host.scim.find(`${path('motto')} sw "${mine}" and ${filter}`, more);
      if (json.Resources === undefined) throw new Error(text);
      return (json.Resources as unknown as { id: string }[]).map(({ id }) => id);
    };
    for (const [filter, expected] of [
      ['tier eq "GOLD"', [made]],
      ['tier eq "silver"', [filled]],
      ['tier pr', [made, filled]],
      ['tier ne "gold"', [filled]],
      ['likes eq "Tea"', [made]],
      ['size gt 6', [made]],
      ['limit_eur eq 12.5', [made]],
      ['joined ge "2024-02-29T00:00:00Z"', [made]],
      ['wholesale eq false', [made]],
      ['motto ew " b"', [filled]],
    ] as const)
      expect(await ids(`${customerUserUrn}:${filter}`), filter).to.deep.equal(expected);
    const sorted = `&sortBy=${encodeURIComponent(path('motto'))}&sortOrder=descending`;
    expect(await ids('userName pr', sorted)).to.deep.equal([filled, made]);
    await host.scim.patch(filled, { op: 'remove', path: path('tier') });
    expect(await ids(`${path('tier')} pr`)).to.deep.equal([made]);
  });

  it('of a shopper that is taken over shows what the store has', async () => {
    const id = await host.shopper(`own${users}@example.com`, { motto: 'Mine', size: 3 });
    expect(own((await host.scim.get(`/Users/${id}`)).json)).to.equal(undefined);
    const { json } = await host.scim.patch(id, { op: 'add', path: 'externalId', value: `own${users}` });
    expect(own(json)).to.deep.equal({ motto: 'Mine', size: 3 });
  });

  it('whose option is renamed shows the new label, and can be sent back', async () => {
    const id = await create({ [customerUserUrn]: { tier: 'Gold', likes: ['Milk'] } });
    const before = (await host.scim.get(`/Users/${id}`)).json;
    const rename = async (from: string, to: string) => {
      await host.database.run(sql`UPDATE {eav_attribute_option_value} SET value = ${to} WHERE value = ${from}`);
      await later(() => host.scim.get('/Schemas'));
    };
    await rename('Gold', 'Platinum');
    const { json } = await host.scim.get(`/Users/${id}`);
    expect(own(json)).to.deep.equal({ tier: 'Platinum', likes: ['Milk'] });
    expect(json.meta?.version).to.not.equal(before.meta?.version);
    expect((await host.scim.put(id, json as never)).status).to.equal(200);
    await rename('Platinum', 'Gold');
  });

  it('made by somebody else while the host runs is there within five seconds, and gone again likewise', async () => {
    const id = await create({});
    const code = `late_${engine.name}`;
    const send = () => host.scim.patch(id, { op: 'add', path: path(code), value: 'now' });
    expect((await send()).status).to.equal(400);
    await host.database.transaction((tx) => createMissing(tx, [{ code, backendType: 'varchar', label: 'Late' }]));
    const { status, json } = await later(send);
    expect([status, own(json)]).to.deep.equal([200, { [code]: 'now' }]);
    expect((await host.scim.get(`/Schemas/${customerUserUrn}`)).text).to.include(code);
    await host.database.run(sql`DELETE FROM {eav_attribute} WHERE attribute_code = ${code}`);
    expect((await later(() => host.scim.get(`/Schemas/${customerUserUrn}`))).text).to.not.include(code);
    expect(await read(id)).to.equal(undefined);
  });
});

onBothEngines('The stock attributes that a store shows', (engine) => {
  let host: ScimHost;
  before(async () => {
    host = await openHost(engine);
  });
  after(() => host.close());

  it('are gender, dob and taxvat; without any there is no extension', async () => {
    expect((await host.scim.get(`/Schemas/${customerUserUrn}`)).status).to.equal(404);
    await host.database.run(sql`UPDATE {customer_eav_attribute} SET is_visible = 1`);
    const { json } = await later(() => host.scim.get(`/Schemas/${customerUserUrn}`));
    const described = json.attributes as unknown as { name: string; canonicalValues?: string[] }[];
    expect(described.map(({ name }) => name)).to.deep.equal(['dob', 'taxvat', 'gender']);
    expect(described[2]?.canonicalValues).to.deep.equal(['Male', 'Female', 'Not Specified']);
    const values = { dob: '1815-12-10', taxvat: 'GB1', gender: 'Female' };
    const id = await host.scim.create({ userName: 'ada', [customerUserUrn]: values });
    expect(await host.customer(id)).to.include({ dob: '1815-12-10', taxvat: 'GB1', gender: 2 });
    expect(own((await host.scim.get(`/Users/${id}`)).json)).to.deep.equal(values);
    await host.database.run(sql`UPDATE {customer_entity} SET dob = '1900-01-02' WHERE entity_id = ${Number(id)}`);
    expect(own((await host.scim.get(`/Users/${id}`)).json)).to.include({ dob: '1900-01-02T00:00:00Z' });
    await host.scim.patch(id, { op: 'remove', path: `${customerUserUrn}:dob` });
    expect(await host.customer(id)).to.include({ dob: null });
  });
});

let ahead = 0;

/** What a request answers once everything in memory is older than five seconds. */
async function later<T>(request: () => Promise<T>): Promise<T> {
  const real = Date.now;
  ahead += 5_001;
  Date.now = () => real() + ahead;
  try {
    return await request();
  } finally {
    Date.now = real;
  }
}
