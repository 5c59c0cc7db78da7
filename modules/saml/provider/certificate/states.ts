import { sql, sqlTimestamp, type Transaction } from '../../../framework/index.ts';
import type { CertificateState } from '../configuration.ts';
import type { TrustedCertificate } from '../provider.ts';

/** Writes a certificate in a state; one that is known gets that state, and counts as listed again. */
export async function putCertificate(
  tx: Transaction,
  connectionId: number,
  certificate: TrustedCertificate,
  state: CertificateState,
  now: Date,
): Promise<void> {
  const { pem, fingerprint, subject, notBefore, notAfter } = certificate;
  await tx.run(
    sql`INSERT INTO {vestibule_saml_certificate} (connection_id, fingerprint, state, pem, subject, not_before, not_after, added_at) VALUES (${connectionId}, ${fingerprint}, ${state}, ${pem}, ${subject}, ${sqlTimestamp(notBefore)}, ${sqlTimestamp(notAfter)}, ${sqlTimestamp(now)}) ${tx.dialect.onDuplicate(['connection_id', 'fingerprint'], ['state'])}`,
  );
}

/** Puts a known certificate into a state; false where none has this fingerprint. */
export async function setState(
  tx: Transaction,
  connectionId: number,
  fingerprint: string,
  state: CertificateState,
): Promise<boolean> {
  const { affectedRows } = await tx.run(
    sql`UPDATE {vestibule_saml_certificate} SET state = ${state} WHERE connection_id = ${connectionId} AND fingerprint = ${fingerprint}`,
  );
  return affectedRows > 0;
}

/**
 * What was trusted counts for nothing until an administrator says so again: the certificates belong to an identity
 * provider that the connection had before.
 */
export async function suspendTrust(tx: Transaction, connectionId: number): Promise<void> {
  await tx.run(
    sql`UPDATE {vestibule_saml_certificate} SET state = ${'offered'} WHERE connection_id = ${connectionId} AND state = ${'trusted'}`,
  );
}
