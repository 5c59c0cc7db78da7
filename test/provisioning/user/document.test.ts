import { expect } from 'chai';
import { createLogger, sql } from '../../../modules/framework/index.ts';
import { enterpriseUserSchema, userSchema } from '../../../modules/scim/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { openHost, type ScimHost } from '../host.ts';

onBothEngines('What an identity provider has sent', (engine) => {
  let host: ScimHost;
  const log: string[] = [];
  before(async () => {
    const logger = createLogger({ level: 'debug', json: true, write: (line) => void log.push(line) });
    host = await openHost(engine, { logger });
  });
  after(() => host.close());

  const sent = {
    userName: 'Ada@Example.com',
    externalId: '00u1',
    name: { formatted: 'Ada King', givenName: ' Ada ', familyName: 'King' },
    displayName: 'Ada, Countess',
    nickName: 'Enchantress',
    locale: 'en-GB',
    timezone: 'Europe/London',
    userType: 'Countess',
    emails: [
      { value: 'Ada@Example.com', type: 'work', primary: true },
      { value: 'ada@home.example', type: 'home' },
    ],
    phoneNumbers: [{ value: '+44 1', type: 'mobile' }],
    addresses: [{ type: 'work', streetAddress: '12 St James', locality: 'London', country: 'gb', primary: true }],
    roles: [{ value: 'buyer', primary: true }],
    title: 'Countess',
    [enterpriseUserSchema.id]: { employeeNumber: '1815', manager: { value: '26' } },
  };

  it('is answered as sent, attributes of known schemas without a column included', async () => {
    const id = await host.scim.create(sent);
    const { json } = await host.scim.get(`/Users/${id}`);
    const { schemas, id: answered, meta, active, ...rest } = json as unknown as Record<string, unknown>;
    expect(rest).to.deep.equal(sent);
    expect(schemas).to.deep.equal([userSchema.id, enterpriseUserSchema.id]);
    expect([answered, active]).to.deep.equal([id, true]);
    expect(meta).to.deep.equal({
      resourceType: 'User',
      created: '2024-05-06T12:00:00Z',
      lastModified: '2024-05-06T12:00:00Z',
      location: `http://vestibule.test/scim/v2/Users/${id}`,
      version: json.meta?.version,
    });
    expect((await host.scim.find('userName eq "ada@example.com"')).json.Resources?.[0]).to.deep.equal(json);
    const put = await host.scim.put(id, json as never);
    expect([put.status, put.json]).to.deep.equal([200, json]);
    expect(await host.customer(id)).to.include({ firstname: 'Ada' });
  });

  it('that was never modified says that it was when it was created, to the millisecond', async () => {
    host.advance(0.169);
    const { json } = await host.scim.post({ userName: 'fresh' });
    expect(json.meta?.lastModified).to.equal(json.meta?.created);
    expect((await host.scim.get(`/Users/${json.id}`)).json).to.deep.equal(json);
    const { meta } = (await host.scim.patch(String(json.id), { op: 'add', path: 'title', value: 'x' })).json;
    expect([meta?.created, meta?.lastModified]).to.deep.equal([json.meta?.created, '2024-05-06T12:00:00.169Z']);
    host.advance(0.831);
  });

  it('is kept of known schemas only: what no schema knows is dropped, and named in the record', async () => {
    const id = await host.scim.create({
      userName: 'odd@example.com',
      favouriteColour: 'canary-teal',
      'urn:example:unknown': { secret: 'canary-urn' },
      name: { givenName: 'Odd', middleInitial: 'canary-x' },
    });
    const { text } = await host.scim.get(`/Users/${id}`);
    expect(text).to.not.match(/canary/);
    const stored = await host.row<{ document: string }>(
      sql`SELECT document FROM {vestibule_user_document} WHERE customer_id = ${Number(id)}`,
    );
    expect(stored.document).to.not.match(/canary/);
    const record = (await host.records()).find(({ customerId, status }) => customerId === Number(id) && status === 201);
    expect(record?.notes?.join(' ')).to.match(/favouriteColour.*urn:example:unknown/);
    // The record keeps what was sent, without what calls itself a secret.
    const { payload, ...decided } = record ?? {};
    expect(JSON.stringify(decided)).to.not.match(/canary/);
    expect(payload).to.have.nested.property('body.favouriteColour', 'canary-teal');
    expect(JSON.stringify(payload)).to.not.match(/canary-urn/);
  });

  it('is replaced by PUT: what was sent before and is not sent now is gone', async () => {
    const id = await host.scim.create({ ...sent, userName: 'put@example.com', externalId: '00u2', emails: undefined });
    const slim = { userName: 'put@example.com', name: { givenName: 'Ada', familyName: 'King' } };
    const { json } = await host.scim.put(id, slim);
    expect(json).to.not.have.any.keys('externalId', 'title', 'nickName', 'displayName', 'phoneNumbers', 'roles');
    expect(json.schemas).to.deep.equal([userSchema.id]);
    expect(await host.eav(id)).to.deep.equal({});
    expect(
      await host.row(sql`SELECT external_id, display_key FROM {vestibule_user} WHERE customer_id = ${Number(id)}`),
    ).to.deep.equal({ external_id: null, display_key: null });
    expect((await host.scim.find('externalId eq "00u2"')).json.totalResults).to.equal(0);
  });

  it('of a PUT or PATCH that changes nothing is not written again, and lastModified stays', async () => {
    const id = await host.scim.create({ userName: 'same@example.com', title: 'Same' });
    const before = await host.scim.get(`/Users/${id}`);
    host.advance(60);
    const recorded = (await host.records()).length;
    expect((await host.scim.put(id, before.json as never)).text).to.equal(before.text);
    expect((await host.scim.patch(id, { op: 'Replace', path: 'active', value: 'True' })).text).to.equal(before.text);
    expect((await host.scim.patch(id, { op: 'add', value: { title: 'Same' } })).text).to.equal(before.text);
    const records = await host.records();
    expect(records.slice(0, records.length - recorded).map(({ outcome }) => outcome)).to.deep.equal([
      'unchanged',
      'unchanged',
      'unchanged',
    ]);
  });

  it('is never a password: not in the row, the document, a record, a log line or an answer', async () => {
    const password = 'Canary-Passw0rd!';
    const created = await host.scim.post({ userName: 'secret@example.com', password });
    const id = String(created.json.id);
    const answers = [
      created,
      await host.scim.put(id, { userName: 'secret@example.com', password, title: 'a' }),
      await host.scim.patch(id, { op: 'replace', path: 'password', value: password }),
      await host.scim.patch(id, { op: 'replace', value: { password, title: 'b' } }),
      await host.scim.find('userName eq "secret@example.com"'),
    ];
    for (const { status, text } of answers) {
      expect(status, text).to.be.below(300);
      expect(text.toLowerCase()).to.not.match(/canary|password/);
    }
    expect((await host.scim.find('password eq "x"')).status).to.equal(400);
    expect(await host.customer(id)).to.include({ password_hash: null });
    const stored = await host.rows(sql`SELECT document, shadow FROM {vestibule_user_document}`);
    expect(JSON.stringify([stored, await host.records(), log])).to.not.include('Canary-Passw');
    const told = (await host.records()).filter(({ customerId, notes }) => customerId === Number(id) && notes);
    expect(told.map(({ operation }) => operation)).to.include.members(['user.create', 'user.replace', 'user.patch']);
  });
});
