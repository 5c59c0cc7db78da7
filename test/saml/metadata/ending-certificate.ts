import { createHash } from 'node:crypto';
import forge from 'node-forge';
import { identity } from '../idp/identity.ts';

/** A certificate of its own name and time, over a key that exists already: making one costs more than signing. */
export function certificateUntil(name: string, notAfter: Date, notBefore = new Date('2020-01-01T00:00:00Z')): string {
  const key = forge.pki.privateKeyFromPem(identity('idp').key.privateKey);
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.setRsaPublicKey(key.n, key.e);
  certificate.serialNumber = `01${createHash('sha256').update(name).digest('hex').slice(0, 16)}`;
  certificate.validity.notBefore = notBefore;
  certificate.validity.notAfter = notAfter;
  const subject = [{ name: 'commonName', value: name }];
  certificate.setSubject(subject);
  certificate.setIssuer(subject);
  certificate.sign(key, forge.md.sha256.create());
  return forge.pki.certificateToPem(certificate);
}
