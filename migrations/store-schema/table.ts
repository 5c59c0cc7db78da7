import type { Column } from './column.ts';

export type DeleteRule = 'CASCADE' | 'SET NULL';

/** A foreign key of one column. On update it restricts, as every one of Magento's does. */
export interface ForeignKey {
  readonly column: string;
  readonly table: string;
  readonly references: string;
  readonly onDelete: DeleteRule;
}

/** Column lists of the keys; their names follow from Magento's rule (`index-name.ts`). */
export interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly primaryKey: readonly string[];
  readonly unique: readonly (readonly string[])[];
  readonly indexes: readonly (readonly string[])[];
  readonly fulltext: readonly (readonly string[])[];
  readonly foreignKeys: readonly ForeignKey[];
}

/** Declares a table of the store; key kinds that are left out are empty. */
export function table(
  name: string,
  declaration: Pick<Table, 'columns' | 'primaryKey'> & Partial<Omit<Table, 'name'>>,
): Table {
  return Object.freeze({ name, unique: [], indexes: [], fulltext: [], foreignKeys: [], ...declaration });
}

/** Declares a foreign key, `reference('store_id', 'store.store_id', 'CASCADE')`. */
export function reference(column: string, target: `${string}.${string}`, onDelete: DeleteRule): ForeignKey {
  const [table = '', references = ''] = target.split('.');
  return { column, table, references, onDelete };
}
