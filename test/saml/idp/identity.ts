import { createHash, createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import forge from 'node-forge';
import type { SamlKey, TrustedCertificate } from '../../../modules/saml/provider/provider.ts';
import { certifyEc, type EcCurve } from './ec-certificate.ts';

/** A key pair with its certificate, of an identity provider or of ours. */
export interface Identity {
  readonly kind: 'rsa' | 'ec';
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

function rsaPair(name: string, modulusLength: number): Pick<Identity, 'privateKey' | 'certificate'> {
  const pair = generateKeyPairSync('rsa', { modulusLength });
  // forge reads PKCS #1 only.
  const privateKey = pair.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
  const pkcs8 = createPrivateKey(privateKey).export({ type: 'pkcs8', format: 'pem' }).toString();
  return { privateKey: pkcs8, certificate: certify(name, privateKey) };
}

function ecPair(name: string, namedCurve: EcCurve): Pick<Identity, 'privateKey' | 'certificate'> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve });
  const certificate = certifyEc(name, privateKey, publicKey);
  return { privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), certificate };
}

const made = new Map<string, Identity>();

/** The identity of a name, made once per process: with an RSA key of so many bits, or one on a curve. */
export function identity(name: string, kind: number | EcCurve = 2048): Identity {
  const known = made.get(`${name}/${kind}`);
  if (known) return known;
  const { privateKey, certificate } = typeof kind === 'number' ? rsaPair(name, kind) : ecPair(name, kind);
  const x509 = new X509Certificate(certificate);
  const fingerprint = createHash('sha256').update(x509.raw).digest('hex');
  const notAfter = new Date(x509.validTo);
  const identity: Identity = {
    kind: typeof kind === 'number' ? 'rsa' : 'ec',
    privateKey,
    certificate,
    trusted: { pem: certificate, fingerprint, subject: x509.subject, notBefore: new Date(x509.validFrom), notAfter },
    key: { id: made.size + 1, certificate, privateKey, fingerprint, notAfter },
  };
  made.set(`${name}/${kind}`, identity);
  return identity;
}
