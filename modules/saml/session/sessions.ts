import {
  EncryptionError,
  type Encryptor,
  type Executor,
  idList,
  join,
  type Sql,
  sql,
  sqlTimestamp,
  type Transaction,
} from '../../framework/index.ts';
import { digestOf, newSecret } from './secret.ts';
import type { EndingSession, ListedSession, NewSession, SamlSession, SamlSessions, SessionSubject } from './session.ts';

/** How long a session lasts where the identity provider sets no earlier end. */
const longest = 8 * 3_600_000;

interface Row {
  session_id: number;
  connection_id: number;
  customer_id: number;
  created_at: string;
  ends_at: string;
  subject: string;
}

const momentOf = (text: string): Date => new Date(`${text.replace(' ', 'T')}Z`);
const columns: Sql = sql`session_id, connection_id, customer_id, created_at, ends_at`;

const readSession = (row: Omit<Row, 'subject'>): SamlSession => ({
  id: row.session_id,
  connectionId: row.connection_id,
  customerId: row.customer_id,
  startedAt: momentOf(row.created_at),
  endsAt: momentOf(row.ends_at),
});

/** Keyed, because names can be guessed. Connections may call different people by the same one. */
const subjectDigest = (encryptor: Encryptor, connectionId: number, nameId: string): string =>
  encryptor.hmac(`saml ${connectionId} ${nameId}`).toString('hex');

/** Sessions over `vestibule_saml_session`. */
export function createSessions(encryptor: Encryptor): SamlSessions {
  const ending = (row: Row): EndingSession => ({ ...readSession(row), subject: subjectOf(encryptor, row.subject) });

  /** Of two who end the same session one gets it: whoever deletes the row. */
  async function take(tx: Transaction, where: Sql): Promise<readonly EndingSession[]> {
    const rows = await tx.all<Row>(
      sql`SELECT ${columns}, subject FROM {vestibule_saml_session} WHERE ${where} ${tx.dialect.forUpdate}`,
    );
    if (rows.length > 0)
      await tx.run(
        sql`DELETE FROM {vestibule_saml_session} WHERE session_id IN (${idList(rows.map(({ session_id }) => session_id))})`,
      );
    return rows.map(ending);
  }

  return {
    open: (tx, session, now) => insert(tx, encryptor, session, now),
    async find(db, connectionId, secret, now) {
      const row = await db.first<Row>(sql`SELECT ${columns} FROM {vestibule_saml_session}
        WHERE digest = ${digestOf(secret)} AND connection_id = ${connectionId} AND ends_at > ${sqlTimestamp(now)}`);
      return row && readSession(row);
    },
    async end(tx, connectionId, secret, now) {
      const where = sql`digest = ${digestOf(secret)} AND connection_id = ${connectionId} AND ends_at > ${sqlTimestamp(now)}`;
      return (await take(tx, where))[0];
    },
    async endOfSubject(tx, connectionId, { nameId, sessionIndexes }) {
      const named =
        sessionIndexes.length === 0
          ? sql`1 = 1`
          : sql`(index_digest IS NULL OR index_digest IN (${join(sessionIndexes.map(digestOf))}))`;
      const digest = subjectDigest(encryptor, connectionId, nameId);
      const ended = await take(tx, sql`connection_id = ${connectionId} AND subject_digest = ${digest} AND ${named}`);
      for (const { customerId } of ended) endCodes(tx, customerId);
      return ended;
    },
    async endOfCustomer(tx, customerId) {
      endCodes(tx, customerId);
      return take(tx, sql`customer_id = ${customerId}`);
    },
    list,
    async purge(db, now) {
      const at = sqlTimestamp(now);
      await db.run(sql`DELETE FROM {vestibule_saml_session} WHERE ends_at <= ${at}`);
      await db.run(sql`DELETE FROM {vestibule_saml_code} WHERE ends_at <= ${at}`);
    },
  };
}

/** A code that waits would let somebody in after the end. */
const endCodes = (tx: Transaction, customerId: number): void =>
  tx.later(sql`DELETE FROM {vestibule_saml_code} WHERE customer_id = ${customerId}`);

function subjectOf(encryptor: Encryptor, stored: string): SessionSubject | undefined {
  try {
    return JSON.parse(encryptor.decrypt(stored)) as SessionSubject;
  } catch (error) {
    if (error instanceof EncryptionError) return undefined;
    throw error;
  }
}

function insert(tx: Transaction, encryptor: Encryptor, session: NewSession, now: Date) {
  const { connectionId, customerId, subject, notOnOrAfter, address, agent, before } = session;
  const secret = newSecret();
  const endsAt = new Date(Math.min(notOnOrAfter?.getTime() ?? Number.POSITIVE_INFINITY, now.getTime() + longest));
  const { nameId, sessionIndex } = subject;
  if (before !== undefined) tx.later(sql`DELETE FROM {vestibule_saml_session} WHERE digest = ${digestOf(before)}`);
  tx.later(sql`INSERT INTO {vestibule_saml_session}
    (digest, connection_id, customer_id, subject_digest, index_digest, subject, created_at, ends_at, address, agent)
    VALUES (${digestOf(secret)}, ${connectionId}, ${customerId}, ${subjectDigest(encryptor, connectionId, nameId.value)},
      ${sessionIndex === undefined ? null : digestOf(sessionIndex)}, ${encryptor.encrypt(JSON.stringify(subject))},
      ${sqlTimestamp(now)}, ${sqlTimestamp(endsAt)}, ${address?.slice(0, 64) ?? null}, ${agent?.slice(0, 255) ?? null})`);
  return { secret, endsAt };
}

async function list(db: Executor, asked: Parameters<SamlSessions['list']>[1]): Promise<readonly ListedSession[]> {
  const { connectionId, customerId, now, limit = 100 } = asked;
  const rows = await db.all<Row & { address: string | null; agent: string | null }>(
    sql`SELECT ${columns}, address, agent FROM {vestibule_saml_session} WHERE ends_at > ${sqlTimestamp(now)}
      ${connectionId === undefined ? sql`` : sql`AND connection_id = ${connectionId}`}
      ${customerId === undefined ? sql`` : sql`AND customer_id = ${customerId}`}
      ORDER BY session_id DESC LIMIT ${Math.min(limit, 200)}`,
  );
  return rows.map((row) => ({ ...readSession(row), address: row.address, agent: row.agent }));
}
