import { expect } from 'chai';
import { Outgoing } from '../../../modules/framework/index.ts';
import { IdpMetadata } from '../../../modules/saml/index.ts';
import { base64Of } from '../../../modules/saml/provider/certificate/certificate.ts';
import { refusalOf } from '../../connection/room.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { identity } from '../idp/identity.ts';
import { signed, usualSignature } from '../idp/sign.ts';
import { openSamlRoom, type SamlRoom } from '../provider/saml-room.ts';
import { attentionListener } from './attention-listener.ts';
import { certificateUntil } from './ending-certificate.ts';
import { fakeServer } from './fake-outgoing.ts';
import { type Described, entityDescriptor } from './idp-document.ts';

const url = 'https://idp.example/metadata';
const [first, second, third] = ['idp', 'idp next', 'idp third'].map((name) => identity(name)) as [
  ReturnType<typeof identity>,
  ReturnType<typeof identity>,
  ReturnType<typeof identity>,
];
const listing = (...identities: readonly { certificate: string }[]): Described => ({
  certificates: identities.map(({ certificate }) => certificate),
});

onBothEngines("Taking over an identity provider's metadata", (engine) => {
  const server = fakeServer();
  const { module: listener, told } = attentionListener();
  let room: SamlRoom;
  let metadata: IdpMetadata;
  let made = 0;
  let code = '';
  before(async () => {
    room = await openSamlRoom(engine, { modules: [listener], override: [[Outgoing, server]] });
    metadata = room.host.resolve(IdpMetadata);
  });
  after(() => room.close());
  beforeEach(async () => {
    code = (await room.connect(`t${++made}`)).code;
    server.xml = entityDescriptor();
    server.status = 200;
    server.asked.length = 0;
    told.length = 0;
  });

  const states = async () => {
    const { certificates } = await room.providers.configuration(room.database, code);
    return Object.fromEntries(certificates.map(({ fingerprint, state }) => [fingerprint, state]));
  };
  const inEffect = async () => (await room.providers.byCode(room.database, code))?.idp;
  const of = ({ trusted }: { trusted: { fingerprint: string } }) => trusted.fingerprint;

  it('makes its addresses and certificates count at once where an administrator hands it in', async () => {
    const report = await metadata.import(code, { text: entityDescriptor(listing(first, second)) }, 'anna');
    expect(report).to.deep.include({
      entityId: 'https://idp.example/entity',
      applied: true,
      vanished: [],
      offered: [],
    });
    expect(report.trusted.map(({ fingerprint }) => fingerprint)).to.deep.equal([of(first), of(second)]);
    const idp = await inEffect();
    expect(idp?.ssoUrls.redirect).to.equal('https://idp.example/sso');
    expect(idp?.certificates.map(({ fingerprint }) => fingerprint).sort()).to.deep.equal(
      [of(first), of(second)].sort(),
    );
    expect((await room.providers.byCode(room.database, code))?.keys.signing).to.not.equal(undefined);
    const [record] = await room.records('saml.metadata.import');
    expect(record).to.include({ actor: 'anna', subject: code });
    expect(record?.notes?.join(' ')).to.contain(of(first)).and.contain(of(second));
  });

  it('remembers where it was fetched, and offers nothing where nothing changed', async () => {
    await metadata.import(code, { url });
    room.advance(1_000);
    const report = await metadata.refresh(code);
    expect(report).to.deep.include({ trusted: [], offered: [], vanished: [], facts: [], applied: true });
    expect(server.asked.map((one) => one.url)).to.deep.equal([url, url]);
    const { source } = await room.providers.configuration(room.database, code);
    expect(source.url).to.equal(url);
    expect(source.readAt).to.not.equal(null);
    expect(await room.records('saml.metadata.refresh')).to.deep.equal([]);
    expect(told).to.deep.equal([]);
  });

  it('trusts no new certificate by itself: it is offered, until somebody trusts it', async () => {
    await metadata.import(code, { url });
    server.xml = entityDescriptor(listing(first, second));
    const report = await metadata.refresh(code);
    expect(report.offered.map(({ fingerprint }) => fingerprint)).to.deep.equal([of(second)]);
    expect(report.applied).to.equal(false);
    expect(await states()).to.deep.equal({ [of(first)]: 'trusted', [of(second)]: 'offered' });
    expect((await inEffect())?.certificates).to.have.length(1);
    expect(told).to.have.length(1);
    expect(told[0]?.cure).to.equal(`saml:certificate:trust ${of(second).slice(0, 16)} --connection ${code}`);
    await metadata.refresh(code);
    expect(told).to.have.length(1);
    await room.certificates.trust(code, of(second).slice(0, 16), 'anna');
    expect((await inEffect())?.certificates).to.have.length(2);
    await room.certificates.distrust(code, of(second));
    await metadata.refresh(code);
    await metadata.import(code, { url });
    expect((await states())[of(second)]).to.equal('distrusted');
  });

  it('trusts a new certificate where a trusted one has signed the metadata', async () => {
    await metadata.import(code, { url });
    const xml = entityDescriptor({ ...listing(first, second), sso: 'https://idp.example/new', root: ' ID="_m"' });
    server.xml = signed(xml, 'EntityDescriptor', usualSignature(third));
    expect((await metadata.refresh(code)).trusted).to.deep.equal([]);
    server.xml = signed(xml, 'EntityDescriptor', usualSignature(first));
    const report = await metadata.refresh(code);
    expect(report).to.deep.include({ signedBy: of(first), applied: true });
    expect(await states()).to.deep.equal({ [of(first)]: 'trusted', [of(second)]: 'trusted' });
    expect((await inEffect())?.ssoUrls.redirect).to.equal('https://idp.example/new');
    expect((await room.providers.configuration(room.database, code)).offered).to.equal(undefined);
  });

  it('believes the pinned certificate alone, and looks at nothing that it has not signed', async () => {
    await metadata.import(code, { url });
    await room.providers.change(code, { metadataCertificate: third.certificate });
    const xml = entityDescriptor({ ...listing(first, second), root: ' ID="_m"' });
    for (const refused of [xml, signed(xml, 'EntityDescriptor', usualSignature(first))]) {
      server.xml = refused;
      expect((await refusalOf(metadata.refresh(code))).message).to.contain(
        'not signed by the certificate that is pinned',
      );
    }
    expect(await states()).to.deep.equal({ [of(first)]: 'trusted' });
    server.xml = signed(xml, 'EntityDescriptor', usualSignature(third));
    await metadata.refresh(code);
    expect(await states()).to.deep.equal({ [of(first)]: 'trusted', [of(second)]: 'trusted' });
  });

  it('reports a certificate that has vanished, and goes on trusting it', async () => {
    await metadata.import(code, { text: entityDescriptor(listing(first, second)) });
    await metadata.import(code, { url });
    expect((await metadata.refresh(code)).vanished).to.deep.equal([of(second)]);
    expect((await inEffect())?.certificates).to.have.length(2);
    const known = async () =>
      (await room.providers.configuration(room.database, code)).certificates.find(
        ({ fingerprint }) => fingerprint === of(second),
      );
    expect((await known())?.missingSince).to.not.equal(null);
    server.xml = entityDescriptor(listing(first, second));
    expect((await metadata.refresh(code)).vanished).to.deep.equal([]);
    expect((await known())?.missingSince).to.equal(null);
    server.xml = entityDescriptor(listing(first));
    await metadata.refresh(code);
    expect(told.at(-1)?.message).to.contain(`not in the metadata any more: ${of(second)}`);
  });

  it('offers addresses that changed, until somebody takes them over', async () => {
    await metadata.import(code, { url });
    server.xml = entityDescriptor({ sso: 'https://evil.example/sso' });
    const report = await metadata.refresh(code);
    expect(report).to.deep.include({ applied: false });
    expect(report.facts.map(({ attribute }) => attribute)).to.deep.equal(['idp.ssoUrls']);
    expect((await inEffect())?.ssoUrls.redirect).to.equal('https://idp.example/sso');
    expect(told[0]?.cure).to.equal(`saml:metadata:take-over --connection ${code}`);
    await metadata.takeOver(code, 'anna');
    expect((await inEffect())?.ssoUrls.redirect).to.equal('https://evil.example/sso');
    const [record] = await room.records('saml.metadata.take-over');
    expect(record).to.include({ actor: 'anna' });
    expect(await refusalOf(metadata.takeOver(code))).to.include({ code: 'SAML_SETTINGS_INVALID' });
    server.xml = entityDescriptor();
    await metadata.refresh(code);
    server.xml = entityDescriptor({ sso: 'https://evil.example/sso' });
    await metadata.refresh(code);
    expect((await room.providers.configuration(room.database, code)).offered).to.equal(undefined);
  });

  it('of another identity provider is refused by a refresh, and ends trust in the old one by an import', async () => {
    await metadata.import(code, { url });
    server.xml = entityDescriptor({ entityId: 'https://other.example', ...listing(second) });
    const refusal = await refusalOf(metadata.refresh(code));
    expect(refusal.message).to.contain('not about "https://idp.example/entity" but about "https://other.example"');
    expect(await states()).to.deep.equal({ [of(first)]: 'trusted' });
    const report = await metadata.import(code, { url });
    expect(report.notes.join(' ')).to.contain('https://idp.example/entity before');
    expect(await states()).to.deep.equal({ [of(first)]: 'offered', [of(second)]: 'trusted' });
  });

  it('leaves out certificates that have ended, and says so', async () => {
    const ended = certificateUntil('ended', new Date('2026-05-06T11:59:59Z'));
    const report = await metadata.import(code, {
      text: entityDescriptor({ certificates: [first.certificate, ended] }),
    });
    expect(await states()).to.deep.equal({ [of(first)]: 'trusted' });
    expect(report.notes[0]).to.contain('ended at 2026-05-06 11:59:59 UTC');
    expect((await refusalOf(room.certificates.trust(code, ended))).message).to.contain('ended at');
  });

  it('signs requests from then on where the identity provider wants them signed', async () => {
    await room.providers.change(code, { settings: { signRequests: false } });
    await metadata.import(code, { text: entityDescriptor({ role: ' WantAuthnRequestsSigned="true"' }) });
    expect((await room.providers.byCode(room.database, code))?.settings.signRequests).to.equal(true);
  });

  it('remembers why a refresh failed, tells it once, and changes nothing else', async () => {
    await metadata.import(code, { url });
    const before = await room.providers.configuration(room.database, code);
    server.xml = undefined;
    expect(await refusalOf(metadata.refresh(code))).to.include({ code: 'SAML_METADATA_UNREACHABLE' });
    server.xml = '<html>';
    expect(await refusalOf(metadata.refresh(code))).to.include({ code: 'SAML_METADATA_INVALID' });
    server.status = 503;
    expect((await refusalOf(metadata.refresh(code))).message).to.contain('answered 503');
    const after = await room.providers.configuration(room.database, code);
    expect(after.source.problem).to.contain('answered 503');
    expect({ ...after, source: before.source }).to.deep.equal(before);
    expect(told.map(({ title }) => title)).to.deep.equal([`The SAML metadata of ${code} can't be refreshed`]);
    [server.xml, server.status] = [entityDescriptor(), 200];
    await metadata.refresh(code);
    expect((await room.providers.configuration(room.database, code)).source.problem).to.equal(null);
  });

  it('needs an address to be refreshed from, and a certificate that is known or readable to be trusted', async () => {
    expect((await refusalOf(metadata.refresh(code))).message).to.contain('saml:metadata:import');
    for (const unknown of ['00000000', of(first)])
      expect(await refusalOf(room.certificates.trust(code, unknown))).to.include({ code: 'SAML_CERTIFICATE_UNKNOWN' });
    const bundle = Buffer.concat(
      [first, second].map(({ certificate }) => Buffer.from(base64Of(certificate), 'base64')),
    );
    for (const [text, words] of [
      ['hello', 'no X.509 certificate'],
      ['hello!', 'no certificate'],
      [bundle.toString('base64'), 'one certificate at a time'],
      [identity('weak', 1024).certificate, '1024 bits'],
      [first.privateKey, 'private key'],
      [first.certificate + second.certificate, 'one certificate at a time'],
    ] as const)
      expect((await refusalOf(room.certificates.trust(code, text))).message).to.contain(words);
    expect(await states()).to.deep.equal({});
    await room.certificates.trust(code, first.certificate.replaceAll('\n', ' \r\n '));
    expect(await states()).to.deep.equal({ [of(first)]: 'trusted' });
  });
});
