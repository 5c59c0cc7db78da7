import { type Executor, join, raw, type Sql, sql } from '../../framework/index.ts';
import { likePrefix } from './rows.ts';

/** A keyword finds as many customers by each of e-mail, first name and last name, and no more. */
export const mostByKeyword = 300;
/** Where two words are given, as many of one name are looked through for the other. */
const mostOfName = 1_000;

const beginning = (column: string, word: string): Sql => sql`${raw(column)} LIKE ${likePrefix(word)} ESCAPE '!'`;

/** Customers of one name who have the other as well. */
const both = (column: string, word: string, other: string, otherWord: string): Sql => sql`
  SELECT n.entity_id FROM (SELECT entity_id, ${raw(other)} FROM {customer_entity}
    WHERE ${beginning(column, word)} LIMIT ${mostOfName}) n WHERE ${beginning(`n.${other}`, otherWord)}`;

const one = (column: string, word: string): Sql => sql`
  SELECT entity_id FROM (SELECT entity_id FROM {customer_entity}
    WHERE ${beginning(column, word)} ORDER BY ${raw(column)} LIMIT ${mostByKeyword}) x`;

/**
 * Ids of the customers whose e-mail, first name or last name begins with a text, or who have it as their id; of two words,
 * one begins the first name and the other the last. One statement over their indexes, whatever there is in the table.
 */
export async function byKeyword(db: Executor, text: string): Promise<readonly number[]> {
  const [word = '', ...more] = text.trim().split(/\s+/);
  const rest = more.join(' ');
  const parts =
    rest === ''
      ? [one('email', word), one('firstname', word), one('lastname', word)]
      : [
          both('lastname', rest, 'firstname', word),
          both('lastname', word.replace(/,$/, ''), 'firstname', rest),
          one('firstname', text.trim()),
          one('lastname', text.trim()),
        ];
  if (/^\d{1,10}$/.test(word) && rest === '') parts.push(sql`SELECT ${Number(word)} AS entity_id`);
  const rows = await db.all<{ entity_id: number }>(join(parts, ' UNION '));
  return rows.map(({ entity_id }) => Number(entity_id));
}
