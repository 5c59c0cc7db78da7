import { hash } from 'node:crypto';
import { sql, sqlTimestamp, type Transaction } from '../../framework/index.ts';
import type { SignInMemory } from '../../provisioning/index.ts';
import { type Resource, sameJson } from '../../scim/index.ts';

interface IdentityRow {
  customer_id: number;
  said: string;
  wrote: string;
}

/** NameIDs are told apart byte by byte: two that differ in case alone may be two people. */
export const digestOf = (identifier: string): Buffer => hash('sha256', identifier, 'buffer');

/** What is remembered of one identifier of a connection: a statement to look it up, one to write. */
export function memoryOf(connectionId: number, identifier: string): SignInMemory {
  const digest = digestOf(identifier);
  let known: IdentityRow | undefined;
  return {
    // Held, so that of two sign-ins at once the second knows what the first one wrote.
    async recall(tx) {
      known = await tx.first<IdentityRow>(
        sql`SELECT customer_id, said, wrote FROM {vestibule_saml_identity} WHERE connection_id = ${connectionId} AND identifier_digest = ${digest} ${tx.dialect.forUpdate}`,
      );
      return known && { customerId: known.customer_id, wrote: JSON.parse(known.wrote) as Resource };
    },
    async others(tx, customerId) {
      const rows = await tx.all<{ identifier: string; wrote: string }>(
        sql`SELECT CAST(identifier AS CHAR) AS identifier, wrote FROM {vestibule_saml_identity} WHERE customer_id = ${customerId} AND connection_id = ${connectionId} AND identifier_digest <> ${digest} ORDER BY last_at DESC LIMIT 20`,
      );
      return rows.map((row) => ({ identifier: row.identifier, wrote: JSON.parse(row.wrote) as Resource }));
    },
    remember(tx, { customerId, said, wrote, at }) {
      const isSame =
        known?.customer_id === customerId &&
        sameJson(JSON.parse(known.said), said) &&
        sameJson(JSON.parse(known.wrote), wrote);
      const last = sqlTimestamp(at);
      if (isSame)
        tx.later(
          sql`UPDATE {vestibule_saml_identity} SET last_at = ${last} WHERE connection_id = ${connectionId} AND identifier_digest = ${digest}`,
        );
      else write(tx, { customerId, said: JSON.stringify(said), wrote: JSON.stringify(wrote) }, last);
    },
  };

  function write(
    tx: Transaction,
    { customerId, said, wrote }: { customerId: number; said: string; wrote: string },
    last: string,
  ): void {
    tx.later(
      sql`INSERT INTO {vestibule_saml_identity} (connection_id, identifier_digest, identifier, customer_id, said, wrote, first_at, last_at) VALUES (${connectionId}, ${digest}, ${identifier}, ${customerId}, ${said}, ${wrote}, ${last}, ${last}) ${tx.dialect.onDuplicate(['connection_id', 'identifier_digest'], ['customer_id', 'said', 'wrote', 'last_at'])}`,
    );
  }
}
