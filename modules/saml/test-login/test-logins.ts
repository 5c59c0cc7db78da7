import { type Encryptor, sql, sqlTimestamp } from '../../framework/index.ts';
import { digestOf, isSecret, newSecret } from '../session/secret.ts';
import type { TestLogin, TestLogins, TestOutcome } from './test-login.ts';

/** An assertion is about a person: it is not kept for longer than it takes to look at it. */
const keptFor = 10 * 60_000;

interface Row {
  connection_id: number;
  created_at: string;
  result: string | null;
}

/** Where an administrator sees what came of a test. */
export const testPath = (code: string, ticket: string): string => `/admin/connections/${code}/saml/test/${ticket}`;

/** Test logins over `vestibule_saml_test`. */
export function createTestLogins(encryptor: Encryptor): TestLogins {
  const since = (now: Date): string => sqlTimestamp(new Date(now.getTime() - keptFor));
  const purge: TestLogins['purge'] = async (db, now) => {
    await db.run(sql`DELETE FROM {vestibule_saml_test} WHERE created_at <= ${since(now)}`);
  };
  return {
    async begin(db, connection, administratorId, now) {
      await purge(db, now);
      const ticket = newSecret();
      await db.run(sql`INSERT INTO {vestibule_saml_test} (digest, connection_id, administrator_id, created_at)
        VALUES (${digestOf(ticket)}, ${connection.id}, ${administratorId}, ${sqlTimestamp(now)})`);
      return `/saml/${connection.code}/login?test=${ticket}`;
    },
    async start(db, connectionId, ticket, now) {
      if (!isSecret(ticket)) return false;
      const { affectedRows } = await db.run(sql`UPDATE {vestibule_saml_test} SET started = 1
        WHERE digest = ${digestOf(ticket)} AND connection_id = ${connectionId} AND started = 0
        AND created_at > ${since(now)}`);
      return affectedRows === 1;
    },
    async finish(db, ticket, outcome, now) {
      const result = encryptor.encrypt(JSON.stringify(shown(outcome)));
      await db.run(sql`UPDATE {vestibule_saml_test} SET result = ${result}
        WHERE digest = ${digestOf(ticket)} AND started = 1 AND created_at > ${since(now)}`);
    },
    async result(db, ticket, administratorId, now) {
      const row = await db.first<Row>(sql`SELECT connection_id, created_at, result FROM {vestibule_saml_test}
        WHERE digest = ${digestOf(ticket)} AND administrator_id = ${administratorId} AND created_at > ${since(now)}`);
      if (!row) return undefined;
      const at = new Date(`${row.created_at.replace(' ', 'T')}Z`);
      const kept = row.result === null ? { state: 'waiting' } : JSON.parse(encryptor.decrypt(row.result), revive);
      return { connectionId: row.connection_id, at, ...kept } as TestLogin;
    },
    purge,
  };
}

const shown = (outcome: TestOutcome) =>
  outcome.state === 'verified'
    ? { ...outcome, assertion: { ...outcome.assertion, attributes: [...outcome.assertion.attributes] } }
    : outcome;

const moments: readonly string[] = ['sessionNotOnOrAfter', 'authnInstant', 'notOnOrAfter'];

/** JSON has no dates. */
const revive = (name: string, value: unknown): unknown =>
  moments.includes(name) && typeof value === 'string' ? new Date(value) : value;
