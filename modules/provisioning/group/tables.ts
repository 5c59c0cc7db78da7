import { raw, type Sql } from '../../framework/index.ts';

/** FROM of the direct members of groups that are users: `g` is the group, `m` the member row, `u` the living user. */
export const userMembersFrom: Sql = raw(
  'FROM {vestibule_group} g JOIN {vestibule_group_member} m ON m.group_id = g.group_id AND m.generation = g.generation JOIN {vestibule_user} u ON u.customer_id = m.customer_id AND u.is_deleted = 0',
);

/** FROM of the direct members of groups that are groups: `g` is the group, `child` the group in it. */
export const groupMembersFrom: Sql = raw(
  'FROM {vestibule_group} g JOIN {vestibule_group_nesting} n ON n.parent_id = g.group_id JOIN {vestibule_group} child ON child.group_id = n.child_id',
);
