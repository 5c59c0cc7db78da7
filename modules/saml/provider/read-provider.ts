import type { Connection } from '../../connection/index.ts';
import type { Encryptor, Executor } from '../../framework/index.ts';
import { ownAddresses } from './addresses.ts';
import type { KnownCertificate, SamlConfiguration, ShownKey } from './configuration.ts';
import type { SamlKey, SamlProvider } from './provider.ts';
import { type CertificateRow, dateOf, type KeyRow, readCertificates, readKeys, readProvider } from './rows.ts';

const certificateOf = (row: CertificateRow): KnownCertificate => ({
  pem: row.pem,
  fingerprint: row.fingerprint,
  subject: row.subject,
  notBefore: dateOf(row.not_before),
  notAfter: dateOf(row.not_after),
  state: row.state,
  addedAt: row.added_at,
  missingSince: row.missing_since,
});

const shownKeyOf = (row: KeyRow): ShownKey => ({
  id: row.key_id,
  state: row.state,
  certificate: row.certificate,
  fingerprint: row.fingerprint,
  notAfter: dateOf(row.not_after),
  createdAt: row.created_at,
});

/** All that stands in the database, but for private keys. */
export async function readConfiguration(
  db: Executor,
  connection: Connection,
  baseUrl: string,
): Promise<SamlConfiguration> {
  const { on, settings, idp, offered, ...record } = await readProvider(db, connection.id);
  return {
    connection,
    ...ownAddresses(baseUrl, connection.code),
    on,
    settings,
    idp,
    offered,
    source: {
      url: record.metadataUrl,
      certificate: record.metadataCertificate,
      readAt: record.readAt,
      triedAt: record.triedAt,
      problem: record.problem,
    },
    certificates: (await readCertificates(db, connection.id)).map(certificateOf),
    keys: (await readKeys(db, connection.id)).map(shownKeyOf),
  };
}

/** The connection as it takes part in flows: trusted certificates only, and keys that can be used. */
export async function readSamlProvider(
  db: Executor,
  connection: Connection,
  baseUrl: string,
  encryptor: Encryptor,
): Promise<SamlProvider> {
  const { on, settings, idp } = await readProvider(db, connection.id);
  const certificates = (await readCertificates(db, connection.id)).filter(({ state }) => state === 'trusted');
  const keys = (await readKeys(db, connection.id)).map((row) => ({ state: row.state, key: keyOf(row, encryptor) }));
  const inState = (wanted: KeyRow['state']) => keys.find(({ state }) => state === wanted)?.key;
  return Object.freeze({
    connection,
    ...ownAddresses(baseUrl, connection.code),
    enabled: on && connection.active,
    idp: idp && {
      entityId: idp.entityId,
      ssoUrls: idp.ssoUrls,
      sloUrls: idp.sloUrls,
      sloResponseUrls: idp.sloResponseUrls,
      certificates: certificates.map(certificateOf),
    },
    keys: { signing: inState('active'), next: inState('next'), decryption: keys.map(({ key }) => key) },
    settings,
  });
}

const keyOf = (row: KeyRow, encryptor: Encryptor): SamlKey => ({
  id: row.key_id,
  certificate: row.certificate,
  privateKey: encryptor.decrypt(row.private_key),
  fingerprint: row.fingerprint,
  notAfter: dateOf(row.not_after),
});
