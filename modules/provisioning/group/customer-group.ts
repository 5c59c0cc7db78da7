import { createHash } from 'node:crypto';
import type { Connection } from '../../connection/index.ts';
import type { CustomerGroup } from '../../customer/index.ts';
import { sql, type Transaction } from '../../framework/index.ts';
import { fold } from '../../scim/index.ts';
import type { Room } from '../room.ts';

const longestCode = 32;

/** The name as the code of a customer group: as it is where it fits, else cut, with a digest that tells two cuts apart. */
export function codeOf(displayName: string): string {
  const name = displayName.replace(/\p{Cc}/gu, ' ').trim();
  return [...name].length <= longestCode ? name : withDigest(name);
}

function withDigest(name: string): string {
  const digest = createHash('sha256').update(fold(name)).digest('hex').slice(0, 6);
  const start = [...name].slice(0, longestCode - digest.length - 1).join('');
  return `${start.trim()}~${digest}`;
}

/** Groups that are not for customers: "NOT LOGGED IN" and "ALL GROUPS". */
const isUsable = (group: CustomerGroup): boolean => group.id !== 0 && group.id !== 32_000;

/**
 * The customer group that a group stands for, as the policy of its connection says: the one of its name, else a new one.
 * Two requests for one name meet at a row of ours, because Magento's table has no unique key on the code.
 */
export async function customerGroupFor(
  { customerGroups }: Pick<Room, 'customerGroups'>,
  tx: Transaction,
  connection: Connection,
  displayName: string,
): Promise<number | null> {
  if (connection.groups === 'none') return null;
  let code = codeOf(displayName);
  const named = await customerGroups.byCode(tx, code);
  if (named && fold(named.code) === fold(code)) return isUsable(named) ? named.id : null;
  if (connection.groups === 'match') return null;
  // The store's collation takes another name for this one (José for Jose), and would not have both.
  if (named) code = withDigest(code);
  const key = fold(code);
  await tx.run(
    sql`${tx.dialect.insertIgnoreInto} {vestibule_customer_group} (code_key, customer_group_id) VALUES (${key}, ${null})`,
  );
  const held = await tx.first<{ customer_group_id: number | null }>(
    sql`SELECT customer_group_id FROM {vestibule_customer_group} WHERE code_key = ${key} ${tx.dialect.forUpdate}`,
  );
  const known = held?.customer_group_id ? await customerGroups.byId(tx, held.customer_group_id) : undefined;
  // Whoever held the row before us has made it, and it may have been given another code since.
  const existing = known ?? (await customerGroups.byCode(tx, code));
  if (existing && isUsable(existing)) return existing.id;
  const id = await customerGroups.create(tx, code);
  tx.later(sql`UPDATE {vestibule_customer_group} SET customer_group_id = ${id} WHERE code_key = ${key}`);
  return id;
}
