import { printPath } from '../path/attribute-path.ts';
import type { Filter } from './filter.ts';

/** The canonical text of a filter; parsing it gives the same filter again. */
export function printFilter(filter: Filter): string {
  return print(filter, false);
}

/** What stands between the brackets of a value path: sub-attributes by their own names. */
export function printValueFilter(filter: Filter): string {
  return print(filter, true);
}

function print(filter: Filter, inside: boolean): string {
  switch (filter.kind) {
    case 'compare':
      return `${name(filter, inside)} ${filter.op} ${JSON.stringify(filter.value)}`;
    case 'present':
      return `${name(filter, inside)} pr`;
    case 'and':
      return filter.filters
        .map((operand) => (operand.kind === 'or' ? `(${print(operand, inside)})` : print(operand, inside)))
        .join(' and ');
    case 'or':
      return filter.filters.map((operand) => print(operand, inside)).join(' or ');
    case 'not':
      return `not (${print(filter.filter, inside)})`;
    case 'valuePath':
      return `${printPath(filter.path)}[${print(filter.filter, true)}]`;
  }
}

const name = (filter: Extract<Filter, { kind: 'compare' | 'present' }>, inside: boolean): string =>
  inside && filter.path.subAttribute ? filter.path.subAttribute.name : printPath(filter.path);
