import { expect } from 'chai';
import { type MappingDocument, mappingSchema, presetFor } from '../../modules/attribute-mapping/index.ts';
import { Customers } from '../../modules/customer/index.ts';
import { Authorizer, type Override, sql } from '../../modules/framework/index.ts';
import { openHost, type ScimHost } from '../provisioning/host.ts';
import { adminClient } from '../setup/administration.ts';
import { onBothEngines } from '../setup/databases.ts';

onBothEngines('The admin API of mappings', (engine) => {
  let room: ScimHost;
  let asked: string[] = [];
  let verdict: 'granted' | 'refused' = 'granted';
  const override: Override[] = [
    [
      Authorizer,
      {
        async authorize(_: unknown, resource: string) {
          asked.push(resource);
          return verdict;
        },
      },
    ],
  ];
  beforeEach(async () => {
    room = await openHost(engine, { override });
    [asked, verdict] = [[], 'granted'];
  });
  afterEach(() => room.close());

  const call = async (endpoint: string, body?: unknown) => {
    const [method = 'GET', path = ''] = endpoint.split(' ');
    const { json, ...answer } = await adminClient(room.url).send(method, path, body);
    return { ...answer, body: json };
  };
  const mapping = (endpoint: string, body?: unknown) => {
    const [method, path = ''] = endpoint.split(' ');
    return call(`${method} /connections/default/mapping${path}`, body);
  };
  const generic = presetFor('generic');
  const nick: MappingDocument['rows'][number] = { id: 'nick', type: 'direct', source: 'nickName', target: 'suffix' };
  const withoutSuffix = generic.rows.filter(({ target }) => target !== 'suffix');
  const next: MappingDocument = { ...generic, rows: [...withoutSuffix, nick] };

  it('leads from a draft over its publication to what users come to, and back', async () => {
    expect((await mapping('GET')).body).to.deep.include({ connection: 'default', version: 0, draft: null });
    const draft = await mapping('PUT /draft', { revision: 0, document: next });
    expect(draft.status).to.equal(200);
    expect(draft.body).to.include({ revision: 1, basedOn: 0, author: 'administration' });
    expect((await mapping('GET')).body.draft).to.include({ revision: 1 });
    expect((await mapping('GET /draft')).body.document).to.deep.equal(next);
    expect((await mapping('GET /difference')).body.added).to.deep.equal([nick]);
    const published = await mapping('POST /publish', { revision: 1, comment: 'nick names' });
    expect(published.body).to.deep.include({ version: 1, changed: true });
    expect((await mapping('GET')).body).to.deep.include({ version: 1, comment: 'nick names', document: next });

    const made = await room.scim.create({ userName: 'jo@a.example', nickName: 'Jojo' });
    expect(await room.customer(made)).to.include({ suffix: 'Jojo' });
    expect((await mapping('POST /rollback', { to: 0, over: 1 })).body).to.deep.include({ version: 2 });
    const other = await room.scim.create({ userName: 'mo@a.example', nickName: 'Momo' });
    expect(await room.customer(other)).to.include({ suffix: null });
    expect((await mapping('GET /versions?limit=1')).body.versions).to.have.length(1);
    expect((await mapping('GET /versions/1')).body.document).to.deep.equal(next);
  });

  it('refuses what others have changed meanwhile with 409 and says what to do', async () => {
    await mapping('PUT /draft', { revision: 0, document: next });
    for (const answer of [
      await mapping('PUT /draft', { revision: 0, document: generic }),
      await mapping('POST /publish', { revision: 2 }),
      await mapping('DELETE /draft?revision=2'),
    ])
      expect([answer.status, answer.body.error.code]).to.deep.equal([409, 'DRAFT_CHANGED']);
    await mapping('POST /import', { document: { ...next, sources: [] } });
    const outdated = await mapping('POST /publish', { revision: 1 });
    expect([outdated.status, outdated.body.error.code]).to.deep.equal([409, 'DRAFT_OUTDATED']);
    const changed = await mapping('POST /import', { document: generic, over: 0 });
    expect([changed.status, changed.body.error.code]).to.deep.equal([409, 'VERSION_CHANGED']);
    expect((await mapping('DELETE /draft')).body).to.deep.equal({ discarded: true });
    expect((await mapping('GET /draft')).status).to.equal(404);
  });

  it('answers every issue of a document beside the error', async () => {
    const wrong = {
      ...generic,
      rows: [
        { ...nick, source: 'no.such' },
        { ...nick, id: 'b', target: 'entity_id' },
      ],
    };
    const { status, body } = await mapping('POST /import', { document: wrong });
    expect(status).to.equal(422);
    expect(body.error.code).to.equal('MAPPING_INVALID');
    expect(body.error.requestId).to.match(/^[0-9a-f-]{36}$/);
    expect(body.issues.map(({ row, field }: { row: string; field: string }) => [row, field])).to.deep.equal([
      ['nick', 'source'],
      ['b', 'target'],
    ]);
    const { body: checked } = await mapping('POST /check', { document: wrong });
    expect(checked.issues.filter(({ severity }: { severity: string }) => severity === 'error')).to.deep.equal(
      body.issues,
    );
    expect((await mapping('GET')).body.version).to.equal(0);
  });

  it('exports, imports and copies', async () => {
    await mapping('POST /import', { document: next });
    const exported = await mapping('GET /export');
    const { $schema, ...document } = exported.body;
    expect(document).to.deep.equal(next);
    expect(Object.keys(exported.body)[0]).to.equal('$schema');
    expect(exported.headers.get('content-disposition')).to.equal('attachment; filename="mapping-default.json"');
    expect((await mapping('GET /export?version=preset')).body).to.deep.equal({ $schema, ...generic });
    // What it names belongs to the file: the same mapping, and no version.
    expect((await mapping('POST /import', { document: exported.body })).body).to.include({
      version: 1,
      changed: false,
    });
    const { body: draft } = await mapping('PUT /draft', { document: exported.body, revision: 0 });
    expect(draft.document).to.deep.equal(next);
    await mapping('DELETE /draft');
    await room.connect('other');
    const copied = await call('POST /connections/other/mapping/copy', { from: 'default', revision: 0 });
    expect(copied.body).to.deep.include({ revision: 1, document: next });
  });

  it('answers the JSON Schema, without an account too, where what is exported says that it is', async () => {
    expect((await call('GET /mapping/schema')).body).to.deep.equal(mappingSchema);
    const { $schema } = (await mapping('GET /export')).body;
    verdict = 'refused';
    const { pathname } = new URL($schema);
    const answer = await fetch(`${room.url}${pathname}`);
    expect(answer.status).to.equal(200);
    expect(answer.headers.get('content-type')).to.match(/^application\/schema\+json/);
    expect(await answer.json()).to.deep.equal(mappingSchema);
  });

  it('answers the presets', async () => {
    expect((await call('GET /mapping/presets/okta')).body).to.deep.equal(presetFor('okta'));
    expect((await call('GET /mapping/presets/nobody')).status).to.equal(404);
  });

  it('creates attributes and maps them in the draft at once', async () => {
    const sent = {
      code: 'tier',
      label: 'Tier',
      input: 'select',
      options: ['Gold', { label: 'Silver', storeLabels: { default: 'Silber' } }],
      defaultValue: 'gold',
      forms: ['adminhtml_customer', 'customer_account_edit'],
      grid: { filterable: true },
      map: { connection: 'default', source: 'customAttribute3' },
    };
    const made = await call('POST /customer-attributes', sent);
    expect(made.status).to.equal(201);
    expect(made.body.attribute).to.include({ code: 'tier', backendType: 'int', input: 'select', inGrid: true });
    expect(made.body.draft.document.rows.at(-1)).to.deep.include({ source: 'customAttribute3', target: 'tier' });
    const silver = made.body.attribute.options[1].id;
    const labels = sql`SELECT store_id, value FROM {eav_attribute_option_value} WHERE option_id = ${silver} ORDER BY store_id`;
    expect(await room.rows(labels)).to.deep.equal([
      { store_id: 0, value: 'Silver' },
      { store_id: 1, value: 'Silber' },
    ]);
    const again = await call('POST /customer-attributes', sent);
    expect([again.status, again.body.error.code]).to.deep.equal([409, 'CUSTOMER_ATTRIBUTE_EXISTS']);
    const wrong = await call('POST /customer-attributes', { code: 'Tier', label: '' });
    expect([wrong.status, wrong.body.error.code]).to.deep.equal([422, 'CUSTOMER_ATTRIBUTE_INVALID']);
    const told = (await room.records()).filter(({ operation }) => operation === 'attribute.create');
    expect(told.map(({ subject, actor, status }) => [subject, actor, status])).to.deep.equal([
      ['tier', 'administration', 201],
    ]);
    const listed = (await call('GET /customer-attributes')).body.attributes;
    expect(listed.map(({ code }: { code: string }) => code)).to.include.members(['email', 'tier']);

    await mapping('POST /publish', { revision: 1 });
    const { status, json } = await room.scim.post({ userName: 'jo@a.example', customAttribute3: 'silver' });
    expect([status, json.customAttribute3]).to.deep.equal([201, 'silver']);
    expect(
      await room.rows(sql`SELECT attribute_id, value FROM {customer_entity_int} WHERE entity_id = ${Number(json.id)}`),
    ).to.deep.equal([{ attribute_id: made.body.attribute.id, value: silver }]);
  });

  it('creates attributes of every backend type and input that hold what the provider sends from then on', async () => {
    const kinds: readonly (readonly [Record<string, unknown>, unknown, unknown])[] = [
      [{ code: 'motto' }, 'Onward', 'Onward'],
      [{ code: 'size', backendType: 'int' }, 42, 42],
      [{ code: 'limit_eur', backendType: 'decimal' }, 1.5, '1.5000'],
      [{ code: 'notes', input: 'textarea' }, 'n'.repeat(300), 'n'.repeat(300)],
      [{ code: 'since', input: 'date' }, '2024-02-29T00:00:00Z', '2024-02-29 00:00:00'],
      [{ code: 'vip', input: 'boolean' }, true, 1],
      [{ code: 'tier', input: 'select', options: ['Gold', 'Silver'] }, 'Silver', 1],
      [{ code: 'likes', input: 'multiselect', options: ['Tea', 'Milk', 'Water'] }, ['Water', 'Tea'], [0, 2]],
    ];
    const [user, expected]: Record<string, unknown>[] = [{ userName: 'jo@a.example' }, {}];
    for (const [definition, value, held] of kinds) {
      const code = String(definition.code);
      const map = { connection: 'default', source: `custom_${code}` };
      const { status, body } = await call('POST /customer-attributes', { label: code, ...definition, map });
      expect(status, code).to.equal(201);
      const ids: number[] = body.attribute.options.map(({ id }: { id: number }) => id);
      Object.assign(user ?? {}, { [`custom_${code}`]: value });
      const row = code === 'tier' ? ids[Number(held)] : Array.isArray(held) ? held.map((i) => ids[i]).join(',') : held;
      Object.assign(expected ?? {}, { [code]: row });
    }
    expect((await mapping('POST /publish', { revision: kinds.length })).status).to.equal(200);
    const { status, json } = await room.scim.post(user ?? {});
    expect(status, JSON.stringify(json)).to.equal(201);
    expect(json).to.include.keys(Object.keys(user ?? {}));
    const customer = await room.host.resolve(Customers).byId(room.database, Number(json.id));
    expect(customer?.attributes).to.include(expected);
  });

  it('says what is missing or malformed in a request', async () => {
    for (const [endpoint, body] of [
      ['PUT /draft', { document: next }],
      ['PUT /draft', { document: next, revision: 'x' }],
      ['POST /publish', {}],
      ['POST /rollback', { to: -1 }],
      ['POST /import', []],
      ['POST /copy', { revision: 0 }],
      ['GET /difference?from=7x', undefined],
      ['GET /versions?limit=all', undefined],
    ] as const) {
      const answer = await mapping(endpoint, body);
      expect([answer.status, answer.body.error.code], endpoint).to.deep.equal([400, 'REQUEST_INVALID']);
    }
    expect((await call('GET /connections/nobody/mapping')).status).to.equal(404);
    expect((await mapping('GET /versions/9')).status).to.equal(404);
  });

  it('asks for a right of its own for seeing, drafting, publishing and creating', async () => {
    verdict = 'refused';
    const rights = {
      'attribute-mapping::view': [
        'GET',
        'GET /draft',
        'GET /versions',
        'GET /versions/1',
        'GET /difference',
        'GET /export',
        'POST /check',
      ],
      'attribute-mapping::edit': ['PUT /draft', 'DELETE /draft', 'POST /copy'],
      'attribute-mapping::publish': ['POST /publish', 'POST /rollback', 'POST /import'],
    };
    for (const [right, endpoints] of Object.entries(rights))
      for (const endpoint of endpoints) {
        asked = [];
        expect((await mapping(endpoint)).status, endpoint).to.equal(403);
        expect(asked, endpoint).to.deep.equal([right]);
      }
    asked = [];
    expect((await call('POST /customer-attributes')).status).to.equal(403);
    expect(asked).to.deep.equal(['attribute-mapping::attributes']);
  });
});
