import { join, type Sql, sql } from '../../../modules/framework/index.ts';
import type { ScimHost } from '../host.ts';

const together = 500;
const fromUserName = (i: number): string => `seed${i}@example.com`;

/**
 * Users `from` … `from + count - 1` of connection 1, written to the tables at once; answers their ids. The store's row of
 * number 7 is `seed7@example.com`, and so are its names here.
 */
export async function seedUsers({ database }: ScimHost, count: number, from = 0): Promise<number[]> {
  const at = '2024-01-02 03:04:05';
  const ids: number[] = [];
  for (let begin = from; begin < from + count; begin += together) {
    const numbers = Array.from({ length: Math.min(together, from + count - begin) }, (_, i) => begin + i);
    await database.transaction(async (tx) => {
      const insert = (into: Sql, tuples: Sql[]) => tx.run(sql`INSERT INTO ${into} VALUES ${join(tuples)}`);
      await insert(
        sql`{customer_entity} (website_id, email, group_id, store_id, created_at, updated_at, is_active, firstname, lastname)`,
        numbers.map((i) => sql`(1, ${fromUserName(i)}, 1, 1, ${at}, ${at}, 1, 'Seed', ${`N${i}`})`),
      );
      const made = await tx.all<{ id: number; email: string }>(
        sql`SELECT entity_id AS id, email FROM {customer_entity} WHERE website_id = 1 AND email IN (${join(numbers.map(fromUserName))})`,
      );
      const byEmail = new Map(made.map(({ id, email }) => [email, id]));
      const users = numbers.map((i) => ({ i, id: byEmail.get(fromUserName(i)) ?? 0, name: fromUserName(i) }));
      await insert(
        sql`{vestibule_user} (customer_id, connection_id, user_name_key, external_id, display_key)`,
        users.map(({ i, id, name }) => sql`(${id}, 1, ${name}, ${`seed-${i}`}, ${`seed ${i % 100}`})`),
      );
      await insert(
        sql`{vestibule_user_email} (customer_id, position, connection_id, value_key, type_key, is_primary)`,
        users.map(({ id, name }) => sql`(${id}, 0, 1, ${name}, 'work', 1)`),
      );
      await insert(
        sql`{vestibule_user_document} (customer_id, connection_id, modified_at, document, shadow)`,
        users.map(({ i, id, name }) => {
          const document = {
            userName: name,
            externalId: `seed-${i}`,
            displayName: `Seed ${i % 100}`,
            name: { givenName: 'Seed', familyName: `N${i}` },
            emails: [{ value: name, type: 'work', primary: true }],
            title: i % 10 === 0 ? 'Manager' : 'Clerk',
          };
          const shadow = { firstname: 'Seed', lastname: `N${i}`, email: name, is_active: 1 };
          return sql`(${id}, 1, ${`${at}.000`}, ${JSON.stringify(document)}, ${JSON.stringify(shadow)})`;
        }),
      );
      ids.push(...users.map(({ id }) => id));
    });
  }
  return ids;
}
