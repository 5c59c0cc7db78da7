/** The type families of the store's columns, under Magento's names. A boolean is a `tinyint(1)`. */
export type ColumnType =
  | 'boolean'
  | 'smallint'
  | 'int'
  | 'bigint'
  | 'decimal'
  | 'varchar'
  | 'text'
  | 'mediumtext'
  | 'date'
  | 'datetime'
  | 'timestamp';

/** One column, as Magento declares it. Absent flags are false; an absent default is no default (NULL when nullable). */
export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  /** Characters, of a varchar. */
  readonly length?: number;
  /** Digits in all and behind the point, of a decimal. */
  readonly precision?: number;
  readonly scale?: number;
  readonly unsigned?: true;
  readonly nullable?: true;
  /** The ids are the database's to give. */
  readonly identity?: true;
  readonly default?: string | number;
  readonly onUpdateNow?: true;
}

/** The default of a column that takes the moment of writing, in UTC. */
export const NOW = 'CURRENT_TIMESTAMP';

/** MySQL's zero date, which two of Magento's columns have as default. */
export const ZERO_DATE = '0000-00-00 00:00:00';

type Flag = Partial<Pick<Column, 'unsigned' | 'nullable' | 'identity' | 'default' | 'onUpdateNow'>>;

export const unsigned = { unsigned: true } as const;
export const nullable = { nullable: true } as const;
export const identity = { identity: true } as const;
export const defaultNow = { default: NOW } as const;
export const onUpdateNow = { onUpdateNow: true } as const;

/** The column's default, a number for number types and text for the others. */
export const defaultTo = (value: string | number): Flag => ({ default: value });

const column = (name: string, type: ColumnType, flags: readonly Flag[], size: Partial<Column> = {}): Column =>
  Object.freeze(Object.assign({ name, type, ...size }, ...flags));

const ofType =
  (type: ColumnType) =>
  (name: string, ...flags: Flag[]): Column =>
    column(name, type, flags);

export const boolean = ofType('boolean');
export const smallint = ofType('smallint');
export const int = ofType('int');
export const bigint = ofType('bigint');
export const text = ofType('text');
export const mediumtext = ofType('mediumtext');
export const date = ofType('date');
export const datetime = ofType('datetime');
export const timestamp = ofType('timestamp');

export const varchar = (name: string, length: number, ...flags: Flag[]): Column =>
  column(name, 'varchar', flags, { length });

export const decimal = (name: string, precision: number, scale: number, ...flags: Flag[]): Column =>
  column(name, 'decimal', flags, { precision, scale });
