import { expect } from 'chai';
import { sql } from '../../modules/framework/index.ts';
import { openHost, type ScimHost } from '../provisioning/host.ts';
import { onBothEngines } from '../setup/databases.ts';

/** Every value that a client sends holds this word; names of attributes do not. */
const canary = 'kanarienvogel';
/** And every secret this one. */
const secret = 'zaunkoenig';

onBothEngines('What is recorded of SCIM requests', (engine) => {
  let host: ScimHost;
  before(async () => {
    host = await openHost(engine);
  });
  after(() => host.close());
  beforeEach(async () => {
    await host.records();
    await host.database.run(sql`DELETE FROM {vestibule_activity_pending}`);
  });

  const user = (name: string, more: Record<string, unknown> = {}) => ({
    userName: `plain-${name}@example.com`,
    externalId: `${canary}-id-${name}`,
    name: { givenName: `${canary} Ada`, familyName: `${canary} Lovelace`, formatted: `${canary} whole` },
    displayName: `${canary} shown`,
    emails: [{ value: `${canary}-${name}@example.com`, type: 'work', primary: true }],
    phoneNumbers: [{ value: `${canary} 030 1234`, type: 'work' }],
    addresses: [{ streetAddress: `${canary} street`, locality: `${canary}stadt`, postalCode: canary, country: 'DE' }],
    password: `${secret}-Secret1!`,
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': {
      department: `${canary} department`,
      employeeNumber: `${canary}-1`,
    },
    unknownAttribute: `${canary} unknown`,
    ...more,
  });

  /** Entries in full, as the table holds them. */
  async function stored(): Promise<string> {
    await host.records();
    return JSON.stringify(await host.rows(sql`SELECT * FROM {vestibule_activity_pending} ORDER BY activity_id`));
  }
  async function expectWithout(word: string): Promise<void> {
    const text = await stored();
    expect(text).to.contain('operation');
    const at = text.indexOf(word);
    expect(at < 0 ? '' : text.slice(Math.max(0, at - 300), at + 100), `"${word}" was recorded`).to.equal('');
    expect(text).not.to.contain(host.token.slice(13));
  }

  it('names whom it was about, who asked, what was sent and what it changed, and no secret', async () => {
    const id = await host.scim.create(user('ada'));
    await host.scim.put(id, user('ada', { displayName: `${canary} other`, name: { givenName: `${canary} B` } }));
    await host.scim.patch(
      id,
      { op: 'replace', path: 'name.familyName', value: `${canary} Byron` },
      { op: 'replace', path: 'nickName', value: 'Ada' },
      { op: 'replace', path: 'password', value: `${secret}-Secret2!` },
    );
    await host.scim.delete(id);
    await expectWithout(secret);
    const records = await host.records();
    expect(records.map(({ operation }) => operation)).to.deep.equal([
      'user.delete',
      'user.patch',
      'user.replace',
      'user.create',
    ]);
    for (const { subject, actor, milliseconds } of records) {
      expect(subject).to.equal('plain-ada@example.com');
      expect(actor).to.equal('first start');
      expect(milliseconds).to.be.above(0);
    }
    const [, patched, , created] = records;
    expect(patched?.modified).to.deep.equal([
      { attribute: 'lastname', before: 'other', after: `${canary} Byron` },
      { attribute: 'nickName', before: null, after: 'Ada' },
    ]);
    expect(patched?.trace?.map(({ step }) => step)).to.deep.equal([
      'authenticate',
      'receive',
      'normalise',
      'match',
      'map',
      'write',
    ]);
    expect(patched?.payload).to.deep.include({ method: 'PATCH', path: `/Users/${id}` });
    expect(created?.modified).to.deep.include({ attribute: 'firstname', before: null, after: `${canary} Ada` });
    expect(created?.payload).to.have.nested.property('body.password', '[redacted]');
    expect(created?.payload).to.have.nested.property('body.displayName', `${canary} shown`);
    expect(created?.notes?.join()).to.contain('"unknownAttribute"').and.contain('password');
    expect(created?.trace?.map(({ step }) => step)).to.deep.equal([
      'authenticate',
      'receive',
      'normalise',
      'map',
      'write',
    ]);
  });

  it('holds no value of what was looked for', async () => {
    await host.scim.find(`userName eq "${canary}@example.com"`);
    await host.scim.find(`emails.value eq "${canary}"`);
    await host.scim.find(`nickName.foo eq "${canary} y"`);
    await host.scim.find(`userName eq "${canary} x`);
    await host.scim.find(`${'('.repeat(60)}userName eq "${canary}"`);
    await host.scim.get(`/Users?count=${canary}`);
    await host.scim.send('POST', '/Users/.search', { filter: `userName eq "${canary}"` });
    await expectWithout(canary);
  });

  it('holds what was refused, and neither its secrets nor a value in the reason', async () => {
    await host.scim.create(user('first'));
    const { post, patch, put } = host.scim;
    const id = await host.scim.create(user('second'));
    const passwordByAnotherName = `{"userName":"x","p\\u0061ssword":"${secret}"}`;
    const refused = [
      await post(user('first')),
      await post(user('third', { externalId: user('first').externalId })),
      await post(user('fourth', { emails: user('first').emails, externalId: 'x4' })),
      await post(user('fifth', { active: `${canary} perhaps` })),
      await post(user('seventh', { addresses: [{ country: `${canary}land`, region: canary }], name: canary })),
      await post({ displayName: canary }),
      await put(id, user('second', { userName: 'plain-first@example.com' })),
      await patch(id, { op: 'replace', path: 'emails', value: user('first').emails }),
      await patch(id, { op: 'replace', path: `emails[value eq "${canary}"].foo`, value: canary }),
      await patch(id, { op: canary, path: 'name', value: canary }),
      await patch(id, { op: 'replace', path: 'nowhere', value: canary }),
      await patch(id, { op: 'replace', path: 'id', value: canary }),
      await patch(id, { op: 'replace', value: canary }),
      await host.scim.send('POST', '/Users', `{"userName": "${canary}`),
      await host.scim.send('POST', '/Users', `"${canary}"`),
      await host.scim.send('POST', '/Users', canary, { 'content-type': 'text/plain' }),
      await host.scim.send('POST', '/Groups', passwordByAnotherName),
      await post({ userName: '', nickName: `Bearer ${secret}` }),
      await patch(id, { op: 'replace', path: 'password', value: secret }, { op: 'replace', path: 'nowhere', value: 1 }),
    ];
    for (const { status, text } of refused) expect(status, text).to.be.within(400, 499);
    await expectWithout(secret);
    for (const { reason, notes } of await host.records()) expect(`${reason} ${notes?.join()}`).not.to.contain(canary);
    const [last] = await host.records();
    expect(last?.payload).to.deep.equal({
      method: 'PATCH',
      path: `/Users/${id}`,
      body: {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
        Operations: [
          { op: 'replace', path: 'password', value: '[redacted]' },
          { op: 'replace', path: 'nowhere', value: 1 },
        ],
      },
    });
  });

  it('tells of a bulk request operation by operation, each with what was sent for it', async () => {
    await host.scim.send('POST', '/Bulk', {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
      Operations: [
        { method: 'POST', path: '/Users', bulkId: 'a', data: { userName: 'bulk-a', password: secret } },
        { method: 'POST', path: '/Users', bulkId: 'b', data: { displayName: 'nobody' } },
      ],
    });
    await expectWithout(secret);
    const payloads = (await host.records()).map(({ status, payload }) => [status, payload]);
    expect(payloads).to.have.deep.members([
      [201, { method: 'POST', path: '/Users', body: { userName: 'bulk-a', password: '[redacted]' } }],
      [400, { method: 'POST', path: '/Users', body: { displayName: 'nobody' } }],
    ]);
  });

  it('of a request with a forged token stands nowhere, and a hostile subject is kept as text', async () => {
    await fetch(`${host.url}/scim/v2/Users/1`, { headers: { authorization: `Bearer ${canary}` } });
    await host.scim.get(`/Users/${encodeURIComponent("'; DROP TABLE x; --")}`);
    await host.scim.get(`/Users/${'9'.repeat(600)}`);
    const records = await host.records();
    expect(records).to.have.length(3);
    expect(records[2]).to.include({ outcome: 'refused', status: 401 });
    await expectWithout(canary);
    expect(records[1]).to.deep.include({ operation: 'user.read', outcome: 'refused', status: 404 });
    expect(records[1]?.subject).to.equal("'; DROP TABLE x; --");
    expect(records[0]?.subject).to.equal('9'.repeat(255));
  });
});
