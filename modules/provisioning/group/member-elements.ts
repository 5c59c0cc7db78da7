import { type Dialect, type Sql, sql } from '../../framework/index.ts';
import type { Elements, LookUp, Scalar } from '../search/source.ts';
import { parseUserId } from '../user/user-id.ts';
import { readMemberRef } from './member-ref.ts';

/** The SCIM id of a user as an expression over its row `mu`. */
const userId = sql`CASE WHEN mu.generation = 0 THEN CONCAT(mu.customer_id, '') ELSE CONCAT(mu.customer_id, '-', mu.generation) END`;

/**
 * The members of the group `g` as rows, users and groups: of `kind` 0 and 1, each with the tables of its own, because a
 * subselect that is joined can't refer to the group outside on every engine.
 */
const from = sql`FROM (SELECT 0 AS kind UNION ALL SELECT 1) k LEFT JOIN {vestibule_group_member} mm ON k.kind = 0 AND mm.group_id = g.group_id AND mm.generation = g.generation LEFT JOIN {vestibule_user} mu ON mu.customer_id = mm.customer_id AND mu.is_deleted = 0 LEFT JOIN {vestibule_group_nesting} mn ON k.kind = 1 AND mn.parent_id = g.group_id LEFT JOIN {vestibule_group} mg ON mg.group_id = mn.child_id WHERE (mu.customer_id IS NOT NULL OR mg.group_id IS NOT NULL)`;

/** `members` of a group for filters. */
export function memberElements(dialect: Dialect, connectionId: number, baseUrl: string): Elements {
  const either = (ofUser: Sql, ofGroup: Sql): Sql => sql`CASE WHEN k.kind = 0 THEN ${ofUser} ELSE ${ofGroup} END`;
  const exact = (value: Sql): Scalar => ({ is: 'scalar', kind: 'exact', value: dialect.bytes(value), nullable: false });
  return {
    is: 'elements',
    from,
    sub(name) {
      switch (name) {
        case 'value':
          return {
            ...exact(either(userId, sql`CONCAT('g', mg.group_id)`)),
            lookUp: (value) => groupsWith(String(value), connectionId),
          };
        case '$ref':
          return exact(
            either(sql`CONCAT(${`${baseUrl}/Users/`}, ${userId})`, sql`CONCAT(${`${baseUrl}/Groups/g`}, mg.group_id)`),
          );
        case 'display':
          return {
            is: 'scalar',
            kind: 'text',
            value: either(sql`COALESCE(NULLIF(mu.display_key, ''), mu.user_name_key)`, sql`mg.display_key`),
            nullable: false,
          };
        case 'type':
          return {
            is: 'texts',
            caseExact: false,
            texts: [
              { text: 'User', when: sql`k.kind = 0` },
              { text: 'Group', when: sql`k.kind = 1` },
            ],
          };
        default:
          return undefined;
      }
    },
  };
}

/** The groups that have a member, by its id. */
function groupsWith(value: string, connectionId: number): LookUp | undefined {
  const ref = readMemberRef(value);
  if (ref?.kind === 'group')
    return {
      keys: sql`SELECT mn.parent_id AS id FROM {vestibule_group_nesting} mn WHERE mn.child_id = ${ref.groupId}`,
      few: false,
    };
  const id = parseUserId(value);
  if (!id) return undefined;
  return {
    keys: sql`SELECT og.group_id AS id FROM {vestibule_group_member} om JOIN {vestibule_group} og ON og.group_id = om.group_id AND og.generation = om.generation WHERE om.customer_id = ${id.customerId} AND og.connection_id = ${connectionId}`,
    few: false,
  };
}
