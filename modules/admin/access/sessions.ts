import { createHash, randomBytes } from 'node:crypto';
import { type ConfigReader, type Database, type Executor, type Sql, sql, sqlTimestamp } from '../../framework/index.ts';
import { permissionsOf } from '../role/permissions.ts';
import type { security } from '../settings.ts';
import type { Flash, ListedSession, SessionKind, SessionStage, Sessions, SignedIn } from './session.ts';

/** A bearer of the admin API is good for four hours, as Magento's token of an administrator. */
const bearerSeconds = 4 * 60 * 60;
/** How long a password, and a code where a second factor is set up, count as just given. */
export const freshSeconds = 5 * 60;
/** A use is noted this long after the last one that was: reading a page writes nothing most of the time. */
const noteEverySeconds = 30;

interface Row {
  session_id: number;
  kind: SessionKind;
  stage: SessionStage;
  created_at: string;
  used_at: string;
  expires_at: string;
  confirmed_at: string;
  flash: string | null;
  user_id: number;
  username: string;
  firstname: string | null;
  lastname: string | null;
  email: string | null;
  role_id: number | null;
  role_name: string | null;
  second_factor: number;
  /** What the role allows: `[{resource}]` as JSON, which some drivers parse. */
  allowed: string | readonly { readonly resource: string | null }[] | null;
}

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** The moment that a column holds. */
export const momentOf = (text: string): Date => new Date(`${text.replace(' ', 'T')}Z`);
const later = (from: Date, seconds: number): Date => new Date(from.getTime() + seconds * 1000);

type Settings = ConfigReader<(typeof security)['fields']>;

/** Sessions over `vestibule_admin_session`; one statement for a request. */
export function createSessions(database: Database, settings: Settings): Sessions {
  async function open(db: Executor, session: Parameters<Sessions['open']>[1], now: Date, confirmed = now) {
    const secret = `${session.kind === 'bearer' ? 'vsa_' : ''}${randomBytes(32).toString('base64url')}`;
    const seconds = session.kind === 'bearer' ? bearerSeconds : (await settings.get('session_longest')) * 3600;
    const at = sqlTimestamp(now);
    // Nobody asks for a session that is over: a login is rare enough to sweep.
    await db.run(sql`DELETE FROM {vestibule_admin_session} WHERE expires_at <= ${at}`);
    await db.run(sql`
      INSERT INTO {vestibule_admin_session}
        (hash, user_id, kind, stage, created_at, used_at, expires_at, confirmed_at, address, agent, flash)
      VALUES (${hashOf(secret)}, ${session.administratorId}, ${session.kind}, ${session.stage}, ${at}, ${at},
        ${sqlTimestamp(later(now, seconds))}, ${sqlTimestamp(confirmed)},
        ${session.address?.slice(0, 64) ?? null}, ${session.agent?.slice(0, 255) ?? null},
        ${session.flash ? JSON.stringify(session.flash) : null})`);
    return { secret, seconds };
  }

  async function over(row: Row, now: Date): Promise<boolean> {
    if (momentOf(row.expires_at) <= now) return true;
    if (row.kind === 'bearer') return false;
    return later(momentOf(row.used_at), await settings.get('session_lifetime')) <= now;
  }

  /**
   * Where the store asks for a second factor, that holds for sessions that are open already, as in Magento: it is set up at
   * once by whoever has just given the password; others log in anew, or a borrowed session could set up its own.
   */
  async function stageOf(row: Row, now: Date): Promise<SessionStage | 'over'> {
    if (row.stage !== 'full' || Number(row.second_factor) === 1) return row.stage;
    if (!(await settings.get('require_second_factor'))) return 'full';
    return later(momentOf(row.confirmed_at), freshSeconds) > now ? 'enrol' : 'over';
  }

  /** Those that are not over. */
  async function current(now: Date): Promise<Sql> {
    const idle = sqlTimestamp(later(now, -(await settings.get('session_lifetime'))));
    return sql`s.expires_at > ${sqlTimestamp(now)} AND (s.kind = ${'bearer'} OR s.used_at > ${idle}) AND s.stage = ${'full'}`;
  }

  return {
    open: (db, session, now) => open(db, session, now),
    async find(secret, now) {
      const row = await database.first<Row>(sql`
        SELECT s.session_id, s.kind, s.stage, s.created_at, s.used_at, s.expires_at, s.confirmed_at, s.flash,
          u.user_id, u.username, u.firstname, u.lastname, u.email, g.role_id, g.role_name,
          CASE WHEN a.confirmed_at IS NULL THEN 0 ELSE 1 END AS second_factor,
          (SELECT ${database.dialect.jsonArrayAggregate({ resource: sql`resource_id` })} FROM {authorization_rule}
            WHERE role_id = g.role_id AND permission = ${'allow'}) AS allowed
        FROM {vestibule_admin_session} s
        JOIN {admin_user} u ON u.user_id = s.user_id AND u.is_active = 1
        LEFT JOIN {authorization_role} r ON r.user_id = u.user_id AND r.role_type = ${'U'} AND r.user_type = ${'2'}
        LEFT JOIN {authorization_role} g ON g.role_id = r.parent_id AND g.role_type = ${'G'}
        LEFT JOIN {vestibule_admin_authenticator} a ON a.user_id = u.user_id
        WHERE s.hash = ${hashOf(secret)}`);
      if (!row) return undefined;
      const stage = (await over(row, now)) ? 'over' : await stageOf(row, now);
      if (stage === 'over') {
        await database.run(sql`DELETE FROM {vestibule_admin_session} WHERE session_id = ${row.session_id}`);
        return undefined;
      }
      if (later(momentOf(row.used_at), noteEverySeconds) <= now)
        await database.run(sql`
          UPDATE {vestibule_admin_session} SET used_at = ${sqlTimestamp(now)} WHERE session_id = ${row.session_id}`);
      return signedIn(row, stage);
    },
    async renew(tx, session, stage, now, flash) {
      const old = await tx.first<{ address: string | null; agent: string | null }>(
        sql`SELECT address, agent FROM {vestibule_admin_session} WHERE session_id = ${session.sessionId}`,
      );
      await tx.run(sql`DELETE FROM {vestibule_admin_session} WHERE session_id = ${session.sessionId}`);
      const { address, agent } = old ?? {};
      const next = { administratorId: session.id, kind: session.kind, stage, flash };
      return open(tx, { ...next, address: address ?? undefined, agent: agent ?? undefined }, now, session.confirmedAt);
    },
    async confirm(db, sessionId, now) {
      await db.run(sql`
        UPDATE {vestibule_admin_session} SET confirmed_at = ${sqlTimestamp(now)} WHERE session_id = ${sessionId}`);
    },
    async tell(db, sessionId, flash) {
      const text = flash ? JSON.stringify(flash) : null;
      await db.run(sql`UPDATE {vestibule_admin_session} SET flash = ${text} WHERE session_id = ${sessionId}`);
    },
    async close(db, sessionId) {
      await db.run(sql`DELETE FROM {vestibule_admin_session} WHERE session_id = ${sessionId}`);
    },
    async closeAll(db, administratorId, except = 0) {
      const { affectedRows } = await db.run(sql`
        DELETE FROM {vestibule_admin_session} WHERE user_id = ${administratorId} AND session_id <> ${except}`);
      return affectedRows;
    },
    counted: async (now) =>
      sql`SELECT COUNT(*) FROM {vestibule_admin_session} s JOIN {admin_user} u ON u.user_id = s.user_id WHERE ${await current(now)}`,
    async list(db, now, administratorId) {
      return db.all<ListedSession>(sql`
        SELECT s.session_id AS id, s.user_id AS administratorId, u.username AS user, s.kind, s.created_at AS createdAt,
          s.used_at AS usedAt, s.expires_at AS expiresAt, s.address, s.agent
        FROM {vestibule_admin_session} s JOIN {admin_user} u ON u.user_id = s.user_id
        WHERE ${await current(now)} AND (${administratorId ?? 0} = 0 OR s.user_id = ${administratorId ?? 0})
        ORDER BY s.used_at DESC, s.session_id DESC LIMIT 200`);
    },
  };
}

/** What a role allows; nothing for an administrator without one. */
export async function allowedTo(db: Executor, roleId: number | null): Promise<readonly string[]> {
  if (roleId === null) return [];
  const rows = await db.all<{ resource_id: string | null }>(sql`
    SELECT resource_id FROM {authorization_rule} WHERE role_id = ${roleId} AND permission = ${'allow'}`);
  return rows.flatMap(({ resource_id }) => resource_id ?? []);
}

function resourcesOf({ allowed }: Row): readonly string[] {
  const rules = typeof allowed === 'string' ? (JSON.parse(allowed) as Exclude<Row['allowed'], string>) : allowed;
  return (rules ?? []).flatMap(({ resource }) => resource ?? []);
}

function signedIn(row: Row, stage: SessionStage): SignedIn {
  return {
    sessionId: row.session_id,
    kind: row.kind,
    stage,
    id: row.user_id,
    user: row.username,
    name: [row.firstname, row.lastname].filter(Boolean).join(' '),
    email: row.email ?? '',
    roleId: row.role_id ?? 0,
    role: row.role_name ?? '',
    permissions: permissionsOf(resourcesOf(row)),
    secondFactor: Number(row.second_factor) === 1,
    createdAt: momentOf(row.created_at),
    confirmedAt: momentOf(row.confirmed_at),
    flash: row.flash === null ? undefined : (JSON.parse(row.flash) as Flash),
  };
}
