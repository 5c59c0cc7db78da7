import { type Sql, sql } from '../../../framework/index.ts';
import type { AttributePath, Compare, Filter } from '../../../scim/index.ts';
import type { Elements, IndexedOrder, LookUp, Scalar, SearchSource } from '../source.ts';
import { attributeAt, elementValue } from './compile.ts';
import { columnValue } from './operand.ts';

type Find = (path: AttributePath) => Scalar | undefined;

const inSource =
  (source: SearchSource): Find =>
  (path) => {
    const found = attributeAt(source, path);
    const value = found.is === 'elements' ? elementValue(found, path) : found;
    return value.is === 'scalar' ? value : undefined;
  };

const inElements =
  (elements: Elements): Find =>
  (path) => {
    const value = elementValue(elements, path);
    return value.is === 'scalar' ? value : undefined;
  };

/**
 * Index look-ups that together find everyone for whom the filter can hold, and perhaps others; undefined where there are
 * none, so that all have to be looked through. An empty list: nobody.
 */
export function lookUpsOf(filter: Filter, source: SearchSource): readonly LookUp[] | undefined {
  return within(filter, inSource(source), source);
}

function within(filter: Filter, find: Find, source: SearchSource): readonly LookUp[] | undefined {
  switch (filter.kind) {
    case 'compare':
      return equal(filter, find);
    case 'valuePath': {
      const owner = attributeAt(source, filter.path);
      return within(filter.filter, owner.is === 'elements' ? inElements(owner) : find, source);
    }
    case 'and': {
      const known = filter.filters.flatMap((operand) => {
        const found = within(operand, find, source);
        return found ? [found] : [];
      });
      return known.sort((a, b) => cost(a) - cost(b))[0];
    }
    case 'or': {
      const found = filter.filters.map((operand) => within(operand, find, source));
      return found.every((lookUps) => lookUps !== undefined) ? found.flat() : undefined;
    }
    default:
      return undefined;
  }
}

const cost = (lookUps: readonly LookUp[]): number => lookUps.reduce((sum, { few }) => sum + (few ? 1 : 1000), 0);

function equal({ path, op, value }: Compare, find: Find): readonly LookUp[] | undefined {
  if (op !== 'eq' || value === null) return undefined;
  const scalar = find(path);
  if (!scalar?.lookUp) return undefined;
  const found = scalar.lookUp(columnValue(scalar.kind, op, value));
  return found ? [found] : [];
}

/** A part of an index in which everyone stands for whom the filter can hold. */
export interface Range {
  readonly order: IndexedOrder;
  readonly condition: Sql;
  /** Mapped targets that the indexed values depend on. */
  readonly targets: readonly string[];
}

/** Sorts after every text that begins with a given one: the last code point there is. */
const last = '\u{10FFFF}';

/** The ranges of indexed attributes that the filter demands at its top level. */
export function rangesOf(filter: Filter, source: SearchSource): readonly Range[] {
  const nodes = filter.kind === 'and' ? filter.filters : [filter];
  return nodes.flatMap((node) => {
    if (node.kind !== 'compare' || node.path.attribute.multiValued || node.value === null) return [];
    const scalar = inSource(source)(node.path);
    const order = scalar?.order;
    if (!scalar || !order || order === 'key') return [];
    const value = columnValue(scalar.kind, node.op, node.value);
    const condition = part(order.column, node.op, value);
    return condition ? [{ order, condition, targets: scalar.targets ?? [] }] : [];
  });
}

function part(column: Sql, op: Compare['op'], value: string | number): Sql | undefined {
  switch (op) {
    case 'eq':
      return sql`${column} = ${value}`;
    case 'gt':
      return sql`${column} > ${value}`;
    case 'ge':
      return sql`${column} >= ${value}`;
    case 'lt':
      return sql`${column} < ${value}`;
    case 'le':
      return sql`${column} <= ${value}`;
    case 'sw':
      return value === '' ? undefined : sql`${column} >= ${value} AND ${column} < ${value + last}`;
    default:
      return undefined;
  }
}
