import { Belongings } from '../../connection/index.ts';
import { contribute, sql } from '../../framework/index.ts';

/** Whoever is logged in through a connection is logged out when it is deleted. */
export const sessionsOfConnection = contribute(Belongings, {}, () => ({
  label: 'SAML sessions',
  async count(db, connectionId) {
    const row = await db.first<{ n: number }>(
      sql`SELECT COUNT(*) AS n FROM {vestibule_saml_session} WHERE connection_id = ${connectionId}`,
    );
    return Number(row?.n ?? 0);
  },
  async remove(tx, connectionId) {
    await tx.run(sql`DELETE FROM {vestibule_saml_session} WHERE connection_id = ${connectionId}`);
    await tx.run(sql`DELETE FROM {vestibule_saml_code} WHERE connection_id = ${connectionId}`);
    await tx.run(sql`DELETE FROM {vestibule_saml_test} WHERE connection_id = ${connectionId}`);
  },
}));
