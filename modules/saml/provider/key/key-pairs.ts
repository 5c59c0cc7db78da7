import { generateKeyPair, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import type Forge from 'node-forge';
import { type ServiceToken, service } from '../../../framework/index.ts';

export const keyBits = [2048, 3072] as const;
export type KeyBits = (typeof keyBits)[number];

/** A private key (PKCS #8, PEM) and its self-signed certificate (PEM). */
export interface KeyPair {
  readonly privateKey: string;
  readonly certificate: string;
}

/** Makes key pairs. A service, so that tests need not make one each time. */
export interface KeyPairs {
  /** @param name common name of the certificate, cut to 64 characters */
  make(name: string, now: Date, bits?: KeyBits): Promise<KeyPair>;
}
export const KeyPairs: ServiceToken<KeyPairs> = service<KeyPairs>('saml.KeyPairs');

const years = 5;
const generate = promisify(generateKeyPair);

/** RSA pairs by OpenSSL, off the main thread; the certificate is a wrapping that identity providers ask for. */
export const rsaKeyPairs: KeyPairs = {
  async make(name, now, bits = 2048) {
    const { privateKey, publicKey } = await generate('rsa', {
      modulusLength: bits,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    // Loaded where it is needed: once in years.
    const { default: forge } = await import('node-forge');
    return { privateKey, certificate: selfSigned(forge, name, now, { privateKey, publicKey }) };
  },
};

function selfSigned(
  forge: typeof Forge,
  name: string,
  now: Date,
  { privateKey, publicKey }: { readonly privateKey: string; readonly publicKey: string },
): string {
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(publicKey);
  // Positive and never empty, as RFC 5280 §4.1.2.2 has it.
  certificate.serialNumber = `01${randomBytes(15).toString('hex')}`;
  certificate.validity.notBefore = new Date(Math.floor(now.getTime() / 1_000) * 1_000);
  certificate.validity.notAfter = new Date(certificate.validity.notBefore);
  certificate.validity.notAfter.setUTCFullYear(now.getUTCFullYear() + years);
  const names = [{ name: 'commonName', value: name.slice(0, 64) }];
  certificate.setSubject(names);
  certificate.setIssuer(names);
  certificate.setExtensions([
    { name: 'basicConstraints', cA: false, critical: true },
    { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
  ]);
  certificate.sign(forge.pki.privateKeyFromPem(privateKey), forge.md.sha256.create());
  return forge.pki.certificateToPem(certificate).replaceAll('\r\n', '\n');
}
