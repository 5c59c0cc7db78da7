import { type Dialect, empty, type Sql, sql } from '../../../framework/index.ts';
import { type Disagreement, type DisagreementKind, nowhere } from '../disagreement.ts';
import type { Walk } from './walk.ts';

/** Rows of one customer that hang on no user, or on one that was deleted. */
interface LooseRow {
  readonly id: number;
  readonly connection_id: number | null;
  /** How many; 0 where all of them are in order. */
  readonly loose: number;
}

interface Table {
  readonly kind: DisagreementKind;
  /** What the rows are, for people. */
  readonly label: string;
  /** Reads `id, connection_id, loose`, by the index that is in the order of customers. */
  readonly select: (dialect: Dialect, where: Sql) => Sql;
  readonly key: Sql;
  readonly remove: (customerId: number) => Sql;
}

const looseRow = ({ kind, label }: Table, row: LooseRow): Disagreement | undefined =>
  Number(row.loose) === 0
    ? undefined
    : {
        ...nowhere,
        kind,
        customerId: row.id,
        connectionId: row.connection_id,
        subject: null,
        values: [{ attribute: label, before: null, after: Number(row.loose) }],
        remedies: ['remove'],
      };

const walkOf = (table: Table): Walk<LooseRow> => ({
  kinds: [table.kind],
  read: (db, after, most) =>
    db.all<LooseRow>(
      sql`${table.select(db.dialect, sql`${table.key} > ${after}`)} ORDER BY ${table.key} LIMIT ${most}`,
    ),
  async hold(tx, id) {
    await tx.first(sql`SELECT customer_id FROM {vestibule_user} WHERE customer_id = ${id} ${tx.dialect.forUpdate}`);
    return tx.first<LooseRow>(table.select(tx.dialect, sql`${table.key} = ${id}`));
  },
  judge: (row) => looseRow(table, row),
  async cure(tx, found) {
    await tx.run(table.remove(found.customerId ?? 0));
  },
});

const documents: Table = {
  kind: 'document-orphaned',
  label: 'documents without a user',
  key: sql`d.customer_id`,
  select: (dialect, where) =>
    sql`SELECT d.customer_id AS id, d.connection_id, CASE WHEN u.customer_id IS NULL THEN 1 ELSE 0 END AS loose FROM {vestibule_user_document} d ${dialect.readBy('PRIMARY')} LEFT JOIN {vestibule_user} u ON u.customer_id = d.customer_id WHERE ${where}`,
  remove: (id) => sql`DELETE FROM {vestibule_user_document} WHERE customer_id = ${id}`,
};

/** A deletion takes the addresses along, so that nobody is found by them. */
const emails: Table = {
  kind: 'emails-orphaned',
  label: 'e-mail addresses without a living user',
  key: sql`e.customer_id`,
  select: (dialect, where) =>
    sql`SELECT e.customer_id AS id, MIN(e.connection_id) AS connection_id, COUNT(CASE WHEN u.customer_id IS NULL OR u.is_deleted = 1 THEN 1 END) AS loose FROM {vestibule_user_email} e ${dialect.readBy('PRIMARY')} LEFT JOIN {vestibule_user} u ON u.customer_id = e.customer_id WHERE ${where} GROUP BY e.customer_id`,
  remove: (id) => sql`DELETE FROM {vestibule_user_email} WHERE customer_id = ${id}`,
};

const assignments: Table = {
  kind: 'assignment-orphaned',
  label: 'remembered customer groups without a user',
  key: sql`a.customer_id`,
  select: (dialect, where) =>
    sql`SELECT a.customer_id AS id, NULL AS connection_id, CASE WHEN u.customer_id IS NULL THEN 1 ELSE 0 END AS loose FROM {vestibule_customer_group_assignment} a ${dialect.readBy('PRIMARY')} LEFT JOIN {vestibule_user} u ON u.customer_id = a.customer_id WHERE ${where}`,
  remove: (id) => sql`DELETE FROM {vestibule_customer_group_assignment} WHERE customer_id = ${id}`,
};

/**
 * A member row counts where its group is there, in its generation, and its user is a living one of the same connection. What
 * a job is going to remove is in order.
 */
const isLooseMember = sql`(g.group_id IS NULL OR g.generation <> m.generation OR u.customer_id IS NULL OR u.is_deleted = 1 OR u.connection_id <> g.connection_id) AND NOT EXISTS (SELECT 1 FROM {vestibule_group_job} j WHERE j.group_id = m.group_id AND j.generation = m.generation AND j.removes = 1)`;

const memberFrom = (by: Sql): Sql =>
  sql`FROM {vestibule_group_member} m ${by} LEFT JOIN {vestibule_group} g ON g.group_id = m.group_id LEFT JOIN {vestibule_user} u ON u.customer_id = m.customer_id`;

const members: Table = {
  kind: 'members-orphaned',
  label: 'memberships that count nowhere',
  key: sql`m.customer_id`,
  select: (dialect, where) =>
    sql`SELECT m.customer_id AS id, MIN(g.connection_id) AS connection_id, COUNT(CASE WHEN ${isLooseMember} THEN 1 END) AS loose ${memberFrom(dialect.readBy('vestibule_group_member_of'))} WHERE ${where} GROUP BY m.customer_id`,
  remove: (id) =>
    sql`DELETE FROM {vestibule_group_member} WHERE customer_id = ${id} AND (group_id, generation) IN (SELECT group_id, generation FROM (SELECT m.group_id, m.generation ${memberFrom(empty)} WHERE m.customer_id = ${id} AND ${isLooseMember}) AS loose)`,
};

/** Rows that belong to users and hang on none. */
export const rowWalks: readonly Walk<LooseRow>[] = [documents, emails, members, assignments].map(walkOf);
