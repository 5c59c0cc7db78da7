import type { Activities, ModifiedAttribute } from 'vestibule/activity';
import { DuplicateKeyError, idList, join, type Outcome, sql, type Transaction } from 'vestibule/framework';
import { checkedCourse, checkedMapping, keyOf } from './checked-mapping.ts';
import { CourseError } from './course-error.ts';
import type { Mapping, Mappings } from './mapping.ts';
import { conditionOf, holdMapping, readMappings } from './mapping-rows.ts';

/** Mappings over their table; every change is recorded in the transaction that makes it. */
export function createMappings({ activities }: { readonly activities: Activities }): Mappings {
  async function held(tx: Transaction, id: number): Promise<Mapping> {
    const mapping = await holdMapping(tx, id);
    if (mapping && mapping.parting === null) return mapping;
    throw new CourseError('MAPPING_UNKNOWN', `There is no mapping ${id}; course:list shows those there are.`);
  }
  return {
    async byIds(db, ids) {
      const found = ids.length === 0 ? [] : await readMappings(db, sql`WHERE mapping_id IN (${idList(ids)})`);
      return new Map(found.map((mapping) => [mapping.id, mapping]));
    },
    ofGroups: (db) => readMappings(db, sql`WHERE kind IN ('customer-group', 'scim-group') AND parting IS NULL`),
    page: (db, filter, after, limit) => readMappings(db, conditionOf(filter, after), sql`LIMIT ${limit}`),
    find: async (db, id) => (await readMappings(db, sql`WHERE mapping_id = ${id}`))[0],
    async ofProducts(db, skus) {
      if (skus.length === 0) return [];
      const keys = join([...new Set(skus.map(keyOf))]);
      return readMappings(db, sql`WHERE kind = ${'product'} AND subject_key IN (${keys}) AND parting IS NULL`);
    },
    async add(tx, given, now, by) {
      const { kind, subject, customerGroupId, connectionId, course, keeps } = checkedMapping(given);
      // A group has members already: a walk finds them. Of products the orders to come count.
      const walked = kind === 'product' ? null : 0;
      const key = kind === 'customer-group' ? String(customerGroupId) : keyOf(subject);
      const { insertId } = await unique(
        { subject, course },
        tx.run(
          sql`INSERT INTO {vestibule_course_mapping} (kind, subject, subject_key, customer_group_id, connection_id, course, keeps, walked, created_ms) VALUES (${kind}, ${subject}, ${key}, ${customerGroupId}, ${connectionId ?? 0}, ${course}, ${keeps ? 1 : 0}, ${walked}, ${now.getTime()})`,
        ),
      );
      const mapping = await held(tx, insertId);
      record(activities, tx, { operation: 'course.map', mapping, before: undefined, after: mapping, now, by });
      return mapping;
    },
    async change(tx, id, change, now, by) {
      const before = await held(tx, id);
      const course = change.course === undefined ? before.course : checkedCourse(change.course);
      const keeps = change.keeps ?? before.keeps;
      if (course === before.course && keeps === before.keeps) return before;
      const walks = course === before.course ? sql`` : sql`, walked = 0`;
      await unique(
        { subject: before.subject, course },
        tx.run(
          sql`UPDATE {vestibule_course_mapping} SET course = ${course}, keeps = ${keeps ? 1 : 0}${walks} WHERE mapping_id = ${id}`,
        ),
      );
      const mapping = { ...before, course, keeps };
      record(activities, tx, { operation: 'course.change', mapping, before, after: mapping, now, by });
      return mapping;
    },
    async remove(tx, id, parting, now, by) {
      const before = await held(tx, id);
      await tx.run(
        sql`UPDATE {vestibule_course_mapping} SET parting = ${parting}, walked = 0 WHERE mapping_id = ${id}`,
      );
      record(activities, tx, { operation: 'course.unmap', mapping: before, before, after: undefined, now, by });
    },
    async walkAgain(tx, kinds) {
      if (kinds.length === 0) return;
      await tx.run(
        sql`UPDATE {vestibule_course_mapping} SET walked = 0 WHERE kind IN (${join([...kinds])}) AND (walked IS NULL OR walked > 0)`,
      );
    },
  };
}

async function unique(
  { subject, course }: { readonly subject: string; readonly course: string },
  writing: Promise<Outcome>,
): Promise<Outcome> {
  try {
    return await writing;
  } catch (error) {
    if (!(error instanceof DuplicateKeyError)) throw error;
    throw new CourseError(
      'MAPPING_EXISTS',
      `"${subject}" stands for the course "${course}" already, or still does until its removal is through.`,
      'course',
    );
  }
}

interface Recorded {
  readonly operation: 'course.map' | 'course.change' | 'course.unmap';
  readonly mapping: Mapping;
  readonly before: Mapping | undefined;
  readonly after: Mapping | undefined;
  readonly now: Date;
  readonly by: string;
}

const told = ['kind', 'subject', 'course', 'keeps'] as const;

function record(activities: Activities, tx: Transaction, act: Recorded): void {
  const { operation, mapping, before, after, now, by } = act;
  const modified: readonly ModifiedAttribute[] = told
    .map((attribute) => ({ attribute, before: before?.[attribute] ?? null, after: after?.[attribute] ?? null }))
    .filter((one) => one.before !== one.after);
  activities.record(tx, {
    at: now,
    operation,
    outcome: 'done',
    status: 200,
    subject: `${mapping.subject} → ${mapping.course}`,
    actor: by,
    changed: modified.map(({ attribute }) => attribute),
    modified,
  });
}
