import { type Sql, sql, sqlTimestampMs } from '../../../framework/index.ts';
import { fold, foldPart, parseDateTime } from '../../../scim/index.ts';

/** How an attribute is compared in SQL. */
export interface FilterColumn {
  readonly column: Sql;
  /** Turns a filter's value into what the column holds. */
  readonly toColumn: (value: string) => string;
  /** The same for a part of a value (co, sw, ew), where blanks at the ends count. */
  readonly toPart: (value: string) => string;
  /** False where every living user has a value. */
  readonly nullable: boolean;
  /** Dates are compared as timestamps and not searched as text. */
  readonly ordered: 'text' | 'time';
}

const exact = (value: string): string => value;
const timestamp = (value: string): string => sqlTimestampMs(new Date(parseDateTime(value) ?? Number.NaN));

const folded = (column: Sql, nullable: boolean): FilterColumn => ({
  column,
  toColumn: fold,
  toPart: foldPart,
  nullable,
  ordered: 'text',
});

/** Attributes that stand in a column of their own, by canonical path. */
export const filterColumns: ReadonlyMap<string, FilterColumn> = new Map([
  ['userName', folded(sql`u.user_name_key`, false)],
  ['displayName', folded(sql`u.display_key`, true)],
  ['externalId', { column: sql`u.external_id`, toColumn: exact, toPart: exact, nullable: true, ordered: 'text' }],
  ['meta.created', { column: sql`c.created_at`, toColumn: timestamp, toPart: exact, nullable: false, ordered: 'time' }],
  [
    'meta.lastModified',
    { column: sql`d.modified_at`, toColumn: timestamp, toPart: exact, nullable: false, ordered: 'time' },
  ],
]);

/** Sub-attributes of one e-mail, inside `vestibule_user_email e`. */
export const emailColumns: ReadonlyMap<string, FilterColumn> = new Map([
  ['emails.value', folded(sql`e.value_key`, false)],
  ['emails.type', folded(sql`e.type_key`, true)],
]);
