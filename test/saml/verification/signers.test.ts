import { expect } from 'chai';
import { checkSignatureShape, signatureOf } from '../../../modules/saml/verification/signature/shape.ts';
import { signersOf } from '../../../modules/saml/verification/signature/signers.ts';
import { usableCertificates } from '../../../modules/saml/verification/signature/trusted-keys.ts';
import { readXml } from '../../../modules/saml/xml/document.ts';
import { type Forgery, forge } from '../idp/forge.ts';
import { identity } from '../idp/identity.ts';
import { samlProvider } from '../idp/provider.ts';
import { inclusiveC14n } from '../idp/sign.ts';

const names = ['idp', 'next-idp', 'third-idp'];
const certificates = usableCertificates(names.map((name) => identity(name).trusted));

/** Names of the certificates that a forged response's signature is of. */
function signers(changes: Partial<Forgery>, edit = (xml: string) => xml): (string | undefined)[] {
  const { xml } = forge({ provider: samlProvider(), now: new Date(), sign: 'response', ...changes });
  const { root } = readXml(edit(xml));
  const signature = signatureOf(root);
  if (!signature) throw new Error('not signed');
  return signersOf(signature, certificates).map(({ pem }) => names.find((name) => identity(name).certificate === pem));
}

describe('who signed', () => {
  it('is told from the signed information alone', () => {
    expect(signers({ by: identity('next-idp') })).to.deep.equal(['next-idp']);
    expect(signers({ by: identity('third-idp') })).to.deep.equal(['third-idp']);
    expect(signers({ by: identity('foreign') })).to.deep.equal([]);
    // Of the content it says nothing.
    expect(signers({}, (xml) => xml.replace('>ada@', '>eve@'))).to.deep.equal(['idp']);
    expect(signers({}, (xml) => xml.replace(/<ds:DigestValue>./, '<ds:DigestValue>A'))).to.deep.equal([]);
  });

  it('is told of ECDSA, by keys of its kind alone', () => {
    const ec = identity('ec', 'prime256v1');
    const { xml } = forge({ provider: samlProvider(), now: new Date(), sign: 'response', by: ec });
    const signature = signatureOf(readXml(xml).root);
    if (!signature) throw new Error('not signed');
    const all = usableCertificates([...names.map((name) => identity(name).trusted), ec.trusted]);
    expect(signersOf(signature, all).map(({ fingerprint }) => fingerprint)).to.deep.equal([ec.trusted.fingerprint]);
  });

  it('is told with inclusive canonicalization, where the namespaces around it count', () => {
    const signature = { canonicalization: inclusiveC14n };
    const response = { declarations: 'xmlns:xs="http://www.w3.org/2001/XMLSchema"' };
    expect(signers({ signature, response })).to.deep.equal(['idp']);
    expect(signers({ signature, response }, (xml) => xml.replace('XMLSchema"', 'Other"'))).to.deep.equal([]);
  });
});

describe('certificates that may verify', () => {
  it('are those with EC keys on P-256, P-384 and P-521 too, and on no other curve', () => {
    const good = (['prime256v1', 'secp384r1', 'secp521r1'] as const).map((curve) => identity('ec', curve).trusted);
    expect(usableCertificates(good)).to.have.length(3);
    for (const curve of ['secp224r1', 'secp256k1'] as const)
      expect(() => usableCertificates([identity('ec', curve).trusted]))
        .to.throw(`an EC key on the curve ${curve}`)
        .with.property('code', 'SAML_ALGORITHM');
  });

  it('are those with RSA keys of 2048 bits or more', () => {
    const [weak, good] = [identity('weak', 1024).trusted, identity('idp').trusted];
    expect(usableCertificates([weak, good]).map(({ fingerprint }) => fingerprint)).to.deep.equal([good.fingerprint]);
    expect(() => usableCertificates([weak]))
      .to.throw('RSA key of 1024 bits')
      .with.property('code', 'SAML_ALGORITHM');
    expect(() => usableCertificates([]))
      .to.throw('none is trusted')
      .with.property('point', 9);
  });
});

describe('the shape of a signature', () => {
  // Upstream refuses these as well; the guard does not rely on that.
  const refusal = (edit: (xml: string) => string): unknown => {
    const { xml } = forge({ provider: samlProvider(), now: new Date(), sign: 'response' });
    const { root } = readXml(edit(xml));
    const signature = signatureOf(root);
    try {
      if (signature) checkSignatureShape(signature, root);
      return undefined;
    } catch (error) {
      return error;
    }
  };

  it('is one that goes over its parent, by its ID', () => {
    expect(refusal((xml) => xml)).to.equal(undefined);
    for (const uri of ['', ' URI=""', ' URI="#_other"', ' URI="#xpointer(/)"', ' URI="http://127.0.0.1/"'])
      expect(
        refusal((xml) => xml.replace(/ URI="#[^"]*"/, uri)),
        uri,
      ).to.include({ code: 'SAML_SIGNATURE', point: 9 });
  });

  it('has no parameters but prefixes', () => {
    const inTransform = (content: string) => (xml: string) =>
      xml.replace(/(<ds:Transform Algorithm="[^"]*)"\/>/, `$1">${content}</ds:Transform>`);
    expect(refusal(inTransform('<InclusiveNamespaces PrefixList="xs"/>'))).to.equal(undefined);
    for (const content of ['<ds:XPath>1</ds:XPath>', '<x/>', '<InclusiveNamespaces/><InclusiveNamespaces/>'])
      expect(refusal(inTransform(content)), content).to.include({ code: 'SAML_SIGNATURE', point: 9 });
    const inMethod = (xml: string) =>
      xml.replace(/(<ds:SignatureMethod Algorithm="[^"]*)"\/>/, '$1"><x/></ds:SignatureMethod>');
    expect(refusal(inMethod)).to.include({ code: 'SAML_SIGNATURE', point: 9 });
  });
});
