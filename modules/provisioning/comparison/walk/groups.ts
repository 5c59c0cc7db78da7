import { type Sql, sql, type Transaction } from '../../../framework/index.ts';
import { holdNesting, isolate } from '../../group/nesting.ts';
import { nowhere } from '../disagreement.ts';
import type { Walk } from './walk.ts';

interface GroupRow {
  readonly id: number;
  readonly connection_id: number;
  readonly display_name: string;
}

const groups = (where: Sql): Sql =>
  sql`SELECT g.group_id AS id, g.connection_id, g.display_name FROM {vestibule_group} g WHERE ${where}`;

/** Takes a group out of everything; customers stay in the customer groups they are in. */
async function removeGroup(tx: Transaction, groupId: number, connectionId: number | undefined): Promise<void> {
  if (connectionId !== undefined) await holdNesting(tx, connectionId);
  await isolate(tx, groupId);
  tx.later(sql`DELETE FROM {vestibule_group_closure} WHERE ancestor_id = ${groupId}`);
  tx.later(sql`DELETE FROM {vestibule_sign_in_membership} WHERE group_id = ${groupId}`);
  tx.later(sql`DELETE FROM {vestibule_group_member} WHERE group_id = ${groupId}`);
  tx.later(sql`DELETE FROM {vestibule_group_job} WHERE group_id = ${groupId}`);
  await tx.run(sql`DELETE FROM {vestibule_group} WHERE group_id = ${groupId}`);
}

/** Groups of a connection that is gone. */
export const groupsWalk: Walk<GroupRow> = {
  kinds: ['group-orphaned'],
  read: (db, after, most) => db.all<GroupRow>(groups(sql`g.group_id > ${after} ORDER BY g.group_id LIMIT ${most}`)),
  hold: (tx, id) => tx.first<GroupRow>(sql`${groups(sql`g.group_id = ${id}`)} ${tx.dialect.forUpdate}`),
  judge: (row, { connections }) =>
    connections.has(row.connection_id)
      ? undefined
      : {
          ...nowhere,
          kind: 'group-orphaned',
          groupId: row.id,
          connectionId: row.connection_id,
          subject: row.display_name,
          values: [{ attribute: 'connection', before: row.connection_id, after: null }],
          remedies: ['remove'],
        },
  async cure(tx, { groupId, connectionId }) {
    await removeGroup(tx, groupId ?? 0, connectionId ?? undefined);
    tx.later(sql`DELETE FROM {vestibule_group_guard} WHERE connection_id = ${connectionId}`);
  },
};

interface LinkRow {
  readonly id: number;
  readonly group_id: number | null;
}

const links = (where: Sql): Sql =>
  sql`SELECT l.ancestor_id AS id, MIN(g.group_id) AS group_id FROM {vestibule_group_closure} l LEFT JOIN {vestibule_group} g ON g.group_id = l.ancestor_id WHERE ${where} GROUP BY l.ancestor_id`;

/** What stands for a group that is gone: every group stands above itself, so its place is left. */
export const linksWalk: Walk<LinkRow> = {
  kinds: ['group-links-orphaned'],
  read: (db, after, most) =>
    db.all<LinkRow>(sql`${links(sql`l.ancestor_id > ${after}`)} ORDER BY l.ancestor_id LIMIT ${most}`),
  hold: (tx, id) => tx.first<LinkRow>(links(sql`l.ancestor_id = ${id}`)),
  judge: (row) =>
    row.group_id !== null
      ? undefined
      : {
          ...nowhere,
          kind: 'group-links-orphaned',
          groupId: row.id,
          subject: null,
          values: [{ attribute: 'group', before: row.id, after: null }],
          remedies: ['remove'],
        },
  async cure(tx, { groupId }) {
    // Whoever puts groups into groups at this moment has to wait, in whichever connection that is.
    const near = await tx.first<{ connection_id: number }>(
      sql`SELECT g.connection_id FROM {vestibule_group_closure} l JOIN {vestibule_group} g ON g.group_id = l.ancestor_id OR g.group_id = l.descendant_id WHERE l.ancestor_id = ${groupId} OR l.descendant_id = ${groupId} LIMIT 1`,
    );
    await removeGroup(tx, groupId ?? 0, near?.connection_id);
  },
};
