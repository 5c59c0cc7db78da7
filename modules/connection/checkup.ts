import { Checkups, Clock, contribute, Database, type Finding, Gauges, sql, sqlTimestamp } from '../framework/index.ts';
import { type Connection, Connections } from './connection.ts';
import { warningOf } from './expiry/warning.ts';
import { familyOf } from './scopes.ts';
import { type BearerToken, Tokens } from './token.ts';

/** Sooner than this, an end is a fault that somebody has to see to. */
const soon = 14;

export const connectionOperations = [
  contribute(
    Checkups,
    { database: Database, connections: Connections, tokens: Tokens, clock: Clock },
    ({ database, connections, tokens, clock }) => ({
      name: 'connection.tokens',
      async look() {
        const now = clock.now();
        const all = await tokens.list(database);
        const found = await connections.list(database);
        // Paused ones, and those that provision by SAML alone, need none.
        return found
          .filter(({ active, policy }) => active && policy.scim)
          .flatMap((connection) =>
            tokenFindings(
              connection,
              all.filter(({ connectionId }) => connectionId === connection.id),
              now,
            ),
          );
      },
    }),
  ),
  contribute(Gauges, { database: Database }, ({ database }) => ({
    name: 'vestibule_connections',
    help: 'Connections by state',
    label: 'state',
    async read() {
      const rows = await database.all<{ is_active: number; number: number }>(
        sql`SELECT is_active, COUNT(*) AS number FROM {vestibule_connection} GROUP BY is_active`,
      );
      const count = (active: number): number => rows.find((row) => row.is_active === active)?.number ?? 0;
      return { active: count(1), paused: count(0) };
    },
  })),
];

/** What is wrong with the SCIM tokens of a connection that takes part in provisioning. */
export function tokenFindings(
  { code }: Pick<Connection, 'code'>,
  tokens: readonly BearerToken[],
  now: Date,
): readonly Finding[] {
  const moment = sqlTimestamp(now);
  const scim = tokens.filter(({ scopes }) => familyOf(scopes) === 'scim');
  const working = scim.filter(
    ({ revokedAt, expiresAt }) => revokedAt === null && (expiresAt === null || expiresAt > moment),
  );
  if (working.length === 0) {
    const ended = scim.some(({ revokedAt, expiresAt }) => revokedAt === null && expiresAt !== null);
    return [
      {
        severity: 'error',
        title: ended ? 'Token expired' : 'Connection without token',
        found: `No SCIM token of the connection ${code} works, so its identity provider gets 401.`,
        cure: `token:create --connection ${code}, then give the token to the identity provider; or connection:pause.`,
      },
    ];
  }
  return working.flatMap((token): Finding[] => {
    const warning = warningOf(token, code, now);
    if (!warning || warning.days > soon) return [];
    const found = `The token ${token.publicId} of the connection ${code} works until ${token.expiresAt} UTC.`;
    const cure = token.replacedBy === null ? `token:rotate --connection ${code} --start` : 'Complete its rotation.';
    return [{ severity: 'warning', title: 'Token about to expire', found, cure }];
  });
}
