import type { Connection } from '../../connection/index.ts';
import { type Executor, type ServiceToken, service } from '../../framework/index.ts';
import type { SamlConfiguration } from './configuration.ts';
import type { IdpFacts } from './idp-facts.ts';
import type { SamlProvider, SamlSettings } from './provider.ts';

/** What an administrator changes; what is not given stays as it is. */
export interface SamlChanges {
  /** The switch. */
  readonly on?: boolean;
  readonly settings?: Partial<SamlSettings>;
  /** Where there is no metadata: what the identity provider's pages show. */
  readonly idp?: Partial<IdpFacts>;
  /** Null: the metadata is not refreshed any more. */
  readonly metadataUrl?: string | null;
  /** PEM; null: metadata is believed only where a trusted certificate has signed it. */
  readonly metadataCertificate?: string | null;
}

/** Connections as SAML service providers. */
export interface SamlProviders {
  /** The connection as it is in effect, at most 5 s old; undefined where no connection has this code. */
  byCode(db: Executor, code: string): Promise<SamlProvider | undefined>;
  /** What stands in the database now, for administrators. @throws ConnectionError `CONNECTION_UNKNOWN` */
  configuration(db: Executor, code: string): Promise<SamlConfiguration>;
  /**
   * Sets what is given and nothing else, and records it under the name of who did it; running servers follow within
   * 5 s. The first change makes the connection's keys, which takes a fraction of a second.
   * @throws ConnectionError `CONNECTION_UNKNOWN`
   * @throws SamlSettingsError, which names the field
   */
  change(code: string, changes: SamlChanges, actor?: string): Promise<SamlConfiguration>;
  /** The next reading of this process comes from the database. */
  forget(connection: Pick<Connection, 'code'>): void;
}
export const SamlProviders: ServiceToken<SamlProviders> = service<SamlProviders>('saml.SamlProviders');
