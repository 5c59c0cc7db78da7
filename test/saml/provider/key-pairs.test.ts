import { createPrivateKey, X509Certificate } from 'node:crypto';
import { expect } from 'chai';
import { rsaKeyPairs } from '../../../modules/saml/provider/key/key-pairs.ts';

describe('A key pair of ours', () => {
  it('has the wanted size and a certificate over itself that is good for five years from now', async () => {
    const now = new Date('2024-02-29T12:00:00.700Z');
    const { privateKey, certificate: pem } = await rsaKeyPairs.make(`SAML ${'x'.repeat(100)}`, now, 3072);
    const certificate = new X509Certificate(pem);
    expect(certificate.publicKey.asymmetricKeyDetails?.modulusLength).to.equal(3072);
    expect(certificate.checkPrivateKey(createPrivateKey(privateKey))).to.equal(true);
    expect(certificate.verify(certificate.publicKey)).to.equal(true);
    expect(certificate.subject).to.equal(`CN=SAML ${'x'.repeat(59)}`);
    expect(certificate.ca).to.equal(false);
    expect(new Date(certificate.validFrom)).to.deep.equal(new Date('2024-02-29T12:00:00Z'));
    expect(new Date(certificate.validTo)).to.deep.equal(new Date('2029-03-01T12:00:00Z'));
    expect(certificate.serialNumber).to.match(/^01[0-9A-F]{30}$/);
  });
});
