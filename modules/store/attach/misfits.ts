import type { Column } from '../../../migrations/store-schema/index.ts';
import type { ColumnFacts, TableFacts } from '../../framework/index.ts';
import type { ReliedUpon } from './relied-upon.ts';

const integers = ['tinyint', 'smallint', 'mediumint', 'int', 'bigint'];
/** Characters that each holds at least, in any charset. */
const texts: Readonly<Record<string, number>> = {
  tinytext: 63,
  text: 16_383,
  mediumtext: 4_194_303,
  longtext: 1_073_741_823,
  json: 1_073_741_823,
};
const moments = ['date', 'timestamp', 'datetime'];

const declaredType = ({ type }: Column): string => (type === 'boolean' ? 'tinyint' : type);

/** As people write it: `varchar(255)`, `int unsigned`. */
export function shown({ type, length, precision, scale, unsigned }: Column | ColumnFacts): string {
  const sized = /char$/.test(type) ? `(${length})` : type === 'decimal' ? `(${precision},${scale})` : '';
  return `${type === 'boolean' ? 'tinyint' : type}${sized}${unsigned ? ' unsigned' : ''}`;
}

const charactersOf = (type: string, length: number | null | undefined): number | undefined =>
  texts[type] ?? (/^(var)?char$/.test(type) ? (length ?? 0) : undefined);

/** Whether every value that fits the declared column fits the one that is there. */
function holds(found: ColumnFacts, declared: Column): boolean {
  const type = declaredType(declared);
  const [wanted, given] = [integers.indexOf(type), integers.indexOf(found.type)];
  if (wanted >= 0) {
    if (given < wanted) return false;
    const [signed, unsigned] = [declared.unsigned !== true, found.unsigned];
    return signed ? !unsigned : unsigned || given > wanted;
  }
  const characters = charactersOf(type, declared.length);
  if (characters !== undefined) return (charactersOf(found.type, found.length) ?? -1) >= characters;
  if (moments.includes(type)) return moments.indexOf(found.type) >= moments.indexOf(type);
  if (type !== 'decimal' || found.type !== 'decimal') return type === found.type;
  const [digits, behind] = [declared.precision ?? 0, declared.scale ?? 0];
  return (found.scale ?? 0) >= behind && (found.precision ?? 0) - (found.scale ?? 0) >= digits - behind;
}

function* columnMisfits(table: string, declared: Column, found: ColumnFacts | undefined): Generator<string> {
  const at = `${table}.${declared.name}`;
  if (found === undefined) {
    yield `${at} is missing (${shown(declared)})`;
    return;
  }
  if (!holds(found, declared)) yield `${at} is ${shown(found)}; at least ${shown(declared)} is needed`;
  if (declared.nullable && !found.nullable) yield `${at} refuses NULL`;
  else if (!found.fillsItself && (declared.default !== undefined || declared.identity))
    yield `${at} has ${declared.identity ? 'no AUTO_INCREMENT' : 'no default'}`;
}

const sameColumns = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((name) => other.includes(name));

function* tableMisfits(
  { name, columns, inserts, unique }: ReliedUpon,
  found: TableFacts | undefined,
): Generator<string> {
  if (found === undefined) {
    yield `${name} is missing`;
    return;
  }
  if (found.engine?.toLowerCase() !== 'innodb') yield `${name} is ${found.engine ?? 'a view'}; InnoDB is needed`;
  const there = new Map(found.columns.map((column) => [column.name.toLowerCase(), column]));
  for (const column of columns) yield* columnMisfits(name, column, there.get(column.name));
  const known = new Set(columns.map((column) => column.name));
  if (inserts)
    for (const column of found.columns)
      if (!known.has(column.name) && !column.fillsItself)
        yield `${name}.${column.name} (${shown(column)}) is NOT NULL without a default, and this host does not know what to put there`;
  for (const key of unique)
    if (!found.unique.some((one) => sameColumns(one, key))) yield `${name} has no unique key on ${key.join(', ')}`;
}

/**
 * What of the tables that there are does not suit, a line each; empty when all is well. Further tables, columns that fill
 * themselves, keys, wider types and other charsets are no matter.
 */
export function misfitsOf(wanted: readonly ReliedUpon[], found: readonly TableFacts[]): readonly string[] {
  const there = new Map(found.map((table) => [table.name, table]));
  return wanted.flatMap((table) => [...tableMisfits(table, there.get(table.name))]);
}
