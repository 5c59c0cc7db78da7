import type { Connection } from '../../connection/index.ts';
import { idList, join, sql, type Transaction } from '../../framework/index.ts';
import { fold } from '../../scim/index.ts';

/** What the groups that a sign-in names come to, as far as it is known before anything is held. */
export interface MembershipPlan {
  /** Groups that the person is not in yet. */
  readonly joins: readonly number[];
  /** Groups that a sign-in put the person in and that are named no longer. */
  readonly leaves: readonly number[];
  /** Names that no group of the connection has. */
  readonly unknown: readonly string[];
}

export const noMemberships: MembershipPlan = { joins: [], leaves: [], unknown: [] };

export const changesNothing = ({ joins, leaves, unknown }: MembershipPlan): boolean =>
  joins.length + leaves.length + unknown.length === 0;

/** What a group's columns hold; a longer name is no group's. */
const longestName = 255;
const longestKey = 1020;

interface NamedRow {
  group_id: number;
  display_name: string;
  member_id: number | null;
  given: number;
}

const none = -1;

/**
 * Compares the names of groups with the memberships of a customer (none: nobody yet). One statement. Memberships that SCIM
 * gave are never among those to leave.
 */
export async function planMemberships(
  tx: Transaction,
  { id }: Connection,
  customerId: number | undefined,
  names: readonly string[],
): Promise<MembershipPlan> {
  const wanted = new Map<string, string>();
  for (const name of names) {
    const key = fold(name);
    if (key === '' || name.length > longestName || Buffer.byteLength(key) > longestKey) continue;
    if (!wanted.has(key)) wanted.set(key, name);
  }
  const who = customerId ?? none;
  const named =
    wanted.size === 0 ? sql`1 = 0` : sql`g.connection_id = ${id} AND g.display_key IN (${join([...wanted.keys()])})`;
  const rows = await tx.all<NamedRow>(
    sql`SELECT g.group_id, g.display_name, m.customer_id AS member_id, 0 AS given FROM {vestibule_group} g LEFT JOIN {vestibule_group_member} m ON m.group_id = g.group_id AND m.generation = g.generation AND m.customer_id = ${who} WHERE ${named} UNION ALL SELECT g.group_id, g.display_name, s.customer_id AS member_id, 1 AS given FROM {vestibule_sign_in_membership} s JOIN {vestibule_group} g ON g.group_id = s.group_id AND g.generation = s.generation AND g.connection_id = ${id} WHERE s.customer_id = ${who}`,
  );
  const known = new Set(rows.map((row) => fold(row.display_name)));
  const ids = (which: (row: NamedRow) => boolean): number[] =>
    [...new Set(rows.filter(which).map((row) => row.group_id))].sort((a, b) => a - b);
  return {
    joins: ids((row) => row.given === 0 && row.member_id === null),
    leaves: ids((row) => row.given === 1 && !wanted.has(fold(row.display_name))),
    unknown: [...wanted].filter(([key]) => !known.has(key)).map(([, name]) => name),
  };
}

/** Holds the groups of a plan, in order of their ids, before any user is held: whoever changes members does it so. */
export async function holdGroups(tx: Transaction, { joins, leaves }: MembershipPlan): Promise<void> {
  const ids = [...joins, ...leaves].sort((a, b) => a - b);
  if (ids.length === 0) return;
  await tx.all(
    sql`SELECT group_id FROM {vestibule_group} WHERE group_id IN (${idList(ids)}) ORDER BY group_id ${tx.dialect.forUpdate}`,
  );
}

/** Remembers that a sign-in gave these memberships, whose rows are there. */
export function markGiven(
  tx: Transaction,
  customerId: number,
  groups: readonly { readonly groupId: number; readonly generation: number }[],
): void {
  for (const { groupId, generation } of groups)
    tx.later(
      sql`${tx.dialect.insertIgnoreInto} {vestibule_sign_in_membership} (group_id, generation, customer_id) VALUES (${groupId}, ${generation}, ${customerId})`,
    );
}
