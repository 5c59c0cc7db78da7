/** What a row would hold in its columns. */
export type KeyedRow = Readonly<Record<string, unknown>>;

/** Work that was tried before and would have been done by now: it has taken unique keys, and given some free. */
export interface EarlierWork {
  /** True where it has changed the key that the row of this id has in the database. */
  letsGo(table: string, columns: readonly string[], id: number): boolean;
  /** @throws Error where it has given the key to another row */
  requireFree(table: string, columns: readonly string[], row: KeyedRow): Promise<void>;
}
