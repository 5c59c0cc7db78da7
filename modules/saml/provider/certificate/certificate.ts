import { X509Certificate } from 'node:crypto';
import { SamlError } from '../../error.ts';
import type { TrustedCertificate } from '../provider.ts';
import { neededKey, weaknessOf } from './key-strength.ts';

const invalid = (message: string): SamlError => new SamlError('SAML_CERTIFICATE_INVALID', message);

const oneAtATime =
  'This is no certificate; paste what stands between BEGIN CERTIFICATE and END CERTIFICATE, one certificate at a time.';
const longest = 16_384;

/**
 * Reads a certificate as people paste it: PEM, or the base64 alone as it stands in metadata, with blanks anywhere.
 * Whether it has ended is not looked at.
 * @throws SamlError `SAML_CERTIFICATE_INVALID` for what is none, or has a key that is too weak or of no use
 */
export function readCertificate(text: string): TrustedCertificate {
  const base64 = text.replace(/-----(BEGIN|END) CERTIFICATE-----/g, '').replace(/\s+/g, '');
  if (text.includes('PRIVATE KEY'))
    throw invalid(
      'This is a private key, which the identity provider must not give away; paste its certificate, and make it a new key.',
    );
  if (base64 === '' || base64.length > longest || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) throw invalid(oneAtATime);
  const certificate = parsed(base64);
  checkKey(certificate);
  return {
    pem: pemOf(base64),
    fingerprint: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
    subject: certificate.subject.split('\n').join(', ').slice(0, 255),
    notBefore: new Date(certificate.validFrom),
    notAfter: new Date(certificate.validTo),
  };
}

/** PEM with lines of 64 characters, as RFC 7468 writes it: one form, whatever was pasted. */
const pemOf = (base64: string): string =>
  `-----BEGIN CERTIFICATE-----\n${(base64.match(/.{1,64}/g) ?? []).join('\n')}\n-----END CERTIFICATE-----\n`;

/** The base64 of a PEM, as metadata holds it. */
export const base64Of = (pem: string): string => pem.replace(/-----[A-Z ]+-----/g, '').replace(/\s+/g, '');

function parsed(base64: string): X509Certificate {
  const der = Buffer.from(base64, 'base64');
  const none = 'This is no X.509 certificate; download the signing certificate of the identity provider again.';
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(der);
  } catch (cause) {
    throw new SamlError('SAML_CERTIFICATE_INVALID', none, { cause });
  }
  // OpenSSL reads the first one and passes over what follows.
  if (certificate.raw.length !== der.length) throw invalid(oneAtATime);
  return certificate;
}

function checkKey({ publicKey, subject }: X509Certificate): void {
  const weakness = weaknessOf(publicKey);
  if (weakness === undefined) return;
  throw invalid(
    `The certificate of "${subject.split('\n').join(', ').slice(0, 100)}" has ${weakness}; give the identity provider a key that is ${neededKey}.`,
  );
}
