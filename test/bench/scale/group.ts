import type { Connection } from 'mysql2/promise';
import type { Client } from '../client.ts';
import { scimGroups } from '../phase.ts';

/** Makes a group with one member; multiplying that member's rows makes the others members too. */
export async function makeGroup(client: Client, memberId: string): Promise<string | undefined> {
  const { status, body } = await client.send({
    method: 'POST',
    path: scimGroups,
    body: {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
      displayName: 'Everybody',
      members: [{ value: memberId }],
    },
  });
  if (status === 201) return (JSON.parse(body) as { id: string }).id;
  process.stderr.write(`groups are left out: POST ${scimGroups} answered ${status}: ${body.slice(0, 200)}\n`);
  return undefined;
}

/** The group's own count of its members, which the multiplied rows have not passed by. */
export async function countMembers(connection: Connection, groupId: string, members: number): Promise<void> {
  const id = Number(groupId.replace('g', ''));
  await connection.query('UPDATE vestibule_group SET member_count = ? WHERE group_id = ?', [members, id]);
}
