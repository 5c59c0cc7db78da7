import { type Dialect, type Executor, type Sql, sql } from '../../../framework/index.ts';
import { isProtectedAmongMany } from '../../protection/protection.ts';
import type { Room } from '../../room.ts';
import { changeStanding } from '../cure-standing.ts';
import { type Disagreement, type DisagreementKind, nowhere } from '../disagreement.ts';
import { judgeTombstone } from '../judge-standing.ts';
import { leaveUser } from '../leave.ts';
import type { Known, Walk } from './walk.ts';

interface UserRow {
  readonly id: number;
  readonly connection_id: number;
  readonly is_deleted: number;
  readonly user_name: string | null;
  readonly lock_before: string | null;
  readonly document: number | null;
  readonly customer: number | null;
  readonly email: string | null;
  readonly is_active: number | null;
  readonly lock_expires: string | null;
  readonly is_protected: number;
}

const rows = (dialect: Dialect, where: Sql): Sql =>
  sql`SELECT u.customer_id AS id, u.connection_id, u.is_deleted, CAST(u.user_name_key AS CHAR) AS user_name, CAST(u.lock_before AS CHAR) AS lock_before, d.customer_id AS document, c.entity_id AS customer, c.email, c.is_active, CAST(c.lock_expires AS CHAR) AS lock_expires, CASE WHEN c.entity_id IS NULL THEN 0 ELSE ${isProtectedAmongMany} END AS is_protected FROM {vestibule_user} u ${dialect.readBy('PRIMARY')} LEFT JOIN {vestibule_user_document} d ON d.customer_id = u.customer_id LEFT JOIN {customer_entity} c ON c.entity_id = u.customer_id WHERE ${where}`;

const place = (row: UserRow) => ({
  ...nowhere,
  connectionId: row.connection_id,
  customerId: row.id,
  subject: row.email ?? row.user_name,
});

/** A part that is missing, told as what should be there. */
const broken = (row: UserRow, kind: DisagreementKind, remedy: 'forget' | 'release', part: string, id: number) =>
  ({ ...place(row), kind, remedies: [remedy], values: [{ attribute: part, before: id, after: null }] }) as Disagreement;

/** Users, deleted ones included, whose customer, connection or document is gone; deleted ones who can log in. */
export const usersWalk = (room: Room): Walk<UserRow> => ({
  kinds: ['customer-missing', 'connection-missing', 'document-missing', 'unlocked-deleted'],
  users: true,
  read: (db: Executor, after, most) =>
    db.all<UserRow>(rows(db.dialect, sql`u.customer_id > ${after} ORDER BY u.customer_id LIMIT ${most}`)),
  async hold(tx, id) {
    // One after the other: an outer join would hold what protects the customer as well.
    await tx.first(sql`SELECT customer_id FROM {vestibule_user} WHERE customer_id = ${id} ${tx.dialect.forUpdate}`);
    await tx.first(sql`SELECT entity_id FROM {customer_entity} WHERE entity_id = ${id} ${tx.dialect.forUpdate}`);
    return tx.first<UserRow>(rows(tx.dialect, sql`u.customer_id = ${id}`));
  },
  judge(row, { connections, now }: Known) {
    if (row.customer === null) return broken(row, 'customer-missing', 'forget', 'customer', row.id);
    const connection = connections.get(row.connection_id);
    if (!connection) return broken(row, 'connection-missing', 'release', 'connection', row.connection_id);
    if (row.document === null) return broken(row, 'document-missing', 'release', 'document', row.id);
    if (row.is_deleted !== 1) return undefined;
    const state = { isActive: row.is_active, lockExpires: row.lock_expires, lockBefore: row.lock_before };
    const found = judgeTombstone({ ...place(row), state }, connection.policy, now);
    return found && Number(row.is_protected) === 1 ? { ...found, isProtected: true, remedies: ['release'] } : found;
  },
  async cure(tx, { customerId, connectionId }, remedy, { connections, now }) {
    const connection = connections.get(connectionId ?? 0);
    if (remedy !== 'lock') await leaveUser(tx, customerId ?? 0, now);
    else if (connection) await changeStanding(room, tx, customerId ?? 0, false, connection.policy, now);
  },
});
