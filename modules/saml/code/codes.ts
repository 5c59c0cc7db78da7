import { type Sql, sql, sqlTimestamp } from '../../framework/index.ts';
import { digestOf, isSecret, newSecret } from '../session/secret.ts';
import type { SamlCodes } from './code.ts';

/** How long a browser may take from here to the storefront, and the storefront back. */
const lifetime = 60_000;

/** Codes over `vestibule_saml_code`. */
export function createCodes(): SamlCodes {
  return {
    issue(tx, { connectionId, customerId, redirect }, now) {
      const code = newSecret();
      const endsAt = sqlTimestamp(new Date(now.getTime() + lifetime));
      tx.later(sql`INSERT INTO {vestibule_saml_code} (digest, connection_id, customer_id, redirect_digest, ends_at)
        VALUES (${digestOf(code)}, ${connectionId}, ${customerId}, ${digestOf(redirect)}, ${endsAt})`);
      return code;
    },
    async redeem(db, { connectionId, code, redirect }, now) {
      if (!isSecret(code)) return undefined;
      const where: Sql = sql`digest = ${digestOf(code)} AND connection_id = ${connectionId}
        AND redirect_digest = ${digestOf(redirect)} AND ends_at > ${sqlTimestamp(now)}`;
      const row = await db.first<{ customer_id: number }>(
        sql`SELECT customer_id FROM {vestibule_saml_code} WHERE ${where}`,
      );
      if (!row) return undefined;
      const { affectedRows } = await db.run(sql`DELETE FROM {vestibule_saml_code} WHERE ${where}`);
      return affectedRows === 1 ? { customerId: row.customer_id } : undefined;
    },
  };
}
