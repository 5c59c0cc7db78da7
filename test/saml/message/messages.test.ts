import { verify, X509Certificate } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { expect } from 'chai';
import { authnRequest } from '../../../modules/saml/message/authn-request.ts';
import { byPost, byRedirect } from '../../../modules/saml/message/bindings.ts';
import { element } from '../../../modules/saml/message/element.ts';
import { logoutRequest, logoutResponse } from '../../../modules/saml/message/logout.ts';
import { verifyEnveloped } from '../../../modules/saml/verification/signature/enveloped.ts';
import { readXml } from '../../../modules/saml/xml/document.ts';
import { identity } from '../idp/identity.ts';
import { samlProvider } from '../idp/provider.ts';

const now = new Date('2024-05-06T12:00:00.789Z');
const { key, certificate, trusted } = identity('sp');
const destination = 'https://idp.example/sso?tenant=1&x="<';

describe('Messages of ours', () => {
  it('ask for what the connection’s settings say', () => {
    const provider = samlProvider({
      settings: { nameIdFormat: 'persistent', forceAuthn: true, authnContext: 'urn:example:"strong"&<' },
    });
    const xml = authnRequest(provider, '_1', destination, now);
    expect(xml).to.contain('ForceAuthn="true"').and.contain('nameid-format:persistent"');
    expect(xml)
      .to.contain('IssueInstant="2024-05-06T12:00:00Z"')
      .and.contain('<saml:Issuer>https://store.example/saml/acme/metadata<');
    expect(xml).to.contain('AssertionConsumerServiceURL="https://store.example/saml/acme/acs"');
    const { root } = readXml(xml);
    expect(root.getAttribute('Destination')).to.equal(destination);
    expect(root.textContent).to.contain('urn:example:"strong"&<');
    const plain = authnRequest(samlProvider(), '_1', destination, now);
    expect(plain).not.to.contain('ForceAuthn').and.not.to.contain('RequestedAuthnContext');
  });

  it('carry whatever a person is called, and nothing that XML has no place for', () => {
    const value = `<Ada> & "Grace"\t\r\n]]>\u0000\u001f\ufffe'`;
    const nameId = { value, format: 'a"b', nameQualifier: undefined, spNameQualifier: 'q' };
    const subject = { nameId, sessionIndexes: ['<1>', '2'] };
    const { root } = readXml(logoutRequest(samlProvider(), { id: '_1', destination, subject, now }));
    const [issuer, name, first, second] = Array.from(root.childNodes, (node) => node.textContent);
    expect([issuer, name, first, second]).to.deep.equal([
      'https://store.example/saml/acme/metadata',
      `<Ada> & "Grace"\t\r\n]]>'`,
      '<1>',
      '2',
    ]);
    expect(element('a', { b: undefined })).to.equal('<a/>');
  });

  it('are signed over the whole, by form and by address', () => {
    const given = { id: '_1', destination, inResponseTo: '_2', outcome: 'failed', now } as const;
    const message = {
      xml: logoutResponse(samlProvider(), given),
      kind: 'SAMLResponse',
      relayState: 'a b&c',
      key,
    } as const;
    const posted = byPost({ ...message, address: 'https://idp.example/slo' });
    if (posted.binding !== 'post') throw new Error('not by form');
    const [[, field = ''] = [], state] = posted.fields;
    expect(state).to.deep.equal(['RelayState', 'a b&c']);
    const text = Buffer.from(field, 'base64').toString('utf8');
    const document = readXml(text);
    expect(verifyEnveloped(document.text, document.root, [trusted]).signedBy).to.equal(trusted.fingerprint);
    expect(text).to.match(/<\/saml:Issuer><ds:Signature/);

    const redirected = byRedirect({ ...message, address: 'https://idp.example/slo?tenant=1' });
    expect(redirected.address).to.match(
      /^https:\/\/idp\.example\/slo\?tenant=1&SAMLResponse=[^&]+&RelayState=a%20b%26c&SigAlg=/,
    );
    const query = redirected.address.slice(redirected.address.indexOf('SAMLResponse='));
    const [signed = '', signature = ''] = query.split('&Signature=');
    const { publicKey } = new X509Certificate(certificate);
    expect(publicKey.asymmetricKeyType).to.equal('rsa');
    const value = Buffer.from(decodeURIComponent(signature), 'base64');
    expect(verify('sha256', Buffer.from(signed), publicKey, value)).to.equal(true);
    const deflated = Buffer.from(new URL(redirected.address).searchParams.get('SAMLResponse') ?? '', 'base64');
    expect(inflateRawSync(deflated).toString()).to.equal(message.xml);
  });

  it('go unsigned where the connection signs none', () => {
    const message = { xml: '<a/>', kind: 'SAMLRequest', relayState: undefined, key: undefined } as const;
    expect(byRedirect({ ...message, address: 'https://idp.example/' }).address).to.match(
      /^https:\/\/idp\.example\/\?SAMLRequest=[^&]+$/,
    );
    const posted = byPost({ ...message, address: 'https://idp.example/' });
    expect(posted).to.deep.include({ fields: [['SAMLRequest', Buffer.from('<a/>').toString('base64')]] });
  });
});
