import { expect } from 'chai';
import { Connections } from '../../../modules/connection/index.ts';
import { countStatements } from '../../../modules/framework/index.ts';
import { SignInUsers } from '../../../modules/provisioning/index.ts';
import { KeyPairs, SamlCertificates, type SamlConfiguration, SamlProviders } from '../../../modules/saml/index.ts';
import saml from '../../../modules/saml/module.ts';
import type { BrowserVisitor } from '../../admin/visitor.ts';
import { type AdministeredHost, openAdministeredHost } from '../../setup/administered-host.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { forge } from '../idp/forge.ts';
import { identity } from '../idp/identity.ts';
import { entityDescriptor } from '../metadata/idp-document.ts';
import { fewKeyPairs } from '../provider/key-pairs.ts';

const tab = '/admin/connections/default/saml';
const idp = {
  idpEntityId: 'http://idp.test/entity',
  idpSso: 'http://idp.test/sso',
  idpSlo: '',
};

onBothEngines('The tab SAML SSO', (engine) => {
  let host: AdministeredHost;
  let admin: BrowserVisitor;
  const held = (): Promise<SamlConfiguration> =>
    host.host.resolve(SamlProviders).configuration(host.database, 'default');
  const send = (act: string, fields: Record<string, string | readonly string[]> = {}, page = tab) =>
    admin.send(page, fields, `${tab}/${act}`);
  before(async () => {
    host = await openAdministeredHost(engine, [saml], { override: [[KeyPairs, fewKeyPairs]] });
    admin = await host.enter();
  });
  after(() => host.close());

  it('has the values in the words of the identity provider, and says what is missing', async () => {
    const { text } = await admin.get(tab);
    expect(text).to.include('/saml/default/acs').and.include('Nothing is known of the identity provider.');
    expect(text).to.include('No certificate yet').and.include('>SAML SSO</a>');
    await host.connect('okta', { profile: 'okta' });
    expect((await admin.get('/admin/connections/okta/saml')).text).to.include('Audience URI (SP Entity ID)');
    expect((await admin.get(`${tab}/metadata.xml`)).status).to.equal(404);
  });

  it('says at its field what is wrong with metadata, keeps what was typed, and takes good metadata over', async () => {
    const wrong = await send('metadata', { metadataText: '<b>kept</b>' });
    expect(wrong.status).to.equal(422);
    expect(wrong.text).to.include('id="field-metadataText-error"').and.include('&lt;b>kept');
    expect((await send('metadata', {})).text).to.include('id="field-metadataUrl-error"');
    const both = await send('metadata', { metadataText: '<a/>', metadataUrl: 'http://idp.test/metadata' });
    expect(both.text).to.include('which of the two counts?');
    const { certificate } = identity('idp');
    const done = await send('metadata', {
      metadataText: entityDescriptor({ entityId: 'http://idp.test/from-metadata', certificates: [certificate] }),
    });
    expect(done.location).to.equal(tab);
    const { idp: known, certificates } = await held();
    expect(known?.entityId).to.equal('http://idp.test/from-metadata');
    expect(certificates.map(({ state }) => state)).to.deep.equal(['trusted']);
    expect((await admin.get(tab)).text).to.include('1 certificate of it counts now.');
  });

  it('takes single values, and the certificate with them', async () => {
    const wrong = await send('provider', { ...idp, idpSso: 'nowhere', idpCertificate: '' });
    expect([wrong.status, wrong.text.includes('id="field-idpSso-error"')]).to.deep.equal([422, true]);
    const bad = await send('provider', { ...idp, idpCertificate: 'no certificate' });
    expect(bad.text).to.include('id="field-idpCertificate-error"');
    const { certificate } = identity('idp');
    expect((await send('provider', { ...idp, idpCertificate: certificate })).location).to.equal(tab);
    const { idp: known, certificates } = await held();
    expect(known?.ssoUrls).to.deep.equal({ redirect: idp.idpSso, post: idp.idpSso });
    expect(certificates.filter(({ state }) => state === 'trusted')).to.have.length(1);
    expect((await admin.get(tab)).text)
      .to.include('Everything is in place.')
      .and.include('RSA, 2048 bits');
    const ec = identity('ec', 'prime256v1');
    await send('certificates/trust', { certificate: identity('ec', 'secp256k1').certificate });
    expect((await admin.get(tab)).text)
      .to.include('an EC key on the curve secp256k1')
      .and.include('EC on P-256, P-384 or P-521');
    expect((await send('certificates/trust', { certificate: ec.certificate })).location).to.contain(tab);
    expect((await admin.get(tab)).text).to.include('EC, P-256');
    await host.host.resolve(SamlCertificates).distrust('default', ec.trusted.fingerprint);
  });

  it('switches on and off, and distrusts a certificate until it is trusted again', async () => {
    await send('switch', { on: '1' });
    expect((await held()).on).to.equal(true);
    const { fingerprint } = identity('idp').trusted;
    const page = `${tab}/certificates/${fingerprint}/distrust`;
    expect((await admin.get(page)).text).to.include('nobody can log in then');
    await admin.send(page, {});
    expect((await admin.get(tab)).text).to.include('On, but nobody can log in');
    await send('certificates/trust', { certificate: fingerprint });
    expect((await admin.get(tab)).text).not.to.include('nobody can log in');
    await send('certificates/trust', { certificate: 'rubbish' });
    expect((await admin.get(tab)).text).to.include('role="alert"');
    await send('switch', { on: '0' });
    expect((await held()).on).to.equal(false);
  });

  it('rolls the key over in steps, and gives our metadata and certificate as files', async () => {
    const states = async () => (await held()).keys.map(({ state }) => state).toSorted();
    await send('keys/start');
    expect(await states()).to.deep.equal(['active', 'next']);
    const next = (await held()).keys.find(({ state }) => state === 'next');
    expect((await admin.get(`${tab}/certificate.pem`)).text).to.equal(next?.certificate);
    await send('keys/cancel');
    expect(await states()).to.deep.equal(['active']);
    await send('keys/start');
    await admin.send(`${tab}/keys/complete`, {});
    expect(await states()).to.deep.equal(['active', 'retiring']);
    const file = await admin.get(`${tab}/metadata.xml`);
    expect(file.headers.get('content-disposition')).to.include('default-metadata.xml');
    expect(file.text).to.include('EntityDescriptor');
  });

  it('saves settings, and says at its field what can not be', async () => {
    const page = `${tab}?part=settings`;
    const fields = {
      requestBinding: 'post',
      nameIdFormat: 'persistent',
      createAtLogin: '1',
      groupsAttribute: 'groups',
    };
    const saved = await send(
      'settings',
      { ...fields, redirects: 'https://shop.example/saml/\nhttps://a.example/x' },
      page,
    );
    expect(saved.location).to.equal(page);
    const { settings } = await held();
    expect(settings).to.include({ requestBinding: 'post', nameIdFormat: 'persistent', updateAtLogin: false });
    expect(settings.redirects).to.deep.equal(['https://shop.example/saml/', 'https://a.example/x']);
    for (const [field, value] of [
      ['redirects', 'ftp://shop.example/'],
      ['linkByEmail', '1'],
      ['nameIdFormat', 'none'],
    ] as const) {
      const { status, text } = await send('settings', { ...fields, [field]: value }, page);
      expect([status, text.includes(`id="field-${field}-error"`)], field).to.deep.equal([422, true]);
    }
  });

  it('has a table of claims: the built-in one, or one of its own whose rows are looked at', async () => {
    const page = `${tab}?part=claims`;
    expect((await admin.get(page)).text)
      .to.include('The built-in table')
      .and.include('emails[main].value');
    await send('claims/own', {}, page);
    expect((await held()).settings.claims.length).to.be.greaterThan(10);
    const rows = { claim: ['mail', 'x', ''], path: ['emails[main].value', 'active', ''] };
    const wrong = await send('claims', rows, page);
    expect([
      wrong.status,
      wrong.text.includes('can&#39;t be said') || wrong.text.includes("can't be said"),
    ]).to.deep.equal([422, true]);
    expect((await send('claims', { claim: ['mail'], path: [''] }, page)).text).to.include('Fill both fields');
    await send('claims', { claim: ['mail', ''], path: ['emails[main].value', ''] }, page);
    expect((await held()).settings.claims).to.deep.equal([{ claim: 'mail', path: 'emails[main].value' }]);
    await send('claims/built-in', {}, page);
    expect((await held()).settings.claims).to.deep.equal([]);
  });

  /** A test login as the browser makes it, answered by a forged response. */
  async function tested(attributes: Record<string, string>, more: { audience?: string; nameId?: string } = {}) {
    const { text } = await send('test');
    const begin = /href="(\/saml\/default\/login\?test=[^"]+)"/.exec(text)?.[1] ?? '';
    const { text: form } = await admin.get(begin);
    const id = /name="RelayState" value="([^"]+)"/.exec(form)?.[1] ?? '';
    const provider = await host.host.resolve(SamlProviders).byCode(host.database, 'default');
    if (!provider) throw new Error('no provider');
    const { field } = forge({
      provider,
      now: host.now(),
      inResponseTo: id,
      assertion: {
        attributes: Object.entries(attributes).map(([name, value]) => ({ name, values: [value] })),
        ...(more.nameId === undefined ? {} : { nameId: more.nameId }),
        ...(more.audience === undefined ? {} : { audiences: [[more.audience]] }),
      },
    });
    const back = await admin.post('/saml/default/acs', { SAMLResponse: field, RelayState: id });
    expect(back.location ?? '').to.match(/^\/admin\/connections\/default\/saml\/test\//);
    return back.location ?? '';
  }

  it('shows a test login with its mapping and the would-be customer, or why it was refused; nothing changes', async () => {
    await send('switch', { on: '1' });
    const result = await tested({ firstName: 'Ada <b>', lastName: 'Lovelace', email: 'ada@example.com', shoe: '38' });
    const { text } = await admin.get(result);
    expect(text).to.include('The login works').and.include('ada@example.com').and.include('Ada &lt;b>');
    expect(text).to.include('Nobody is known by this identifier').and.include('shoe').and.not.include('Ada <b>');
    expect((await (await host.enter()).get(result)).status, 'for somebody else').to.equal(404);
    const refused = await admin.get(await tested({}, { audience: 'https://other.example' }));
    expect(refused.text).to.include('The login was refused').and.include('SAML_AUDIENCE');
    const connection = await host.host.resolve(Connections).byCode(host.database, 'default');
    const meant = await host.host.resolve(SignInUsers).meantBy(host.database, connection, ['ada@example.com']);
    expect(meant.size).to.equal(0);
    await host.scim.create({ userName: 'ada@example.com' });
    expect((await admin.get(await tested({ firstName: 'Ada' }))).text).to.include(
      'The person is known as ada@example.com',
    );
  });

  it('tells who signed in, and who was refused and why', async () => {
    const part = `${tab}?part=sign-ins`;
    expect((await admin.get(part)).text).to.include('Nobody has logged in yet');
    const provider = await host.host.resolve(SamlProviders).byCode(host.database, 'default');
    if (!provider) throw new Error('no provider');
    const { field } = forge({ provider, now: host.now(), inResponseTo: '_nobody' });
    await admin.post('/saml/default/acs', { SAMLResponse: field, RelayState: '_nobody' });
    await host.records();
    expect((await admin.get(part)).text)
      .to.include('Refused')
      .and.include('arrival-reason');
  });

  it('gives the guide SAML and SCIM as one procedure, for every provider, with live values', async () => {
    const change = (profile: 'generic') =>
      host.database.transaction((tx) => host.host.resolve(Connections).change(tx, 'default', { profile }));
    for (const profile of [
      'miniorange',
      'entra',
      'okta',
      'onelogin',
      'pingone',
      'jumpcloud',
      'google',
      'centrify',
      'generic',
    ] as const) {
      await change(profile as 'generic');
      const { text } = await admin.get('/admin/connections/default/guide?way=saml');
      expect(text, profile).to.include('/saml/default/acs').and.include('/scim/v2').and.include('Try a login');
      expect(text, profile).not.to.match(/\{[a-z][\w.]*\}|\*\*/i);
      const titles = [...text.matchAll(/<h3>([^<]+)/g)].map(([, title]) => title);
      expect(new Set(titles).size, profile).to.equal(titles.length);
    }
    const first = await admin.get('/admin/connections/default/guide');
    expect(first.text, 'the way that fits comes first').to.include('Give its metadata to the store<');
    expect(first.text).to.include('Done:');
  });

  it('costs ten statements a page at most', async () => {
    const count = countStatements(host.database);
    const cost: Record<string, number> = {};
    const paths = ['saml', 'saml?part=settings', 'saml?part=claims', 'saml?part=sign-ins', 'guide?way=saml'];
    const result = await tested({ firstName: 'Mia', email: 'mia@example.com' }, { nameId: 'mia@example.com' });
    for (const path of [...paths.map((end) => `/admin/connections/default/${end}`), result]) {
      await admin.get(path);
      count.reset();
      await admin.get(path);
      if (count.statements.length > 10) cost[path] = count.statements.length;
    }
    count.stop();
    expect(cost).to.deep.equal({});
  });

  it('is for those whose role allows it, and changes nothing without the token of the form', async () => {
    const viewer = await host.enter(['connection::view', 'saml::view']);
    const { text } = await viewer.get(tab);
    expect(text).to.include('Values for').and.not.include('Switch SAML SSO');
    for (const act of [
      'switch',
      'metadata',
      'provider',
      'certificates/trust',
      'keys/start',
      'settings',
      'claims',
      'test',
    ])
      expect((await viewer.post(`${tab}/${act}`, {})).status, act).to.equal(403);
    expect((await (await host.enter(['connection::view'])).get(tab)).status).to.equal(403);
    expect((await admin.post(`${tab}/switch`, { on: '0' })).status).to.equal(403);
    expect((await held()).on).to.equal(true);
    expect((await admin.get('/admin/connections/none/saml')).status).to.equal(404);
  });
});
