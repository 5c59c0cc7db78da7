import { Connections } from '../connection/index.ts';
import { Checkups, Clock, contribute, Database, type Finding, sqlTimestamp } from '../framework/index.ts';
import { type EndingCertificate, endingCertificates } from './expiry/ending.ts';
import { warningOf } from './expiry/words.ts';

export const samlOperations = [
  contribute(
    Checkups,
    { database: Database, connections: Connections, clock: Clock },
    ({ database, connections, clock }) => ({
      name: 'saml.certificates',
      async look() {
        const findings: Finding[] = [];
        const now = clock.now();
        for (const ending of await endingCertificates(database, now, { told: true })) {
          const connection = await connections.byId(database, ending.connectionId);
          if (!connection) continue;
          const { cure } = warningOf(ending, connection, now);
          const over = ending.notAfter.getTime() <= now.getTime();
          const title = over ? 'SAML certificate has ended' : 'SAML certificate is about to end';
          findings.push({ severity: over ? 'error' : 'warning', title, found: foundOf(ending, connection.code), cure });
        }
        return findings;
      },
    }),
  ),
];

/** Without the subject: a certificate may name a person. */
function foundOf({ whose, fingerprint, notAfter }: EndingCertificate, code: string): string {
  const name = `certificate ${fingerprint.slice(0, 16)}`;
  const until = `until ${sqlTimestamp(notAfter)} UTC`;
  return whose === 'ours'
    ? `Our ${name} for the connection ${code} is valid ${until}; identity providers that look at its end refuse us then.`
    : `The ${name} that the identity provider of ${code} signs with is valid ${until}, and no other is trusted.`;
}
