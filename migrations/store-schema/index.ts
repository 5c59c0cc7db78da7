export type { Column, ColumnType } from './column.ts';
export { storeTables } from './store-tables.ts';
export type { ForeignKey, Table } from './table.ts';
