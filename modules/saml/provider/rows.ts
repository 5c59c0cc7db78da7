import { type Executor, type Sql, sql, type Transaction } from '../../framework/index.ts';
import type { CertificateState, KeyState } from './configuration.ts';
import type { IdpFacts } from './idp-facts.ts';
import { emptyFacts } from './idp-facts.ts';
import type { SamlSettings } from './provider.ts';
import { readSettings } from './settings.ts';

/** `vestibule_saml_provider`, with what stands in it as JSON read. */
export interface ProviderRecord {
  readonly on: boolean;
  readonly settings: SamlSettings;
  readonly idp: IdpFacts | undefined;
  readonly offered: IdpFacts | undefined;
  readonly metadataUrl: string | null;
  readonly metadataCertificate: string | null;
  readonly readAt: string | null;
  readonly triedAt: string | null;
  readonly problem: string | null;
}

interface ProviderRow {
  is_on: number;
  settings: string | null;
  idp: string | null;
  offered: string | null;
  metadata_url: string | null;
  metadata_certificate: string | null;
  metadata_read_at: string | null;
  metadata_tried_at: string | null;
  metadata_problem: string | null;
}

export interface CertificateRow {
  fingerprint: string;
  state: CertificateState;
  pem: string;
  subject: string;
  not_before: string;
  not_after: string;
  added_at: string;
  missing_since: string | null;
}

export interface KeyRow {
  key_id: number;
  state: KeyState;
  private_key: string;
  certificate: string;
  fingerprint: string;
  not_after: string;
  created_at: string;
}

/** A stored time, UTC to the second. */
export const dateOf = (stored: string): Date => new Date(`${stored.replace(' ', 'T')}Z`);

const factsOf = (stored: string | null): IdpFacts | undefined =>
  stored === null ? undefined : { ...emptyFacts, ...(JSON.parse(stored) as IdpFacts) };

function recordOf(row: ProviderRow | undefined): ProviderRecord {
  return {
    on: row?.is_on === 1,
    settings: readSettings(row?.settings ?? null),
    idp: factsOf(row?.idp ?? null),
    offered: factsOf(row?.offered ?? null),
    metadataUrl: row?.metadata_url ?? null,
    metadataCertificate: row?.metadata_certificate ?? null,
    readAt: row?.metadata_read_at ?? null,
    triedAt: row?.metadata_tried_at ?? null,
    problem: row?.metadata_problem ?? null,
  };
}

const columns = sql`is_on, settings, idp, offered, metadata_url, metadata_certificate, metadata_read_at, metadata_tried_at, metadata_problem`;

const find = (db: Executor, connectionId: number, lock: Sql) =>
  db.first<ProviderRow>(
    sql`SELECT ${columns} FROM {vestibule_saml_provider} WHERE connection_id = ${connectionId} ${lock}`,
  );

/** What a connection is set to; as in a new one where nobody has set anything. */
export const readProvider = async (db: Executor, connectionId: number): Promise<ProviderRecord> =>
  recordOf(await find(db, connectionId, sql``));

/** The same, held until the commit: whoever changes it meanwhile waits. The row is made where there is none. */
export async function holdProvider(tx: Transaction, connectionId: number): Promise<ProviderRecord> {
  await tx.run(
    sql`${tx.dialect.insertIgnoreInto} {vestibule_saml_provider} (connection_id, is_on) VALUES (${connectionId}, 0)`,
  );
  return recordOf(await find(tx, connectionId, tx.dialect.forUpdate));
}

const jsonOf = (facts: IdpFacts | undefined): string | null => (facts === undefined ? null : JSON.stringify(facts));

/** Writes what `holdProvider` has read and somebody has changed. */
export function writeProvider(tx: Transaction, connectionId: number, record: ProviderRecord): void {
  tx.later(
    sql`UPDATE {vestibule_saml_provider} SET is_on = ${record.on ? 1 : 0}, settings = ${JSON.stringify(record.settings)}, idp = ${jsonOf(record.idp)}, offered = ${jsonOf(record.offered)}, metadata_url = ${record.metadataUrl}, metadata_certificate = ${record.metadataCertificate}, metadata_read_at = ${record.readAt}, metadata_tried_at = ${record.triedAt}, metadata_problem = ${record.problem} WHERE connection_id = ${connectionId}`,
  );
}

/** Newest first. */
export const readCertificates = (db: Executor, connectionId: number): Promise<CertificateRow[]> =>
  db.all(
    sql`SELECT fingerprint, state, pem, subject, not_before, not_after, added_at, missing_since FROM {vestibule_saml_certificate} WHERE connection_id = ${connectionId} ORDER BY certificate_id DESC`,
  );

export const readKeys = (db: Executor, connectionId: number): Promise<KeyRow[]> =>
  db.all(
    sql`SELECT key_id, state, private_key, certificate, fingerprint, not_after, created_at FROM {vestibule_saml_key} WHERE connection_id = ${connectionId} ORDER BY state, key_id`,
  );
