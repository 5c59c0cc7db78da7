import { Belongings } from '../../connection/index.ts';
import { contribute, sql } from '../../framework/index.ts';

/** Our keys and the identity provider's certificates go with their connection; foreign keys take them along. */
export const certificatesOfConnection = contribute(Belongings, {}, () => ({
  label: 'SAML certificates and keys',
  async count(db, connectionId) {
    const row = await db.first<{ n: number }>(
      sql`SELECT (SELECT COUNT(*) FROM {vestibule_saml_certificate} WHERE connection_id = ${connectionId}) + (SELECT COUNT(*) FROM {vestibule_saml_key} WHERE connection_id = ${connectionId}) AS n`,
    );
    return Number(row?.n ?? 0);
  },
}));
