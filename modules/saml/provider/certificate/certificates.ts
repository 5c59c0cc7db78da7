import type { Activities } from '../../../activity/index.ts';
import type { Connection, Connections } from '../../../connection/index.ts';
import {
  type Clock,
  type Database,
  type ServiceToken,
  service,
  sqlTimestamp,
  type Transaction,
} from '../../../framework/index.ts';
import { SamlError } from '../../error.ts';
import type { KnownCertificate, SamlConfiguration } from '../configuration.ts';
import type { SamlProviders } from '../providers.ts';
import { holdProvider } from '../rows.ts';
import { readCertificate } from './certificate.ts';
import { putCertificate, setState } from './states.ts';

/** Which certificates of the identity provider count. All changes are recorded under the name of who made them. */
export interface SamlCertificates {
  /**
   * Signatures of this certificate count from now on: one that was seen, by its fingerprint (or the beginning of it, at
   * least 8 characters), or a new one as a text.
   * @throws SamlError `SAML_CERTIFICATE_INVALID`, `SAML_CERTIFICATE_UNKNOWN`
   */
  trust(code: string, certificate: string, actor?: string): Promise<SamlConfiguration>;
  /** They count no more, and refreshed metadata does not offer it again. @throws SamlError `SAML_CERTIFICATE_UNKNOWN` */
  distrust(code: string, fingerprint: string, actor?: string): Promise<SamlConfiguration>;
}
export const SamlCertificates: ServiceToken<SamlCertificates> = service<SamlCertificates>('saml.SamlCertificates');

export interface CertificatesNeeds {
  readonly database: Database;
  readonly connections: Connections;
  readonly providers: SamlProviders;
  readonly activities: Activities;
  readonly clock: Clock;
}

/** A fingerprint as people copy it: with colons, in capitals, or only its beginning. */
const readFingerprint = (text: string): string | undefined => {
  const hex = text.replace(/[:\s]/g, '').toLowerCase();
  return /^[0-9a-f]{8,64}$/.test(hex) ? hex : undefined;
};

function found({ certificates, connection }: SamlConfiguration, text: string): KnownCertificate {
  const beginning = readFingerprint(text);
  const matching = certificates.filter(
    ({ fingerprint }) => beginning !== undefined && fingerprint.startsWith(beginning),
  );
  const [one, ...others] = matching;
  if (one && others.length === 0) return one;
  throw new SamlError(
    'SAML_CERTIFICATE_UNKNOWN',
    `${one ? 'Several certificates' : 'No certificate'} of "${connection.code}" ${one ? 'begin' : 'begins'} with the fingerprint "${text.slice(0, 100)}"; saml:show ${connection.code} lists them.`,
  );
}

/** Certificates over `vestibule_saml_certificate`. */
export function createCertificates(needs: CertificatesNeeds): SamlCertificates {
  const { database, connections, providers, clock } = needs;

  async function put(
    code: string,
    actor: string,
    operation: string,
    fingerprint: string,
    write: (tx: Transaction, connection: Connection) => Promise<unknown>,
  ): Promise<SamlConfiguration> {
    const connection = await connections.byCode(database, code);
    await database.transaction(async (tx) => {
      await holdProvider(tx, connection.id);
      await write(tx, connection);
      needs.activities.record(tx, {
        at: clock.now(),
        operation,
        outcome: 'done',
        status: 200,
        connectionId: connection.id,
        subject: code,
        actor,
        changed: ['certificates'],
        notes: [`SHA-256 ${fingerprint}`],
      });
      tx.afterCommit(() => providers.forget(connection));
    });
    return providers.configuration(database, code);
  }

  return {
    async trust(code, text, actor = 'administration') {
      const known = await providers.configuration(database, code);
      const given = readFingerprint(text) === undefined ? readCertificate(text) : found(known, text);
      if (given.notAfter <= clock.now())
        throw new SamlError(
          'SAML_CERTIFICATE_INVALID',
          `The certificate of "${given.subject}" ended at ${sqlTimestamp(given.notAfter)} UTC; ask the identity provider for the one it signs with now.`,
        );
      return put(code, actor, 'saml.certificate.trust', given.fingerprint, (tx, { id }) =>
        putCertificate(tx, id, given, 'trusted', clock.now()),
      );
    },
    async distrust(code, text, actor = 'administration') {
      const { fingerprint } = found(await providers.configuration(database, code), text);
      return put(code, actor, 'saml.certificate.distrust', fingerprint, (tx, { id }) =>
        setState(tx, id, fingerprint, 'distrusted'),
      );
    },
  };
}
