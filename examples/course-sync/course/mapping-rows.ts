import { type Executor, empty, join, type Sql, sql } from 'vestibule/framework';
import type { Mapping, MappingFilter, MappingKind, Parting } from './mapping.ts';

interface Row {
  readonly id: number;
  readonly kind: MappingKind;
  readonly subject: string;
  readonly customerGroupId: number | null;
  readonly connectionId: number;
  readonly course: string;
  readonly keeps: number;
  readonly parting: Parting | null;
  readonly walked: number | null;
}

const columns = sql`mapping_id AS id, kind, subject, customer_group_id AS customerGroupId, connection_id AS connectionId, course, keeps, parting, walked`;

const mappingOf = ({ keeps, walked, connectionId, ...row }: Row): Mapping => ({
  ...row,
  connectionId: connectionId === 0 ? null : connectionId,
  keeps: keeps === 1,
  walking: walked !== null,
});

/** Mappings that meet a condition, in order of their ids. */
export async function readMappings(db: Executor, where: Sql = empty, limit: Sql = empty): Promise<readonly Mapping[]> {
  const rows = await db.all<Row>(
    sql`SELECT ${columns} FROM {vestibule_course_mapping} ${where} ORDER BY mapping_id ${limit}`,
  );
  return rows.map(mappingOf);
}

const escaped = (text: string): string => text.replace(/[\\%_!]/g, (sign) => `!${sign}`);

/** The condition of a filter and of a place behind which a page begins. */
export function conditionOf({ kind, text }: MappingFilter, after: number): Sql {
  const beginning = text === undefined ? '' : text.trim();
  return sql`WHERE ${join(
    [
      sql`mapping_id > ${after}`,
      ...(kind === undefined ? [] : [sql`kind = ${kind}`]),
      ...(beginning === ''
        ? []
        : [
            sql`(subject LIKE ${`${escaped(beginning)}%`} ESCAPE '!' OR course LIKE ${`${escaped(beginning)}%`} ESCAPE '!')`,
          ]),
    ],
    ' AND ',
  )}`;
}

/** One mapping, whose row is held until the commit. */
export async function holdMapping(tx: Executor, id: number): Promise<Mapping | undefined> {
  const row = await tx.first<Row>(
    sql`SELECT ${columns} FROM {vestibule_course_mapping} WHERE mapping_id = ${id} ${tx.dialect.forUpdate}`,
  );
  return row && mappingOf(row);
}
