import type { Query } from '../../../framework/index.ts';

/** A value that a statement computes in the database. */
export const computed: unique symbol = Symbol('computed');
type Written = unknown | typeof computed;

/** Part of a statement with the values of its placeholders. */
export type Part = Query;

/** A write that was asked for and not made, as far as its text tells. */
export interface PlannedWrite {
  readonly verb: 'insert' | 'update' | 'delete' | 'other';
  /** Without the prefix; empty where the text is of another kind. */
  readonly table: string;
  /** What the row, or each of the rows, gets; values that only the database computes are `computed`. */
  readonly rows: readonly Readonly<Record<string, Written>>[];
  /** Which rows an UPDATE or DELETE is of. */
  readonly where?: Part;
}

const insertHead = /^\s*INSERT\s+(?:OR\s+IGNORE\s+|IGNORE\s+)?INTO\s+\{(\w+)\}\s*\(([^)]*)\)\s*VALUES\s*/i;
const insertSelect = /^\s*INSERT\s+(?:OR\s+IGNORE\s+|IGNORE\s+)?INTO\s+\{(\w+)\}/i;
const updateHead = /^\s*UPDATE\s+\{(\w+)\}\s+SET\s+/i;
const deleteHead = /^\s*DELETE\s+FROM\s+\{(\w+)\}\s+WHERE\s+/i;

/** Reads a statement of this house: the few shapes that its rooms write. */
export function planned({ sql, values }: Query): PlannedWrite {
  const insert = insertHead.exec(sql);
  if (insert)
    return {
      verb: 'insert',
      table: insert[1] ?? '',
      rows: insertedRows(sql.slice(insert[0].length), namesOf(insert[2] ?? ''), values),
    };
  const copied = insertSelect.exec(sql);
  if (copied) return { verb: 'insert', table: copied[1] ?? '', rows: [] };
  const update = updateHead.exec(sql);
  if (update) return updated(update[1] ?? '', sql.slice(update[0].length), values);
  const removal = deleteHead.exec(sql);
  if (removal)
    return { verb: 'delete', table: removal[1] ?? '', rows: [], where: { sql: sql.slice(removal[0].length), values } };
  return { verb: 'other', table: '', rows: [] };
}

const nameOf = (text: string): string => text.trim().replaceAll('`', '');
const namesOf = (list: string): string[] => list.split(',').map(nameOf);

function insertedRows(
  tuples: string,
  columns: readonly string[],
  values: readonly unknown[],
): Record<string, Written>[] {
  const rows: Record<string, Written>[] = [];
  let next = 0;
  let rest = tuples;
  while (rest.startsWith('(')) {
    const end = closing(rest);
    const cells = split(rest.slice(1, end), ',').map((cell) => {
      const read = writtenValue(cell, values, next);
      next += placeholders(cell);
      return read;
    });
    rows.push(Object.fromEntries(columns.map((column, i) => [column, cells[i]])));
    rest = rest.slice(end + 1).replace(/^\s*,?\s*/, '');
  }
  return rows;
}

function updated(table: string, rest: string, values: readonly unknown[]): PlannedWrite {
  const [assignments = '', ...conditions] = split(rest, ' WHERE ');
  const row: Record<string, Written> = {};
  let next = 0;
  for (const assignment of split(assignments, ',')) {
    const equals = assignment.indexOf('=');
    row[nameOf(assignment.slice(0, equals))] = writtenValue(assignment.slice(equals + 1), values, next);
    next += placeholders(assignment);
  }
  return { verb: 'update', table, rows: [row], where: { sql: conditions.join(' WHERE '), values: values.slice(next) } };
}

function writtenValue(text: string, values: readonly unknown[], next: number): Written {
  const cell = text.trim();
  if (cell === '?') return values[next];
  if (/^null$/i.test(cell)) return null;
  if (/^-?\d+$/.test(cell)) return Number(cell);
  const [, quoted] = /^'([^']*)'$/.exec(cell) ?? [];
  return quoted ?? computed;
}

const placeholders = (text: string): number => text.split('?').length - 1;

/** Where the parenthesis that a text begins with is closed. */
function closing(text: string): number {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '(') depth++;
    else if (text[at] === ')' && --depth === 0) return at;
  }
  return text.length;
}

/** Splits at a separator that stands in no parentheses; line breaks count as blanks. */
function split(given: string, separator: string): string[] {
  const text = given.replaceAll(/\s+/g, ' ');
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '(') depth++;
    else if (text[at] === ')') depth--;
    else if (depth === 0 && text.startsWith(separator, at)) {
      parts.push(text.slice(from, at));
      from = at + separator.length;
      at = from - 1;
    }
  }
  return [...parts, text.slice(from)];
}
