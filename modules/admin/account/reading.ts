import { type Executor, empty, raw, type Sql, sql } from '../../framework/index.ts';
import type { AdministratorAccount, AdministratorQuery, AdministratorSort, Administrators } from '../administrator.ts';

interface Row {
  readonly id: number;
  readonly user: string;
  readonly email: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly active: number;
  readonly createdAt: string;
  readonly lastLogin: string | null;
  readonly lockedUntil: string | null;
  readonly roleId: number | null;
  readonly role: string | null;
  readonly secondFactor: number;
}

const select = sql`
  SELECT u.user_id AS id, u.username AS user, u.email, u.firstname AS firstName, u.lastname AS lastName,
    u.is_active AS active, u.created AS createdAt, u.logdate AS lastLogin, u.lock_expires AS lockedUntil,
    g.role_id AS roleId, g.role_name AS role,
    EXISTS (SELECT 1 FROM {vestibule_admin_authenticator} a
      WHERE a.user_id = u.user_id AND a.confirmed_at IS NOT NULL) AS secondFactor
  FROM {admin_user} u
  LEFT JOIN {authorization_role} r ON r.user_id = u.user_id AND r.role_type = ${'U'} AND r.user_type = ${'2'}
  LEFT JOIN {authorization_role} g ON g.role_id = r.parent_id AND g.role_type = ${'G'}`;

const accountOf = (row: Row): AdministratorAccount => ({
  ...row,
  email: row.email ?? '',
  firstName: row.firstName ?? '',
  lastName: row.lastName ?? '',
  active: Number(row.active) === 1,
  roleId: row.roleId ?? 0,
  role: row.role ?? '',
  secondFactor: Number(row.secondFactor) === 1,
});

const columns: Readonly<Record<AdministratorSort, string>> = {
  user: 'u.username',
  email: 'u.email',
  id: 'u.user_id',
};

/** Lists and finds accounts. */
export const accountReading: Pick<Administrators, 'list' | 'find' | 'byName'> = {
  async list(db: Executor, query: AdministratorQuery) {
    const { text, role, active, limit } = query;
    const conditions = [
      text ? sql`(u.username LIKE ${like(text)} ESCAPE '!' OR u.email LIKE ${like(text)} ESCAPE '!')` : undefined,
      role === undefined ? undefined : sql`g.role_id = ${role}`,
      active === undefined ? undefined : sql`u.is_active = ${active ? 1 : 0}`,
      behind(query),
    ].filter((condition) => condition !== undefined);
    const where = conditions.reduce(
      (all, next, at) => (at === 0 ? sql`WHERE ${next}` : sql`${all} AND ${next}`),
      empty,
    );
    const column = raw(columns[query.sort]);
    const direction = raw((query.order === 'asc') === (query.before === undefined) ? 'ASC' : 'DESC');
    const rows = await db.all<Row>(
      sql`${select} ${where} ORDER BY ${column} ${direction}, u.user_id ${direction} LIMIT ${limit}`,
    );
    return rows.map(accountOf);
  },
  async find(db, id) {
    const row = await db.first<Row>(sql`${select} WHERE u.user_id = ${id}`);
    return row && accountOf(row);
  },
  async byName(db, user) {
    const row = await db.first<Row>(sql`${select} WHERE u.username = ${user}`);
    return row && accountOf(row);
  },
};

const like = (text: string): string => `%${text.replace(/[!%_]/g, '!$&')}%`;

/** The rows behind (or before) a key, in the order that is asked for. */
function behind({ sort, order, after, before }: AdministratorQuery): Sql | undefined {
  const [value = '', id = ''] = before ?? after ?? [];
  if ((before ?? after) === undefined) return undefined;
  const column = raw(columns[sort]);
  const last = Number(id) || 0;
  const bound = sort === 'id' ? last : value;
  return (order === 'asc') === (before === undefined)
    ? sql`(${column} > ${bound} OR (${column} = ${bound} AND u.user_id > ${last}))`
    : sql`(${column} < ${bound} OR (${column} = ${bound} AND u.user_id < ${last}))`;
}
