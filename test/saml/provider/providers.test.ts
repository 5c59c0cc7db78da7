import { createPrivateKey, X509Certificate } from 'node:crypto';
import { expect } from 'chai';
import { Belongings, Connections } from '../../../modules/connection/index.ts';
import { sql } from '../../../modules/framework/index.ts';
import { KeyPairs, SamlSettingsError } from '../../../modules/saml/index.ts';
import { refusalOf } from '../../connection/room.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { fewKeyPairs } from './key-pairs.ts';
import { openSamlRoom, type SamlRoom } from './saml-room.ts';

const idp = { entityId: 'https://idp.example/entity', ssoUrls: { redirect: 'https://idp.example/sso' } };

onBothEngines('A connection as SAML service provider', (engine) => {
  let room: SamlRoom;
  let made = 0;
  let pairs = 0;
  const counting: KeyPairs = {
    make(...given) {
      pairs++;
      return fewKeyPairs.make(...given);
    },
  };
  let code = '';
  before(async () => {
    room = await openSamlRoom(engine, { override: [[KeyPairs, counting]] });
  });
  after(() => room.close());
  beforeEach(async () => {
    code = (await room.connect(`c${++made}`)).code;
  });
  const byCode = () => room.providers.byCode(room.database, code);

  it('is off, has no key and names its own addresses until somebody sets it up', async () => {
    expect(await byCode()).to.deep.include({
      enabled: false,
      entityId: `http://vestibule.test/saml/${code}/metadata`,
      acsUrl: `http://vestibule.test/saml/${code}/acs`,
      logoutUrl: `http://vestibule.test/saml/${code}/logout`,
      metadataUrl: `http://vestibule.test/saml/${code}/metadata`,
      idp: undefined,
      keys: { signing: undefined, next: undefined, decryption: [] },
    });
  });

  it('is undefined for a code that no connection has, in another case too', async () => {
    expect(await room.providers.byCode(room.database, 'nobody')).to.equal(undefined);
    expect(await room.providers.byCode(room.database, code.toUpperCase())).to.equal(undefined);
  });

  it('gets its key with the first change, and keeps it encrypted', async () => {
    const before = pairs;
    await room.providers.change(code, { on: true });
    const key = (await byCode())?.keys.signing;
    const certificate = new X509Certificate(key?.certificate ?? '');
    expect(certificate.checkPrivateKey(createPrivateKey(key?.privateKey ?? ''))).to.equal(true);
    const [row] = await room.database.all<{ private_key: string }>(
      sql`SELECT k.private_key FROM {vestibule_saml_key} k JOIN {vestibule_connection} c ON c.connection_id = k.connection_id WHERE c.code = ${code}`,
    );
    expect(row?.private_key).to.match(/^0:3:/);
    await room.providers.change(code, { on: false });
    expect((await byCode())?.keys.signing?.id).to.equal(key?.id);
    expect(pairs - before).to.equal(1);
  });

  it('gets one key where two administrators come first at the same moment', async () => {
    await Promise.all([
      room.providers.change(code, { on: true }),
      room.providers.change(code, { settings: { forceAuthn: true } }),
    ]);
    const { on, settings, keys } = await room.providers.configuration(room.database, code);
    expect({ on, forceAuthn: settings.forceAuthn, keys: keys.length }).to.deep.equal({
      on: true,
      forceAuthn: true,
      keys: 1,
    });
  });

  it('is not enabled while its connection is paused', async () => {
    await room.providers.change(code, { on: true });
    const connections = room.host.resolve(Connections);
    await room.database.transaction((tx) => connections.change(tx, code, { active: false }));
    room.advance(5_000);
    expect((await byCode())?.enabled).to.equal(false);
    await room.database.transaction((tx) => connections.change(tx, code, { active: true }));
    room.advance(5_000);
    expect((await byCode())?.enabled).to.equal(true);
  });

  it('is remembered for less than five seconds, and not beyond a change of this process', async () => {
    await room.providers.change(code, { on: true });
    const first = await byCode();
    await room.database.run(
      sql`UPDATE {vestibule_saml_provider} SET is_on = 0 WHERE connection_id = ${first?.connection.id}`,
    );
    room.advance(4_999);
    expect(await byCode()).to.equal(first);
    room.advance(1);
    expect((await byCode())?.enabled).to.equal(false);
    await room.providers.change(code, { on: true });
    expect((await byCode())?.enabled).to.equal(true);
  });

  it('keeps what is set and leaves the rest as it was', async () => {
    await room.providers.change(code, { settings: { nameIdFormat: 'persistent', groupsAttribute: 'groups' } });
    await room.providers.change(code, {
      idp,
      settings: {
        createAtLogin: false,
        claims: [{ claim: 'mail', path: 'emails[type eq "work"].value' }],
        redirects: ['http://shop.example/account/'],
      },
    });
    const provider = await byCode();
    expect(provider?.settings).to.deep.include({
      nameIdFormat: 'persistent',
      groupsAttribute: 'groups',
      createAtLogin: false,
      updateAtLogin: true,
      samlWins: false,
      claims: [{ claim: 'mail', path: 'emails[type eq "work"].value' }],
      redirects: ['http://shop.example/account/'],
    });
    expect(provider?.idp).to.deep.equal({ ...idp, sloUrls: {}, sloResponseUrls: {}, certificates: [] });
  });

  it('is recorded with what changed, under the name of who did it, and not where nothing did', async () => {
    await room.providers.change(code, { settings: { idpInitiated: true } }, 'anna');
    await room.providers.change(code, { settings: { idpInitiated: true } }, 'bert');
    const records = (await room.records('saml.change')).filter(({ subject }) => subject === code);
    expect(records).to.have.length(1);
    expect(records[0]).to.include({ actor: 'anna', status: 200 });
    expect(records[0]?.modified).to.deep.equal([{ attribute: 'idpInitiated', before: false, after: true }]);
  });

  for (const [what, changes, field, words] of [
    ['a binding that is none', { settings: { requestBinding: 'pigeon' } }, 'requestBinding', 'redirect, post'],
    ['a switch that is no flag', { settings: { samlWins: 'yes' } }, 'samlWins', 'on or off'],
    ['an attribute without a name', { settings: { identifier: '' } }, 'identifier', '1 to 255'],
    ['a claim without a path', { settings: { claims: [{ claim: 'mail', path: '' }] } }, 'claims', 'Row 1'],
    ['a claim for what is no place', { settings: { claims: [{ claim: 'x', path: 'colour' }] } }, 'claims', 'Row 1'],
    [
      'a claim that says who is active',
      { settings: { claims: [{ claim: 'x', path: 'active' }] } },
      'claims',
      'sign-in',
    ],
    ['linking by e-mail without a verified domain', { settings: { linkByEmail: true } }, 'linkByEmail', '--verified-'],
    ['a script for an address', { settings: { redirects: ['javascript:alert(1)'] } }, 'redirects', 'https://'],
    ['a relative address', { settings: { redirects: ['/account'] } }, 'redirects', 'absolute'],
    ['an address with a user', { settings: { redirects: ['https://a@b.example/'] } }, 'redirects', 'user name'],
    ['an address with a fragment', { settings: { redirects: ['https://b.example/#'] } }, 'redirects', 'fragment'],
    ['a host without its slash', { settings: { redirects: ['https://b.example'] } }, 'redirects', 'https://b.example/'],
    ['an address browsers rewrite', { settings: { redirects: ['https://b.example/a/../'] } }, 'redirects', 'write it'],
    ['an entity ID with blanks', { idp: { ...idp, entityId: 'our idp' } }, 'entityId', 'URI'],
    ['an identity provider without logins', { idp: { entityId: 'urn:x:y' } }, 'ssoUrls', 'single sign-on'],
    ['an identity provider without a name', { idp: { ssoUrls: idp.ssoUrls } }, 'entityId', 'entity ID'],
  ] as const)
    it(`refuses ${what}, names the field and changes nothing`, async () => {
      const before = await room.providers.configuration(room.database, code);
      const refusal = await refusalOf(room.providers.change(code, changes as never));
      expect(refusal).to.be.instanceOf(SamlSettingsError);
      expect(refusal).to.include({ field, code: 'SAML_SETTINGS_INVALID' });
      expect(refusal.message).to.contain(words);
      expect(await room.providers.configuration(room.database, code)).to.deep.equal(before);
    });

  it('says which connection is unknown', async () => {
    expect(await refusalOf(room.providers.change('nobody', { on: true }))).to.include({ code: 'CONNECTION_UNKNOWN' });
  });

  it('takes its rows along when its connection is deleted, and counts them before', async () => {
    await room.providers.change(code, { on: true, idp });
    const { connection } = await room.providers.configuration(room.database, code);
    const ours = room.host.resolve(Belongings).find(({ label }) => label === 'SAML certificates and keys');
    expect(await ours?.count(room.database, connection.id)).to.equal(1);
    await room.database.transaction((tx) => room.host.resolve(Connections).remove(tx, code));
    for (const table of ['provider', 'key'] as const)
      expect(
        await room.database.first(
          table === 'key'
            ? sql`SELECT 1 AS n FROM {vestibule_saml_key} WHERE connection_id = ${connection.id}`
            : sql`SELECT 1 AS n FROM {vestibule_saml_provider} WHERE connection_id = ${connection.id}`,
        ),
      ).to.equal(undefined);
    room.advance(5_000);
    expect(await byCode()).to.equal(undefined);
  });
});
