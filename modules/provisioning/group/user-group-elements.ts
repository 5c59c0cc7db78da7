import { type Dialect, type Sql, sql } from '../../framework/index.ts';
import type { Elements, Scalar } from '../search/source.ts';
import { parseGroupId } from './group-id.ts';

/** The groups of the user `u`, direct and indirect, as rows: each group once, however the user came into it. */
const from = sql`FROM {vestibule_group} gg WHERE gg.group_id IN (SELECT up.ancestor_id FROM {vestibule_group_member} gm JOIN {vestibule_group} own ON own.group_id = gm.group_id AND own.generation = gm.generation JOIN {vestibule_group_closure} up ON up.descendant_id = own.group_id WHERE gm.customer_id = u.customer_id)`;

const direct = sql`EXISTS (SELECT 1 FROM {vestibule_group_member} gd WHERE gd.customer_id = u.customer_id AND gd.group_id = gg.group_id AND gd.generation = gg.generation)`;

/** `groups` of a user for filters. */
export function userGroupElements(dialect: Dialect, baseUrl: string): Elements {
  const exact = (value: Sql): Scalar => ({ is: 'scalar', kind: 'exact', value: dialect.bytes(value), nullable: false });
  return {
    is: 'elements',
    from,
    mainFirst: sql`gg.group_id`,
    sub(name) {
      switch (name) {
        case 'value':
          return { ...exact(sql`CONCAT('g', gg.group_id)`), lookUp: (value) => usersIn(String(value)) };
        case '$ref':
          return exact(sql`CONCAT(${`${baseUrl}/Groups/g`}, gg.group_id)`);
        case 'display':
          return { is: 'scalar', kind: 'text', value: sql`gg.display_key`, nullable: false };
        case 'type':
          return {
            is: 'texts',
            caseExact: false,
            texts: [
              { text: 'direct', when: direct },
              { text: 'indirect', when: sql`NOT ${direct}` },
            ],
          };
        default:
          return undefined;
      }
    },
  };
}

/** The users in a group or in groups below it. */
function usersIn(value: string) {
  const groupId = parseGroupId(value);
  if (groupId === undefined) return undefined;
  return {
    keys: sql`SELECT DISTINCT gm.customer_id AS id FROM {vestibule_group_closure} down JOIN {vestibule_group} own ON own.group_id = down.descendant_id JOIN {vestibule_group_member} gm ON gm.group_id = own.group_id AND gm.generation = own.generation WHERE down.ancestor_id = ${groupId}`,
    few: false,
  };
}
