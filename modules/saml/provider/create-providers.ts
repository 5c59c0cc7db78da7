import type { Activities } from '../../activity/index.ts';
import type { UserMapping } from '../../attribute-mapping/index.ts';
import { type Connection, ConnectionError, type Connections } from '../../connection/index.ts';
import type { Clock, Database, Encryptor, Environment, Executor } from '../../framework/index.ts';
import { checkClaims } from '../claims/row.ts';
import { readCertificate } from './certificate/certificate.ts';
import { suspendTrust } from './certificate/states.ts';
import { checkFacts, emptyFacts } from './idp-facts.ts';
import type { KeyPairs } from './key/key-pairs.ts';
import { firstPair, insertKey } from './key/key-rows.ts';
import { modifiedOf } from './modified.ts';
import type { ClaimRow, SamlProvider } from './provider.ts';
import type { SamlChanges, SamlProviders } from './providers.ts';
import { readConfiguration, readSamlProvider } from './read-provider.ts';
import { holdProvider, type ProviderRecord, writeProvider } from './rows.ts';
import { checkSettings } from './settings-check.ts';
import { SamlSettingsError } from './settings-error.ts';
import { checkUrl } from './url-check.ts';

export interface ProvidersNeeds {
  readonly database: Database;
  readonly connections: Connections;
  readonly activities: Activities;
  readonly encryptor: Encryptor;
  readonly environment: Environment;
  readonly clock: Clock;
  readonly keyPairs: KeyPairs;
  /** Knows which places of a user there are. */
  readonly mapping: UserMapping;
}

/** Changes reach every process within this time. */
const cacheFor = 5_000;

/** Connections as service providers over `vestibule_saml_*`. */
export function createProviders(needs: ProvidersNeeds): SamlProviders {
  const { database, connections, activities, encryptor, environment, clock } = needs;
  const { baseUrl } = environment;
  // Only connections that exist are remembered, so strangers can't fill it.
  const cache = new Map<string, { readonly provider: SamlProvider; readonly at: number }>();

  const configuration = async (db: Executor, code: string) =>
    readConfiguration(db, await connections.byCode(db, code), baseUrl);

  return {
    configuration,
    async byCode(db, code) {
      const now = clock.now().getTime();
      const cached = cache.get(code);
      if (cached && Math.abs(now - cached.at) < cacheFor) return cached.provider;
      const connection = await connectionOf(connections, db, code);
      if (!connection) {
        cache.delete(code);
        return undefined;
      }
      const provider = await readSamlProvider(db, connection, baseUrl, encryptor);
      cache.set(code, { provider, at: now });
      return provider;
    },
    async change(code, changes, actor = 'administration') {
      const connection = await connections.byCode(database, code);
      if (changes.settings?.claims) await refuseClaims(needs, connection, changes.settings.claims);
      const pair = await firstPair(needs, connection);
      await database.transaction(async (tx) => {
        const before = await holdProvider(tx, connection.id);
        const after = changed(before, changes);
        checkSettings(after.settings, connection, baseUrl);
        if (after.idp && changes.idp) checkFacts(after.idp, baseUrl);
        if (changes.metadataUrl) checkUrl('metadataUrl', changes.metadataUrl, 'http:');
        writeProvider(tx, connection.id, after);
        if (before.idp && after.idp && before.idp.entityId !== after.idp.entityId)
          await suspendTrust(tx, connection.id);
        if (pair) insertKey(tx, connection.id, { pair, state: 'active' }, encryptor, clock.now());
        const modified = modifiedOf(before, after);
        if (modified.length > 0)
          activities.record(tx, {
            at: clock.now(),
            operation: 'saml.change',
            outcome: 'done',
            status: 200,
            connectionId: connection.id,
            subject: code,
            actor,
            changed: modified.map(({ attribute }) => attribute),
            modified,
          });
        tx.afterCommit(() => void cache.delete(code));
      });
      return configuration(database, code);
    },
    forget: ({ code }) => void cache.delete(code),
  };
}

/** Rows whose path is no place in a user would do nothing. */
async function refuseClaims(
  { database, mapping }: ProvidersNeeds,
  connection: Connection,
  claims: readonly ClaimRow[],
) {
  if (!Array.isArray(claims) || claims.some((row) => typeof row.path !== 'string' || row.path === '')) return;
  await mapping.ready(database, connection);
  const [issue] = checkClaims(claims, mapping.of(connection).resourceType());
  if (issue) throw new SamlSettingsError('claims', `Row ${issue.row + 1} of the claims: ${issue.message}`);
}

async function connectionOf(connections: Connections, db: Executor, code: string): Promise<Connection | undefined> {
  try {
    return await connections.byCode(db, code);
  } catch (error) {
    if (error instanceof ConnectionError && error.code === 'CONNECTION_UNKNOWN') return undefined;
    throw error;
  }
}

/** What is stored after the changes; the identity provider's facts become whole. */
function changed(before: ProviderRecord, changes: SamlChanges): ProviderRecord {
  const { settings, idp, metadataCertificate: pinned, metadataUrl } = changes;
  return {
    ...before,
    on: changes.on ?? before.on,
    settings: { ...before.settings, ...settings },
    idp: idp ? { ...emptyFacts, ...(before.idp ?? { entityId: missingEntityId(idp.entityId) }), ...idp } : before.idp,
    ...(metadataUrl === undefined ? {} : { metadataUrl, problem: null }),
    ...(pinned === undefined ? {} : { metadataCertificate: pinned === null ? null : readCertificate(pinned).pem }),
  };
}

function missingEntityId(given: string | undefined): string {
  if (given !== undefined) return given;
  throw new SamlSettingsError(
    'entityId',
    'Nothing is known of the identity provider yet: give its entity ID too, or import its metadata.',
  );
}
