import { type Executor, sql, sqlTimestamp } from '../../framework/index.ts';
import { dateOf } from '../provider/rows.ts';

/** How many days before its end a certificate is warned of: two organisations have to act before. */
export const warningDays = [60, 30, 14, 7, 1] as const;
const day = 86_400_000;

/** A certificate that logins depend on and that ends soon. */
export interface EndingCertificate {
  /** Whether it is of a key of ours, or one that an identity provider signs with. */
  readonly whose: 'ours' | 'theirs';
  readonly id: number;
  readonly connectionId: number;
  readonly fingerprint: string;
  readonly subject: string;
  readonly notAfter: Date;
  /** Which warning is due: the nearest of `warningDays`. */
  readonly days: number;
}

interface Row {
  id: number;
  connection_id: number;
  fingerprint: string;
  subject: string;
  not_after: string;
  warned_days: number | null;
}

/**
 * The warnings that are due: of active keys of ours, and of trusted certificates of theirs unless another trusted and
 * listed one goes on. Ended ones are reported once more as a warning of the last day. Connections that have SAML
 * switched off are left out, and so is what was told before, unless `told`.
 */
export async function endingCertificates(
  db: Executor,
  now: Date,
  { told = false }: { readonly told?: boolean } = {},
): Promise<readonly EndingCertificate[]> {
  const horizon = sqlTimestamp(new Date(now.getTime() + Math.max(...warningDays) * day));
  const ours = await db.all<Row>(
    sql`SELECT k.key_id AS id, k.connection_id, k.fingerprint, '' AS subject, k.not_after, k.warned_days FROM {vestibule_saml_key} k JOIN {vestibule_saml_provider} p ON p.connection_id = k.connection_id WHERE p.is_on = 1 AND k.state = ${'active'} AND k.not_after <= ${horizon} ORDER BY k.key_id`,
  );
  const theirs = await db.all<Row>(
    sql`SELECT c.certificate_id AS id, c.connection_id, c.fingerprint, c.subject, c.not_after, c.warned_days FROM {vestibule_saml_certificate} c JOIN {vestibule_saml_provider} p ON p.connection_id = c.connection_id WHERE p.is_on = 1 AND c.state = ${'trusted'} AND c.not_after <= ${horizon} AND NOT EXISTS (SELECT 1 FROM {vestibule_saml_certificate} o WHERE o.connection_id = c.connection_id AND o.state = ${'trusted'} AND o.missing_since IS NULL AND o.not_after > ${horizon}) ORDER BY c.certificate_id`,
  );
  const due = (whose: EndingCertificate['whose']) => (row: Row) => {
    const notAfter = dateOf(row.not_after);
    const left = notAfter.getTime() - now.getTime();
    const days = warningDays.findLast((threshold) => left <= threshold * day) ?? warningDays[0];
    if (!told && row.warned_days !== null && row.warned_days <= days) return [];
    const { id, connection_id: connectionId, fingerprint, subject } = row;
    return [{ whose, id, connectionId, fingerprint, subject, notAfter, days }];
  };
  return [...ours.flatMap(due('ours')), ...theirs.flatMap(due('theirs'))];
}
