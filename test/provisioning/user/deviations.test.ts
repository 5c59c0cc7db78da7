import { expect } from 'chai';
import { sql } from '../../../modules/framework/index.ts';
import { enterpriseUserSchema, userSchema } from '../../../modules/scim/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import type { Json } from '../client.ts';
import { openHost, type ScimHost } from '../host.ts';

const core = userSchema.id;
const enterprise = enterpriseUserSchema.id;
const oldCore = 'urn:scim:schemas:core:2.0';
const oldEnterprise = 'urn:scim:schemas:extension:enterprise:2.0';

/** What a POST answers beside `schemas`, `id` and `meta`. */
function shown(user: Json): Record<string, unknown> {
  const { schemas: _, id: _id, meta: _meta, ...rest } = user as unknown as Record<string, unknown>;
  return rest;
}

/** Bodies of POST and PUT as identity providers send them, beyond what the RFCs say; `n` makes names unique. */
const bodies = (
  n: number,
): readonly (readonly [deviation: string, Record<string, unknown>, Record<string, unknown>])[] => [
  [
    'null-attributes, and the misspelt enterprise URI of Entra’s older form',
    {
      schemas: [core, `${enterprise.slice(0, -5)}User`],
      userName: `n${n}`,
      active: true,
      addresses: null,
      phoneNumbers: null,
      title: null,
      department: null,
      manager: null,
      meta: { resourceType: 'User' },
    },
    { userName: `n${n}`, active: true },
  ],
  [
    'empty lists of what is unassigned: roles and groups',
    { schemas: [core, enterprise], userName: `e${n}`, roles: [], groups: [], emails: [] },
    { userName: `e${n}`, active: true },
  ],
  [
    'bare-manager: an id where an object belongs (Entra)',
    { schemas: [core, enterprise], userName: `m${n}`, [enterprise]: { manager: '26' } },
    { userName: `m${n}`, [enterprise]: { manager: { value: '26' } }, active: true },
  ],
  [
    'older URIs, managerId, id null, e-mails as one object, booleans as strings (OneLogin)',
    {
      schemas: [oldCore, oldEnterprise],
      id: null,
      userName: `o${n}`,
      active: 'True',
      emails: { value: `o${n}@one.example`, type: 'work' },
      [oldEnterprise]: { department: 'D', manager: { managerId: '4' } },
    },
    {
      userName: `o${n}`,
      active: true,
      emails: [{ value: `o${n}@one.example`, type: 'work' }],
      [enterprise]: { department: 'D', manager: { value: '4' } },
    },
  ],
  [
    'e-mails without type, display null, its own id, a null password (Keycloak)',
    {
      schemas: [core],
      id: 'b7e0',
      userName: `k${n}`,
      emails: [{ value: `k${n}@kc.example`, primary: true, display: null }],
      name: { givenName: null },
      password: null,
    },
    { userName: `k${n}`, emails: [{ value: `k${n}@kc.example`, primary: true }], active: true },
  ],
  [
    'flat names of the enterprise extension',
    { schemas: [core], userName: `f${n}`, department: 'D', 'name.givenName': 'Ada' },
    { userName: `f${n}`, [enterprise]: { department: 'D' }, name: { givenName: 'Ada' }, active: true },
  ],
  [
    'a schema that nobody here knows',
    { schemas: [core, 'urn:acme:1.0:User'], userName: `u${n}`, 'urn:acme:1.0:User': { badge: 7 } },
    { userName: `u${n}`, active: true },
  ],
];

onBothEngines('An identity provider that deviates', (engine) => {
  let host: ScimHost;
  let n = 0;
  before(async () => {
    host = await openHost(engine);
  });
  after(() => host.close());
  beforeEach(() => {
    n++;
  });

  for (const [i, [deviation]] of bodies(0).entries())
    it(`is understood, by POST and by PUT: ${deviation}`, async () => {
      const [, body, expected] = bodies(n)[i] as ReturnType<typeof bodies>[number];
      const made = await host.scim.send('POST', '/Users', body);
      expect([made.status, shown(made.json)], made.text).to.deep.equal([201, expected]);
      const put = await host.scim.send('PUT', `/Users/${made.json.id}?`, body, { 'user-agent': '' });
      expect([put.status, put.json], put.text).to.deep.equal([200, made.json]);
    });

  const okta = (more: Record<string, unknown> = {}) => ({
    schemas: [core],
    userName: `okta${n}@okta.example`,
    name: { givenName: 'Test', familyName: 'User' },
    emails: [{ primary: true, value: `okta${n}@okta.example`, type: 'work' }],
    displayName: 'Test User',
    locale: 'en-US',
    externalId: `00u${n}`,
    groups: [],
    password: '1mz050nq',
    active: true,
    ...more,
  });
  const patch = (id: string, ...operations: Record<string, unknown>[]) => host.scim.patch(id, ...operations);

  it('okta-random-password: is not set, nor kept, nor announced; the record says that one came', async () => {
    const { json, text } = await host.scim.send('POST', '/Users', okta());
    expect(text).to.not.include('1mz050nq');
    expect(await host.customer(String(json.id))).to.include({ password_hash: null });
    const { headers } = await host.scim.patch(String(json.id), { op: 'replace', value: { password: 'N3w-secret' } });
    expect(headers.get('etag')).to.equal(json.meta?.version);
    const [record] = (await host.records()).filter(({ operation }) => operation === 'user.create');
    expect(record?.notes?.join()).to.include('random-password: ');
    expect((await host.scim.get(`/Schemas/${core}`)).text).to.not.include('password');
  });

  it('okta-reprovisioning-post: a POST for whom SCIM deactivated is 201 under the old id', async () => {
    const made = await host.scim.send('POST', '/Users', okta());
    const id = String(made.json.id);
    for (let twice = 0; twice < 2; twice++)
      expect((await patch(id, { op: 'replace', value: { active: false } })).json.active).to.equal(false);
    const again = await host.scim.send('POST', '/Users', okta({ title: 'Back' }));
    expect([again.status, again.json.id, again.json.active, again.json.title]).to.deep.equal([201, id, true, 'Back']);
    expect(again.headers.get('location')).to.equal(made.headers.get('location'));
    const active = await host.scim.send('POST', '/Users', okta());
    expect([active.status, active.json.scimType]).to.deep.equal([409, 'uniqueness']);
  });

  it('okta-put-echo: id, groups and meta that come back are left out of account', async () => {
    const made = await host.scim.send('POST', '/Users', okta());
    const echo = { ...(made.json as unknown as Record<string, unknown>), groups: [{ value: 'g99', display: 'x' }] };
    const put = await host.scim.put(String(made.json.id), { ...echo, id: '4711', meta: { version: 'W/"x"' } });
    expect([put.status, put.json]).to.deep.equal([200, made.json]);
  });

  it('entra-soft-restore: disabled, found while disabled, enabled again by a string, with all its data', async () => {
    const id = await host.scim.create({ userName: `soft${n}@x.example`, externalId: `soft${n}`, title: 'T' });
    expect((await patch(id, { op: 'Replace', path: 'active', value: 'False' })).json.active).to.equal(false);
    expect((await host.scim.get(`/Users/${id}`)).json).to.include({ active: false, title: 'T' });
    const { json } = await patch(id, { op: 'Replace', path: 'active', value: 'True' });
    expect([json.id, json.active, json.title]).to.deep.equal([id, true, 'T']);
  });

  it('e-mails of several types: each is its own, whatever becomes of the others, and the work one is the customer’s', async () => {
    const id = await host.scim.create({
      userName: `multi${n}`,
      emails: [
        { value: `home${n}@x.example`, type: 'home' },
        { value: `work${n}@x.example`, type: 'work' },
      ],
    });
    const { json } = await patch(
      id,
      { op: 'Replace', path: 'emails[type eq "work"].value', value: `new${n}@x.example` },
      { op: 'Add', path: 'emails[type eq "other"].Value', value: `other${n}@x.example` },
      { op: 'Add', path: 'emails[type eq "other"].display', value: 'Other' },
      { op: 'Remove', path: 'emails[type eq "home"]' },
    );
    expect(json.emails).to.deep.equal([
      { value: `new${n}@x.example`, type: 'work' },
      { type: 'other', value: `other${n}@x.example`, display: 'Other' },
    ]);
    expect(await host.customer(id)).to.include({ email: `new${n}@x.example` });
    const keys = await host.rows<{ value_key: string }>(
      sql`SELECT value_key FROM {vestibule_user_email} WHERE customer_id = ${Number(id)} ORDER BY position`,
    );
    expect(keys.map(({ value_key }) => String(value_key))).to.deep.equal([`new${n}@x.example`, `other${n}@x.example`]);
  });

  it('several-primary: the first counts, and one alone is primary', async () => {
    const made = await host.scim.post({
      userName: `prim${n}`,
      emails: [
        { value: `a${n}@x.example`, primary: true },
        { value: `b${n}@x.example`, primary: true },
      ],
    });
    expect((made.json.emails as unknown as { primary: boolean }[]).map(({ primary }) => primary)).to.deep.equal([
      true,
      false,
    ]);
    expect(await host.customer(String(made.json.id))).to.include({ email: `a${n}@x.example` });
  });

  it('empty texts of a template: are as good as nothing to the store, and come back as sent', async () => {
    const body = { userName: `blank${n}`, title: '', externalId: '', emails: [{ value: '', type: 'work' }] };
    const first = await host.scim.post(body);
    expect([first.status, shown(first.json)]).to.deep.equal([201, { ...body, active: true }]);
    expect(String((await host.customer(String(first.json.id))).email)).to.match(/placeholder\.invalid$/);
    expect((await host.scim.post({ userName: `blank2-${n}`, externalId: '' })).status).to.equal(201);
  });

  it('ping-probe: GET /Users/0 is 404 in SCIM’s words', async () => {
    const { status, json } = await host.scim.get('/Users/0');
    expect([status, json.status]).to.deep.equal([404, '404']);
  });

  it('is refused by interop-strict where it matters: string booleans, unknown attributes, path-less operations, passwords, a second POST', async () => {
    const strict = await host.connect(`strict-${n}`, { profile: 'interop-strict' });
    for (const user of [{ active: 'true' }, { favouriteColour: 'x' }, { emails: { value: 'a@x.example' } }])
      expect((await strict.post({ userName: `s${n}`, ...user })).status, JSON.stringify(user)).to.equal(400);
    const id = await strict.create({ userName: `s${n}`, externalId: `s${n}` });
    const password = await strict.post({ userName: `p${n}`, password: 'Canary-1' });
    expect([password.status, password.json.scimType]).to.deep.equal([400, 'invalidSyntax']);
    expect(password.text).to.not.include('Canary');
    expect((await strict.patch(id, { op: 'replace', value: { active: false } })).status).to.equal(400);
    expect((await strict.patch(id, { op: 'replace', path: 'active', value: false })).status).to.equal(200);
    expect((await strict.post({ userName: `s${n}`, externalId: `s${n}` })).json.scimType).to.equal('uniqueness');
    expect((await strict.get(`/Users/${id}`)).json.active).to.equal(false);
    for (const change of [{ op: 'replace', path: 'password', value: 'Canary-2' }])
      expect((await strict.patch(id, change)).status).to.equal(400);
  });
});
