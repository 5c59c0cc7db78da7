import { expect } from 'chai';
import { sql } from '../../modules/framework/index.ts';
import { openHost, type ScimHost } from '../provisioning/host.ts';
import { onBothEngines } from '../setup/databases.ts';

/** Every value that a client sends holds this word; names of attributes do not. */
const canary = 'kanarienvogel';

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
    password: `${canary}-Secret1!`,
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
  async function expectSilent(): Promise<void> {
    const text = await stored();
    expect(text).to.contain('operation');
    const at = text.indexOf(canary);
    expect(at < 0 ? '' : text.slice(Math.max(0, at - 300), at + 100), 'a value was recorded').to.equal('');
    expect(text).not.to.contain(host.token.slice(13));
  }

  it('names whom it was about and what changed, and holds no value', async () => {
    const id = await host.scim.create(user('ada'));
    await host.scim.put(id, user('ada', { displayName: `${canary} other`, name: { givenName: `${canary} B` } }));
    await host.scim.patch(
      id,
      { op: 'replace', path: 'name.familyName', value: `${canary} Byron` },
      { op: 'replace', path: 'password', value: `${canary}-Secret2!` },
    );
    await host.scim.delete(id);
    await expectSilent();
    const records = await host.records();
    expect(records.map(({ operation }) => operation)).to.deep.equal([
      'user.delete',
      'user.patch',
      'user.replace',
      'user.create',
    ]);
    for (const { subject } of records) expect(subject).to.equal('plain-ada@example.com');
    expect(records[1]?.changed).to.include('lastname');
    expect(records[3]?.notes?.join()).to.contain('"unknownAttribute"').and.contain('password');
  });

  it('holds no value of what was looked for', async () => {
    await host.scim.find(`userName eq "${canary}@example.com"`);
    await host.scim.find(`emails.value eq "${canary}"`);
    await host.scim.find(`nickName.foo eq "${canary} y"`);
    await host.scim.find(`userName eq "${canary} x`);
    await host.scim.find(`${'('.repeat(60)}userName eq "${canary}"`);
    await host.scim.get(`/Users?count=${canary}`);
    await expectSilent();
  });

  it('holds no value of what was refused', async () => {
    await host.scim.create(user('first'));
    const { post, patch, put } = host.scim;
    const id = await host.scim.create(user('second'));
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
    ];
    for (const { status, text } of refused) expect(status, text).to.be.within(400, 499);
    await expectSilent();
  });

  it('holds no value of a shopper who is taken over or stands in the way', async () => {
    const shopper = await host.shopper(`${canary}-shop@example.com`);
    expect((await host.scim.post(user('shop'))).status).to.equal(409);
    await host.scim.put(shopper, user('moved', { emails: [{ value: `${canary}-moved@example.com`, primary: true }] }));
    await host.scim.put(shopper, user('shop'));
    await expectSilent();
  });

  it('of a request with a forged token stands nowhere, and a hostile subject is kept as text', async () => {
    await fetch(`${host.url}/scim/v2/Users/1`, { headers: { authorization: `Bearer ${canary}` } });
    await host.scim.get(`/Users/${encodeURIComponent("'; DROP TABLE x; --")}`);
    await host.scim.get(`/Users/${'9'.repeat(600)}`);
    const records = await host.records();
    expect(records).to.have.length(3);
    expect(records[2]).to.include({ outcome: 'refused', status: 401 });
    await expectSilent();
    expect(records[1]).to.deep.include({ operation: 'user.read', outcome: 'refused', status: 404 });
    expect(records[1]?.subject).to.equal("'; DROP TABLE x; --");
    expect(records[0]?.subject).to.equal('9'.repeat(255));
  });
});
