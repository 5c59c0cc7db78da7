import type { Sql } from 'sql-template-tag';
import type { TableDialect } from './table-facts.ts';
import type { TriggerDialect } from './trigger.ts';

/** What the engines do differently, each as a named capability. Code asks for these and never for the engine's name. */
export interface Dialect {
  readonly name: 'sqlite' | 'mysql';
  /** CREATE and ALTER are undone by a rollback; otherwise they commit what came before. */
  readonly transactionalDdl: boolean;
  /** Appended to a SELECT that must hold its rows until the commit; empty where one writer holds the whole file. */
  readonly forUpdate: Sql;
  /** The same, but answers no row that another transaction holds, where `forUpdate` would wait for it. */
  readonly forUpdateUnlessHeld: Sql;
  readonly triggers: TriggerDialect;
  /** How tables of other systems are looked at; undefined for an engine on which no other system keeps any. */
  readonly tables: TableDialect | undefined;
  /** Answers what the engine says of itself and of this session: rows of `Variable_name` and `Value`, both texts. */
  readonly facts: Sql;
  /** `INSERT IGNORE INTO` or `INSERT OR IGNORE INTO`. */
  readonly insertIgnoreInto: Sql;
  /** The tail of an INSERT that overwrites `columns` when the unique `key` is taken. Names are trusted, never input. */
  onDuplicate(key: readonly string[], columns: readonly string[]): Sql;
  /**
   * Stands behind a table's name (and alias) in a FROM: read by this index, `PRIMARY` for the primary key. For walks by keyset, where MariaDB otherwise
   * takes the equal columns alone and reads the index from its beginning. Empty where the planner needs no such word.
   */
  readBy(index: string): Sql;
  /**
   * Deletes the rows with these values of the primary key `key`, looking each up by it whatever the planner thinks: a
   * list makes it scan the table where it names most of it, and wait for rows that other transactions hold. Names are trusted.
   */
  deleteByKey(table: string, key: string, ids: readonly number[]): Sql;
  /** Stands behind SELECT: tables are joined as they are written. Empty where the planner follows the order of an index anyway. */
  readonly joinsAsWritten: Sql;
  /**
   * A whole SELECT of one value, `k`: the text as it is looked at where it is compared with this column of the store's. Two
   * texts are equal there exactly where their `k` are. Names are trusted.
   */
  asCompared(table: string, column: string, text: string): Sql;
  /** Aggregates rows to one JSON object text, `{key: value}`; NULL or `{}` when there is no row. */
  jsonObjectAggregate(key: Sql, value: Sql): Sql;
  /** Aggregates rows to one JSON array text of objects with these fields. */
  jsonArrayAggregate(fields: Readonly<Record<string, Sql>>): Sql;
  /** Text as its UTF-8 bytes: compares and sorts by code point, whatever the collation. */
  bytes(text: Sql): Sql;
  /** The first characters of what `bytes` made; a character is never cut in two. */
  beginning(bytes: Sql, characters: number): Sql;
  /** The string at a path of a JSON text; NULL where there is nothing or null. Numbers and booleans come as text. */
  jsonText(document: Sql, path: JsonPath): Sql;
  /** The number at a path; NULL where there is none. */
  jsonNumber(document: Sql, path: JsonPath): Sql;
  /** 1 or 0 for the boolean at a path; NULL where there is none. */
  jsonFlag(document: Sql, path: JsonPath): Sql;
  /** 1 where the path exists, be it null, else 0. */
  jsonHas(document: Sql, path: JsonPath): Sql;
  /** The elements of the array at a path as rows, for a FROM. `fields` are the members of an element that will be asked for. */
  jsonElements(document: Sql, path: JsonPath, fields: readonly string[]): JsonElements;
}

/** Names of members from the outside in. Of trusted names only: they become part of the statement's text. */
export type JsonPath = readonly string[];

/** Rows that the elements of a JSON array make. */
export interface JsonElements {
  readonly from: Sql;
  /** Counts up in the order of the array. */
  readonly position: Sql;
  /** The element itself, where it is a string. */
  readonly value: Sql;
  text(field: string): Sql;
  number(field: string): Sql;
  flag(field: string): Sql;
}

const name = /^[A-Za-z0-9_$:./-]+$/;

/** `$."name"."givenName"`. @throws Error for a name that could end the quotes */
export function jsonPath(path: JsonPath): string {
  for (const step of path)
    if (!name.test(step)) throw new Error(`${JSON.stringify(step)} can't be part of a JSON path in a statement.`);
  return `$${path.map((step) => `."${step}"`).join('')}`;
}
