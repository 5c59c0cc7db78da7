import type { Connection } from '../../connection/index.ts';
import { type Executor, type ServiceToken, service, sql, type Transaction } from '../../framework/index.ts';
import type { Resource } from '../../scim/index.ts';

/** Who signs in as which user. */
export interface SamlIdentity {
  readonly connectionId: number;
  readonly customerId: number;
  readonly identifier: string;
  /** What the last sign-in said of the person. */
  readonly said: Resource;
  /** As much of the user as stands there because of sign-ins. */
  readonly wrote: Resource;
  /** UTC, `YYYY-MM-DD HH:MM:SS`. */
  readonly firstAt: string;
  readonly lastAt: string;
}

/** Where a page ended. */
export interface IdentityKey {
  readonly customerId: number;
  /** Hexadecimal. */
  readonly digest: string;
}

export interface IdentityPage {
  readonly identities: readonly SamlIdentity[];
  /** Undefined after the last page. */
  readonly next: IdentityKey | undefined;
}

/** The links between people who sign in and users of a connection. */
export interface SamlIdentities {
  /** By customer, then identifier; 500 of them unless said. One statement along an index. */
  page(db: Executor, connection: Connection, after?: IdentityKey, limit?: number): Promise<IdentityPage>;
  /** All by which a customer signs in, the latest first, at most 20. */
  ofCustomer(db: Executor, customerId: number): Promise<readonly SamlIdentity[]>;
  /** Forgets by what a customer signs in; the next sign-in looks for the person anew. Answers how many were forgotten. */
  forget(tx: Transaction, connectionId: number, customerId: number): Promise<number>;
}
export const SamlIdentities: ServiceToken<SamlIdentities> = service<SamlIdentities>('saml.SamlIdentities');

interface IdentityRow {
  connection_id: number;
  customer_id: number;
  digest: string;
  identifier: string;
  said: string;
  wrote: string;
  first_at: string;
  last_at: string;
}

const columns = sql`i.connection_id, i.customer_id, LOWER(HEX(i.identifier_digest)) AS digest, CAST(i.identifier AS CHAR) AS identifier, i.said, i.wrote, i.first_at, i.last_at`;

const read = (row: IdentityRow): SamlIdentity => ({
  connectionId: row.connection_id,
  customerId: row.customer_id,
  identifier: row.identifier,
  said: JSON.parse(row.said) as Resource,
  wrote: JSON.parse(row.wrote) as Resource,
  firstAt: row.first_at,
  lastAt: row.last_at,
});

const usualPage = 500;
const mostOfCustomer = 20;

/** Over `vestibule_saml_identity`. */
export const createIdentities = (): SamlIdentities => ({
  async page(db, { id }, after, limit = usualPage) {
    const digest = Buffer.from(after?.digest ?? '', 'hex');
    const customer = after?.customerId ?? 0;
    const rows = await db.all<IdentityRow>(
      sql`SELECT ${columns} FROM {vestibule_saml_identity} i ${db.dialect.readBy('vestibule_saml_identity_listing')} WHERE i.connection_id = ${id} AND i.customer_id >= ${customer} AND (i.customer_id > ${customer} OR i.identifier_digest > ${digest}) ORDER BY i.customer_id, i.identifier_digest LIMIT ${limit}`,
    );
    const last = rows.at(-1);
    const next = last && rows.length === limit ? { customerId: last.customer_id, digest: last.digest } : undefined;
    return { identities: rows.map(read), next };
  },
  async ofCustomer(db, customerId) {
    const rows = await db.all<IdentityRow>(
      sql`SELECT ${columns} FROM {vestibule_saml_identity} i WHERE i.customer_id = ${customerId} ORDER BY i.last_at DESC LIMIT ${mostOfCustomer}`,
    );
    return rows.map(read);
  },
  async forget(tx, connectionId, customerId) {
    const { affectedRows } = await tx.run(
      sql`DELETE FROM {vestibule_saml_identity} WHERE customer_id = ${customerId} AND connection_id = ${connectionId}`,
    );
    return affectedRows;
  },
});
