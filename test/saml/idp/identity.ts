import { createHash, createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import forge from 'node-forge';
import type { SamlKey, TrustedCertificate } from '../../../modules/saml/provider/provider.ts';

/** A key pair with its certificate, of an identity provider or of ours. */
export interface Identity {
  readonly privateKey: string;
  readonly certificate: string;
  readonly trusted: TrustedCertificate;
  readonly key: SamlKey;
}

function certify(name: string, privateKey: string): string {
  const key = forge.pki.privateKeyFromPem(privateKey);
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.setRsaPublicKey(key.n, key.e);
  certificate.serialNumber = `01${createHash('sha256').update(name).digest('hex').slice(0, 16)}`;
  certificate.validity.notBefore = new Date('2020-01-01T00:00:00Z');
  certificate.validity.notAfter = new Date('2040-01-01T00:00:00Z');
  const subject = [{ name: 'commonName', value: name }];
  certificate.setSubject(subject);
  certificate.setIssuer(subject);
  certificate.sign(key, forge.md.sha256.create());
  return forge.pki.certificateToPem(certificate);
}

const made = new Map<string, Identity>();

/** The identity of a name, made once per process. */
export function identity(name: string, bits = 2048): Identity {
  const known = made.get(`${name}/${bits}`);
  if (known) return known;
  const pair = generateKeyPairSync('rsa', { modulusLength: bits });
  // forge reads PKCS #1 only.
  const privateKey = pair.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
  const certificate = certify(name, privateKey);
  const x509 = new X509Certificate(certificate);
  const fingerprint = createHash('sha256').update(x509.raw).digest('hex');
  const notAfter = new Date(x509.validTo);
  const identity: Identity = {
    privateKey: createPrivateKey(privateKey).export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate,
    trusted: { pem: certificate, fingerprint, subject: x509.subject, notBefore: new Date(x509.validFrom), notAfter },
    key: { id: made.size + 1, certificate, privateKey, fingerprint, notAfter },
  };
  made.set(`${name}/${bits}`, identity);
  return identity;
}
