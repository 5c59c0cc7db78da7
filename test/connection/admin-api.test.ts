import { expect } from 'chai';
import { scimClient } from '../provisioning/client.ts';
import { openHost, type ScimHost } from '../provisioning/host.ts';
import { type AdminClient, adminClient, administrator } from '../setup/administration.ts';
import { onBothEngines } from '../setup/databases.ts';

onBothEngines('The admin API of connections', (engine) => {
  let host: ScimHost;
  let admin: AdminClient;
  const granted = new Set(['connection::view', 'connection::manage', 'connection::tokens', 'provisioning::departure']);
  const { override, asked } = administrator(granted);
  before(async () => {
    host = await openHost(engine, { override: [override] });
    admin = adminClient(host.url);
  });
  after(() => host.close());

  const scimAs = async (token: string) => (await scimClient(`${host.url}/scim/v2`, token).get('/Users')).status;

  it('makes a connection whose token works, and tells the token only there', async () => {
    const { status, json, headers } = await admin.send('POST', '/connections', {
      code: 'okta',
      name: 'Okta',
      profile: 'okta',
    });
    expect(status).to.equal(201);
    expect(headers.get('cache-control')).to.equal('no-store');
    expect(json).to.deep.equal({
      code: 'okta',
      baseUrl: `http://vestibule.test/scim/v2`,
      token: json.token,
      authorization: `Bearer ${json.token}`,
    });
    expect(await scimAs(json.token)).to.equal(200);
    const shown = await admin.get('/connections/okta');
    expect(shown.json).to.deep.include({ code: 'okta', profile: 'okta', active: true, match: 'link' });
    expect(shown.json.tokens).to.have.length(1);
    const listed = await admin.get('/connections');
    expect(listed.json.connections.map(({ code }: { code: string }) => code)).to.deep.equal(['default', 'okta']);
    expect(JSON.stringify([shown.json, listed.json])).to.not.contain(json.token);
  });

  it('changes what is said and nothing else', async () => {
    const before = (await admin.get('/connections/okta')).json;
    const changes = {
      name: 'Okta of the shop',
      match: 'ask',
      policy: {
        guard: false,
        deletion: 'anonymise',
        guardPercent: 40,
        verifiedDomains: ['@Shop.example'],
        scope: 'userType eq "Employee"',
        defaultGroup: 'Wholesale',
        requestsPerSecond: 50,
        addresses: ['127.0.0.1', '10.0.0.0/8'],
      },
    };
    const { status, json } = await admin.send('PATCH', '/connections/okta', changes);
    expect(status, JSON.stringify(json)).to.equal(200);
    const after = (await admin.get('/connections/okta')).json;
    expect(after).to.deep.equal({
      ...before,
      name: 'Okta of the shop',
      match: 'ask',
      policy: { ...before.policy, ...changes.policy, verifiedDomains: ['shop.example'] },
    });
    const [record] = (await host.records()).filter(({ operation }) => operation === 'connection.change');
    expect(record).to.include({ actor: 'anna', subject: 'okta', status: 200 });
    expect(record?.modified).to.deep.include({ attribute: 'deletion', before: 'deactivate', after: 'anonymise' });
    expect(record?.changed).to.have.members(['name', 'match', ...Object.keys(changes.policy)]);
    const cleared = { scope: null, defaultGroup: null, requestsPerSecond: null, addresses: [], verifiedDomains: [] };
    const undone = await admin.send('PATCH', '/connections/okta', {
      name: before.name,
      match: 'link',
      policy: { ...cleared, guard: true, deletion: 'deactivate', guardPercent: 20 },
    });
    expect(undone.json.policy).to.deep.equal(before.policy);
  });

  for (const [what, body, words] of [
    ['an unknown member', { colour: 'red' }, '"colour" is unknown'],
    ['an unknown policy', { policy: { mercy: true } }, '"policy.mercy" is unknown'],
    ['a switch that is no flag', { policy: { scim: 'on' } }, '"policy.scim" has to be true or false'],
    ['another word', { policy: { deletion: 'burn' } }, 'deactivate, anonymise, delete'],
    ['a number out of range', { policy: { guardPercent: 0 } }, 'from 1 to 100'],
    ['a filter that is none', { policy: { scope: 'x eq' } }, 'no filter over users'],
    ['a group that is not there', { policy: { defaultGroup: 'Nobody' } }, '"Nobody"'],
    ['no object', [], 'has to be a JSON object'],
    ['an address that is none', { policy: { addresses: ['intranet'] } }, '"intranet" is neither'],
  ] as const)
    it(`refuses ${what} and changes nothing`, async () => {
      const before = (await admin.get('/connections/okta')).json;
      const { status, json } = await admin.send('PATCH', '/connections/okta', body);
      expect(status, JSON.stringify(json)).to.equal(400);
      expect(json.error.message).to.contain(words);
      expect((await admin.get('/connections/okta')).json).to.deep.equal(before);
    });

  it('tells what is not there from what is in the way', async () => {
    expect((await admin.get('/connections/gone')).status).to.equal(404);
    expect((await admin.send('PATCH', '/connections/gone', { name: 'x' })).json.error.code).to.equal(
      'CONNECTION_UNKNOWN',
    );
    const twice = await admin.send('POST', '/connections', { code: 'okta', name: 'Again' });
    expect([twice.status, twice.json.error.code]).to.deep.equal([409, 'CONNECTION_EXISTS']);
    const unnamed = await admin.send('POST', '/connections', { code: 'x' });
    expect([unnamed.status, unnamed.json.error.message]).to.deep.equal([400, '"name" is missing.']);
    const nowhere = await admin.send('POST', '/connections', { code: 'x', name: 'x', website: 'mars' });
    expect([nowhere.status, nowhere.json.error.code]).to.deep.equal([400, 'WEBSITE_UNKNOWN']);
  });

  it('pauses a connection and resumes it', async () => {
    expect((await admin.send('POST', '/connections/okta/pause')).json).to.include({ active: false });
    expect((await admin.send('POST', '/connections/okta/resume')).json).to.include({ active: true });
  });

  it('makes, lists, rotates and revokes tokens', async () => {
    await admin.send('POST', '/connections', { code: 'entra', name: 'Entra' });
    const made = await admin.send('POST', '/connections/entra/tokens', {
      name: 'reader',
      expires: '90d',
      scopes: ['users:read'],
      addresses: ['127.0.0.1'],
    });
    expect(made.status).to.equal(201);
    expect(made.headers.get('cache-control')).to.equal('no-store');
    expect(made.json).to.deep.include({ name: 'reader', scopes: ['users:read'], addresses: ['127.0.0.1'] });
    expect(await scimAs(made.json.token)).to.equal(200);
    const third = await admin.send('POST', '/connections/entra/tokens', {});
    expect([third.status, third.json.error.code]).to.deep.equal([409, 'TOKEN_LIMIT']);
    const elsewhere = await admin.send('POST', `/connections/okta/tokens/${made.json.id}/revoke`);
    expect([elsewhere.status, elsewhere.json.error.code]).to.deep.equal([404, 'TOKEN_UNKNOWN']);
    const revoked = await admin.send('POST', `/connections/entra/tokens/${made.json.id}/revoke`);
    expect(revoked.json.revokedAt).to.be.a('string');
    const listed = await admin.get('/connections/entra/tokens');
    expect(listed.json.tokens.map(({ state }: { state: string }) => state)).to.deep.equal(['revoked', 'active']);
    expect(JSON.stringify(listed.json)).to.not.contain(made.json.token);

    const started = await admin.send('POST', '/connections/entra/tokens/rotate', { step: 'start', name: 'next' });
    expect(started.json).to.include({ name: 'next' });
    const ended = await admin.send('POST', '/connections/entra/tokens/rotate', { step: 'complete' });
    expect(ended.json).to.include({ works: started.json.id });
    const idle = await admin.send('POST', '/connections/entra/tokens/rotate', { step: 'cancel' });
    expect([idle.status, idle.json.error.code]).to.deep.equal([409, 'TOKEN_ROTATION']);
    const overlapping = await admin.send('POST', '/connections/entra/tokens/rotate', { overlap: '0m' });
    expect(overlapping.json.token).to.be.a('string');
    expect(await scimAs(overlapping.json.token)).to.equal(200);
    const long = await admin.send('POST', '/connections/entra/tokens/rotate', { overlap: '9d' });
    expect(long.status).to.equal(400);
  });

  it('records every connection and token that is made, taken over and ended, with who did it and no secret', async () => {
    const { json: opened } = await admin.send('POST', '/connections', { code: 'told', name: 'Told', profile: 'okta' });
    const path = '/connections/told/tokens';
    const made = await admin.send('POST', path, { name: 'reader', expires: '90d', scopes: ['users:read'] });
    await admin.send('POST', `${path}/${made.json.id}/revoke`);
    await admin.send('POST', `${path}/${made.json.id}/revoke`);
    const [started, cancelled] = [
      await admin.send('POST', `${path}/rotate`, { step: 'start', name: 'next' }),
      await admin.send('POST', `${path}/rotate`, { step: 'cancel' }),
    ];
    const again = await admin.send('POST', `${path}/rotate`, { step: 'start' });
    await admin.send('POST', `${path}/rotate`, { step: 'complete' });
    const last = await admin.send('POST', `${path}/rotate`, { overlap: '1h' });
    // What is refused changes nothing, and leaves no record.
    await admin.send('POST', `${path}/rotate`, { step: 'cancel' });
    await admin.send('POST', `${path}/rotate`, { step: 'cancel' });

    const { id } = (await admin.get('/connections/told')).json;
    const records = (await host.records()).filter(({ connectionId }) => connectionId === id).reverse();
    expect(records.map(({ operation, status, actor }) => `${actor}: ${operation} ${status}`)).to.deep.equal([
      'anna: connection.create 201',
      'anna: token.create 201',
      'anna: token.create 201',
      'anna: token.revoke 200',
      'anna: token.rotation-start 201',
      'anna: token.rotation-cancel 200',
      'anna: token.rotation-start 201',
      'anna: token.rotation-complete 200',
      'anna: token.rotate 201',
      'anna: token.rotation-cancel 200',
    ]);
    const [connection, , reader, revoked, start, cancel, , , rotated] = records;
    expect(connection?.modified).to.deep.include({ attribute: 'profile', before: null, after: 'okta' });
    expect(reader?.subject).to.equal(`vsb_${made.json.id}_…`);
    expect(reader?.modified?.map(({ attribute, after }) => [attribute, after])).to.deep.equal([
      ['name', 'reader'],
      ['scopes', 'users:read'],
      ['expires', `${made.json.expiresAt} UTC`],
    ]);
    expect(revoked?.subject).to.equal(reader?.subject);
    expect(start?.subject).to.equal(`vsb_${started.json.id}_…`);
    expect(start?.notes?.[0]).to.match(/^vsb_\w+_… goes on until the rotation is completed or cancelled\.$/);
    expect(cancel?.subject).to.equal(start?.subject);
    expect(cancel?.notes).to.deep.equal([`vsb_${cancelled.json.works}_… goes on as before.`]);
    expect(rotated?.notes?.[0]).to.contain(`vsb_${again.json.id}_… goes on until `).and.contain('at the latest');
    const secrets = [opened.token, ...[made, started, again, last].map(({ json }) => json.token)];
    for (const secret of secrets) {
      expect(secret).to.match(/^vsb_\w{62,}|^vsb_/);
      expect(JSON.stringify(records)).to.not.contain(secret.slice(14, 40));
    }
  });

  it('says what deleting a connection would do', async () => {
    await scimClient(`${host.url}/scim/v2`, host.token).create({ userName: 'a@example.com' });
    const told = await admin.send('DELETE', '/connections/default', { customers: 'deactivate', dryRun: true });
    expect(told.status).to.equal(200);
    expect(told.json).to.deep.include({ code: 'default', dryRun: true, users: 1, deactivated: 1, tokens: 1 });
    const unsaid = await admin.send('DELETE', '/connections/default', { dryRun: true });
    expect([unsaid.status, unsaid.json.error.message]).to.deep.equal([400, '"customers" is missing.']);
    const wrong = await admin.send('DELETE', '/connections/default', { customers: 'sell', dryRun: true });
    expect(wrong.status).to.equal(400);
    const itself = await admin.send('DELETE', '/connections/default', { customers: 'transfer:default', dryRun: true });
    expect([itself.status, itself.json.error.code]).to.deep.equal([409, 'TRANSFER_REFUSED']);
  });

  it('asks for a resource of its own for each kind of act', async () => {
    const needs: [string, string, string][] = [
      ['GET', '/connections', 'connection::view'],
      ['GET', '/connections/okta', 'connection::view'],
      ['POST', '/connections', 'connection::manage'],
      ['PATCH', '/connections/okta', 'connection::manage'],
      ['POST', '/connections/okta/pause', 'connection::manage'],
      ['POST', '/connections/okta/resume', 'connection::manage'],
      ['GET', '/connections/okta/tokens', 'connection::tokens'],
      ['POST', '/connections/okta/tokens', 'connection::tokens'],
      ['POST', '/connections/okta/tokens/rotate', 'connection::tokens'],
      ['POST', '/connections/okta/tokens/x/revoke', 'connection::tokens'],
      ['DELETE', '/connections/okta', 'provisioning::departure'],
      ['GET', '/protected', 'provisioning::protect'],
      ['POST', '/protected', 'provisioning::protect'],
      ['DELETE', '/protected/customers/1', 'provisioning::protect'],
      ['GET', '/matches', 'provisioning::matches'],
      ['POST', '/matches/1/approve', 'provisioning::matches'],
    ];
    const all = [...granted];
    granted.clear();
    for (const [method, path, resource] of needs) {
      asked.length = 0;
      expect((await admin.send(method, path, method === 'GET' ? undefined : {})).status, path).to.equal(403);
      expect(asked, `${method} ${path}`).to.deep.equal([resource]);
    }
    for (const resource of all) granted.add(resource);
  });
});
