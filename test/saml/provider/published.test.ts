import { expect } from 'chai';
import samlify from 'samlify';
import { readCertificate } from '../../../modules/saml/provider/certificate/certificate.ts';
import { publishedMetadata } from '../../../modules/saml/provider/published/published.ts';
import { verifyEnveloped } from '../../../modules/saml/verification/signature/enveloped.ts';
import { readXml } from '../../../modules/saml/xml/document.ts';
import { children } from '../../../modules/saml/xml/element.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { openSamlRoom, type SamlRoom } from './saml-room.ts';

/** The schema's order of what stands in an SPSSODescriptor (saml-metadata-2.0-os §2.4.2, §2.4.4). */
const order = [
  'KeyDescriptor',
  'SingleLogoutService',
  'NameIDFormat',
  'AssertionConsumerService',
  'AttributeConsumingService',
];

onBothEngines('Our metadata', (engine) => {
  let room: SamlRoom;
  let url = '';
  let made = 0;
  let code = '';
  before(async () => {
    room = await openSamlRoom(engine);
    ({ url } = await room.host.listen());
  });
  after(() => room.close());
  beforeEach(async () => {
    code = (await room.connect(`m${++made}`)).code;
  });

  const ask = (headers: Record<string, string> = {}, of = code) => fetch(`${url}/saml/${of}/metadata`, { headers });
  const read = async () => {
    const xml = await (await ask()).text();
    const { root, text } = readXml(xml);
    const descriptor = children(root).find(({ localName }) => localName === 'SPSSODescriptor') as Element;
    return { xml, root, text, descriptor, parts: children(descriptor) };
  };
  const published = async (use: string): Promise<string[]> =>
    (await read()).parts
      .filter((part) => part.localName === 'KeyDescriptor' && part.getAttribute('use') === use)
      .map((part) => readCertificate(part.getElementsByTagNameNS('*', 'X509Certificate')[0]?.textContent ?? ''))
      .map(({ fingerprint }) => fingerprint);

  it('is served as SAML metadata while SAML is on, and is plain text that says no otherwise', async () => {
    for (const of of [code, 'nobody', '..%2f', 'a'.repeat(300)]) {
      const answer = await ask({}, of);
      expect(answer.status, of).to.equal(404);
      expect(answer.headers.get('content-type')).to.match(/^text\/plain/);
      expect(await answer.text()).to.contain('There is no SAML metadata at this address');
    }
    await room.providers.change(code, { on: true });
    const answer = await ask();
    expect(answer.status).to.equal(200);
    expect(answer.headers.get('content-type')).to.match(/^application\/samlmetadata\+xml/);
    await room.providers.change(code, { on: false });
    expect((await ask()).status).to.equal(404);
  });

  it('holds what an identity provider needs, in the order of the schema', async () => {
    const claims = [{ claim: 'mail', path: 'emails.value' }];
    await room.providers.change(code, { on: true, settings: { claims, groupsAttribute: 'groups & "more"' } });
    const { root, descriptor, parts } = await read();
    expect(root.namespaceURI).to.equal('urn:oasis:names:tc:SAML:2.0:metadata');
    expect(root.getAttribute('entityID')).to.equal(`http://vestibule.test/saml/${code}/metadata`);
    expect(descriptor.getAttribute('protocolSupportEnumeration')).to.equal('urn:oasis:names:tc:SAML:2.0:protocol');
    expect(descriptor.getAttribute('WantAssertionsSigned')).to.equal('true');
    const names = parts.map(({ localName }) => String(localName));
    expect([...new Set(names)]).to.deep.equal(order);
    expect(names.map((name) => order.indexOf(name))).to.deep.equal(
      names.map((name) => order.indexOf(name)).sort((a, b) => a - b),
    );
    const located = parts
      .filter((part) => part.hasAttribute('Location'))
      .map((part) => `${part.getAttribute('Binding')?.split(':').at(-1)} ${part.getAttribute('Location')}`);
    expect(located).to.deep.equal([
      `HTTP-Redirect http://vestibule.test/saml/${code}/logout`,
      `HTTP-POST http://vestibule.test/saml/${code}/logout`,
      `HTTP-POST http://vestibule.test/saml/${code}/acs`,
    ]);
    const requested = Array.from(descriptor.getElementsByTagNameNS('*', 'RequestedAttribute'));
    expect(requested.map((one) => one.getAttribute('Name'))).to.deep.equal(['mail', 'groups & "more"']);
  });

  it('is read alike by another implementation of SAML', async () => {
    await room.providers.change(code, { on: true, settings: { nameIdFormat: 'persistent', signRequests: false } });
    const meta = samlify.ServiceProvider({ metadata: (await read()).xml }).entityMeta;
    expect(meta.getEntityID()).to.equal(`http://vestibule.test/saml/${code}/metadata`);
    expect(meta.getAssertionConsumerService('post')).to.equal(`http://vestibule.test/saml/${code}/acs`);
    expect(meta.isAuthnRequestSigned()).to.equal(false);
    expect(meta.isWantAssertionsSigned()).to.equal(true);
    expect(meta.getNameIDFormat()[0]).to.contain(':persistent');
  });

  it('has the next key behind the active one while a rollover is under way, for signing and for encryption', async () => {
    await room.providers.change(code, { on: true });
    const [first] = await published('signing');
    const started = await room.keys.start(code);
    const next = started.keys.find(({ state }) => state === 'next')?.fingerprint;
    expect(next).to.be.a('string').and.not.equal(first);
    expect(await published('signing')).to.deep.equal([first, next]);
    expect(await published('encryption')).to.deep.equal([first, next]);
    await room.keys.complete(code);
    expect(await published('signing')).to.deep.equal([next]);
    expect(await published('encryption')).to.deep.equal([next]);
  });

  it('is the same until something changes, and is not sent again to whoever has it', async () => {
    await room.providers.change(code, { on: true });
    const first = await ask();
    const etag = first.headers.get('etag') ?? '';
    const provider = await room.providers.byCode(room.database, code);
    if (!provider) throw new Error('no provider');
    expect(publishedMetadata(provider)).to.equal(publishedMetadata(provider));
    room.advance(60_000);
    const again = await ask({ 'if-none-match': etag });
    expect([again.status, await again.text()]).to.deep.equal([304, '']);
    await room.providers.change(code, { settings: { nameIdFormat: 'emailAddress' } });
    const changed = await ask({ 'if-none-match': etag });
    expect(changed.status).to.equal(200);
    expect(changed.headers.get('etag')).to.not.equal(etag);
    expect(await changed.text()).to.not.equal(await first.text());
  });

  it('is signed where it is set so, first thing in the root, and stays the same then, too', async () => {
    await room.providers.change(code, { on: true, settings: { signMetadata: true } });
    const { root, text, xml } = await read();
    expect(children(root)[0]?.localName).to.equal('Signature');
    const key = (await room.providers.byCode(room.database, code))?.keys.signing;
    const certificate = readCertificate(key?.certificate ?? '');
    expect(verifyEnveloped(text, root, [certificate]).signedBy).to.equal(certificate.fingerprint);
    const changed = readXml(text.replace('/acs"', '/acx"'));
    expect(() => verifyEnveloped(changed.text, changed.root, [certificate])).to.throw('changed since');
    room.advance(60_000);
    expect((await read()).xml).to.equal(xml);
  });
});
