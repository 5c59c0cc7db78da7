import { expect } from 'chai';
import { Outgoing } from '../../../modules/framework/index.ts';
import { type AdminClient, adminClient, administrator } from '../../setup/administration.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { identity } from '../idp/identity.ts';
import { fakeServer } from '../metadata/fake-outgoing.ts';
import { entityDescriptor } from '../metadata/idp-document.ts';
import { openSamlRoom, type SamlRoom } from '../provider/saml-room.ts';

onBothEngines('The admin API of SAML', (engine) => {
  const server = fakeServer();
  const granted = new Set(['saml::view', 'saml::manage']);
  const { override, asked } = administrator(granted);
  let room: SamlRoom;
  let admin: AdminClient;
  before(async () => {
    room = await openSamlRoom(engine, { override: [override, [Outgoing, server]] });
    admin = adminClient((await room.host.listen()).url);
  });
  after(() => room.close());

  const path = '/connections/default/saml';

  it('shows a connection as it takes part in SAML, and changes what is said', async () => {
    const before = (await admin.get(path)).json;
    expect(before).to.deep.include({ on: false, keys: [], certificates: [] });
    const { status, json } = await admin.send('PATCH', path, {
      on: true,
      settings: { forceAuthn: true, authnContext: 'urn:x', redirects: ['https://shop.example/'] },
      idp: { entityId: 'https://idp.example', ssoUrls: { redirect: 'https://idp.example/sso' } },
    });
    expect(status, JSON.stringify(json)).to.equal(200);
    const after = (await admin.get(path)).json;
    expect(after.settings).to.deep.equal({
      ...before.settings,
      forceAuthn: true,
      authnContext: 'urn:x',
      redirects: ['https://shop.example/'],
    });
    expect(after).to.deep.equal(json);
    expect(JSON.stringify(after)).to.not.contain('PRIVATE');
    const [record] = await room.records('saml.change');
    expect(record).to.include({ actor: 'anna', subject: 'default' });
    const undone = await admin.send('PATCH', path, {
      settings: { forceAuthn: false, authnContext: null, redirects: [] },
    });
    expect(undone.json.settings).to.deep.equal(before.settings);
  });

  it('takes metadata, refreshes it, and lets an administrator decide', async () => {
    const [first, second] = [identity('idp'), identity('idp next')];
    server.xml = entityDescriptor({ certificates: [first.certificate] });
    const byText = await admin.send('POST', `${path}/metadata`, { text: server.xml });
    expect(byText.json, JSON.stringify(byText.json)).to.deep.include({ applied: true });
    await admin.send('POST', `${path}/metadata`, { url: 'https://idp.example/metadata' });
    server.xml = entityDescriptor({ certificates: [second.certificate], slo: 'https://idp.example/bye' });
    const { json: report } = await admin.send('POST', `${path}/metadata/refresh`);
    expect(report.offered.map(({ fingerprint }: { fingerprint: string }) => fingerprint)).to.deep.equal([
      second.trusted.fingerprint,
    ]);
    const taken = await admin.send('POST', `${path}/metadata/take-over`);
    expect(taken.json.idp.sloUrls.redirect).to.equal('https://idp.example/bye');
    const states = ({ json }: { json: { certificates: { fingerprint: string; state: string }[] } }) =>
      Object.fromEntries(json.certificates.map(({ fingerprint, state }) => [fingerprint, state]));
    const certificate = second.trusted.fingerprint;
    expect(states(await admin.send('POST', `${path}/certificates/trust`, { certificate }))).to.deep.equal({
      [first.trusted.fingerprint]: 'trusted',
      [certificate]: 'trusted',
    });
    const distrusted = await admin.send('POST', `${path}/certificates/${first.trusted.fingerprint}/distrust`);
    expect(states(distrusted)[first.trusted.fingerprint]).to.equal('distrusted');
  });

  it('replaces our key in steps', async () => {
    const rotate = (body: unknown) => admin.send('POST', `${path}/keys/rotate`, body);
    const states = async (body: unknown) =>
      (await rotate(body)).json.keys.map(({ state }: { state: string }) => state).sort();
    expect(await states({ step: 'start' })).to.deep.equal(['active', 'next']);
    expect((await rotate({ step: 'start' })).status).to.equal(409);
    expect(await states({ step: 'complete' })).to.deep.equal(['active', 'retiring']);
    expect((await rotate({ step: 'cancel' })).status).to.equal(409);
    expect((await rotate({ step: 'start', bits: 1024 })).json.error.message).to.contain('2048, 3072');
    expect((await rotate({ step: 'spin' })).status).to.equal(400);
  });

  for (const [what, method, under, body, status, words] of [
    ['an unknown member', 'PATCH', '', { colour: 'red' }, 400, '"colour" is unknown'],
    ['an unknown setting', 'PATCH', '', { settings: { mercy: true } }, 400, '"settings.mercy" is unknown'],
    ['a word that is none', 'PATCH', '', { settings: { nameIdFormat: 'x' } }, 400, 'persistent'],
    ['claims that are none', 'PATCH', '', { settings: { claims: [{ claim: 1 }] } }, 400, 'claims[0].claim'],
    ['an address that is none', 'PATCH', '', { settings: { redirects: ['x'] } }, 400, 'absolute URL'],
    ['text and URL at once', 'POST', '/metadata', { text: 'x', url: 'y' }, 400, 'one of'],
    ['metadata that is none', 'POST', '/metadata', { text: '<x/>' }, 400, 'no SAML metadata'],
    ['an unknown certificate', 'POST', '/certificates/trust', { certificate: 'abcdefab' }, 404, 'saml:show'],
    ['no certificate', 'POST', '/certificates/trust', {}, 400, '"certificate" is missing'],
  ] as const)
    it(`refuses ${what} and changes nothing`, async () => {
      const before = (await admin.get(path)).json;
      const answer = await admin.send(method, `${path}${under}`, body);
      expect(answer.status, JSON.stringify(answer.json)).to.equal(status);
      expect(answer.json.error.message).to.contain(words);
      expect((await admin.get(path)).json).to.deep.equal(before);
    });

  it('says where nothing is, and lets nobody in without the right', async () => {
    expect((await admin.get('/connections/nobody/saml')).status).to.equal(404);
    granted.delete('saml::manage');
    const closed = [
      await admin.send('PATCH', path, { on: false }),
      await admin.send('POST', `${path}/metadata`, { text: entityDescriptor() }),
      await admin.send('POST', `${path}/metadata/refresh`),
      await admin.send('POST', `${path}/metadata/take-over`),
      await admin.send('POST', `${path}/certificates/trust`, { certificate: identity('mallory').certificate }),
      await admin.send('POST', `${path}/certificates/abcdefab/distrust`),
      await admin.send('POST', `${path}/keys/rotate`, { step: 'start' }),
    ];
    expect(closed.map(({ status }) => status)).to.deep.equal(closed.map(() => 403));
    expect((await admin.get(path)).status).to.equal(200);
    granted.delete('saml::view');
    expect((await admin.get(path)).status).to.equal(403);
    expect(asked).to.include.members(['saml::view', 'saml::manage']);
    for (const resource of ['saml::view', 'saml::manage']) granted.add(resource);
  });
});
