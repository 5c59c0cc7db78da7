import type { Connection } from '../../../connection/index.ts';
import { type Executor, sql, sqlTimestamp } from '../../../framework/index.ts';

/** How far a connection has come with SAML. */
export interface SamlStanding {
  readonly on: boolean;
  /** Something is known of the identity provider. */
  readonly known: boolean;
  /** A certificate of it is trusted and has not ended. */
  readonly trusted: boolean;
  /** Somebody has logged in. */
  readonly signedIn: boolean;
}

interface Row {
  is_on: number;
  is_known: number;
  is_trusted: number;
  has_signed_in: number;
}

/** One statement, which looks for one row of each. */
export async function samlStanding(db: Executor, { id }: Connection, now: Date): Promise<SamlStanding> {
  const row = await db.first<Row>(
    sql`SELECT p.is_on, p.idp IS NOT NULL AS is_known,
      EXISTS (SELECT 1 FROM {vestibule_saml_certificate} c WHERE c.connection_id = p.connection_id AND c.state = 'trusted' AND c.not_after > ${sqlTimestamp(now)}) AS is_trusted,
      EXISTS (SELECT 1 FROM {vestibule_saml_identity} i WHERE i.connection_id = p.connection_id) AS has_signed_in
      FROM {vestibule_saml_provider} p WHERE p.connection_id = ${id}`,
  );
  return {
    on: row?.is_on === 1,
    known: row?.is_known === 1,
    trusted: row?.is_trusted === 1,
    signedIn: row?.has_signed_in === 1,
  };
}
