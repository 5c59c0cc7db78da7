import { compareCodePoints, fold, foldPart } from '../fold.ts';
import type { AttributePath } from '../path/attribute-path.ts';
import { isObject, type Resource } from '../resource/resource.ts';
import type { AttributeDefinition } from '../schema/attribute.ts';
import type { Compare, Filter } from './filter.ts';
import { parseDateTime } from './value.ts';

/**
 * Whether the resource satisfies the filter. A multi-valued attribute satisfies a comparison when one of its values
 * does; `ne` is the contrary of `eq`, so it holds where the attribute is missing; `eq null` means missing. A missing
 * `primary` compares as false. Strings
 * compare by their folds unless the attribute is caseExact, in the order of code points; dateTimes compare as times.
 */
export function evaluate(filter: Filter, resource: Resource): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.filters.every((operand) => evaluate(operand, resource));
    case 'or':
      return filter.filters.some((operand) => evaluate(operand, resource));
    case 'not':
      return !evaluate(filter.filter, resource);
    case 'present':
      return anyPresent(valuesAt(filter.path, resource), filter.path);
    case 'compare':
      return compares(filter, valuesAt(filter.path, resource, filter.value !== null));
    case 'valuePath':
      return elementsOf(ownerOf(filter.path, resource), filter.path.attribute).some((element) =>
        elementMatches(filter.filter, element),
      );
  }
}

/** Whether one element of a multi-valued attribute satisfies what stands between the brackets of a value path. */
export function elementMatches(filter: Filter, element: unknown): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.filters.every((operand) => elementMatches(operand, element));
    case 'or':
      return filter.filters.some((operand) => elementMatches(operand, element));
    case 'not':
      return !elementMatches(filter.filter, element);
    case 'present':
      return anyPresent(valuesIn(filter.path.subAttribute, element), filter.path);
    case 'compare':
      return compares(filter, valuesIn(filter.path.subAttribute, element, filter.value !== null));
    case 'valuePath':
      return false;
  }
}

function ownerOf(path: AttributePath, resource: Resource): unknown {
  return path.extension ? resource[path.schema.id] : resource;
}

function valuesAt(path: AttributePath, resource: Resource, assumed = false): readonly unknown[] {
  const elements = elementsOf(ownerOf(path, resource), path.attribute);
  const sub = path.subAttribute;
  return sub ? elements.flatMap((element) => valuesIn(sub, element, assumed)) : elements;
}

/** With `assumed`, an element that does not say whether it is primary is not (RFC 7643 §2.4). */
function valuesIn(sub: AttributeDefinition | undefined, element: unknown, assumed = false): readonly unknown[] {
  if (!sub) return [element];
  const values = elementsOf(element, sub);
  return assumed && values.length === 0 && sub.name === 'primary' && sub.type === 'boolean' ? notPrimary : values;
}

const notPrimary: readonly unknown[] = [false];

/** The attribute's values in its owner: none, one, or a list's. */
function elementsOf(owner: unknown, attribute: AttributeDefinition): readonly unknown[] {
  const value = isObject(owner) && Object.hasOwn(owner, attribute.name) ? owner[attribute.name] : undefined;
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

const anyPresent = (values: readonly unknown[], { attribute, subAttribute }: AttributePath): boolean =>
  values.some((value) => isPresent(value, subAttribute ?? attribute));

/**
 * RFC 7644 §3.4.2.2: not null, not empty; a complex value has at least one sub-attribute that is present. Text whose fold
 * is empty is empty too.
 */
function isPresent(value: unknown, attribute: AttributeDefinition | undefined): boolean {
  if (value === undefined || value === null) return false;
  if (typeof value === 'string') return (attribute?.caseExact === false ? fold(value) : value) !== '';
  if (Array.isArray(value)) return value.some((element) => isPresent(element, attribute));
  if (!isObject(value)) return true;
  return Object.keys(value).some((name) => isPresent(value[name], attribute?.byName.get(name.toLowerCase())));
}

function compares(node: Compare, values: readonly unknown[]): boolean {
  const attribute = node.path.subAttribute ?? node.path.attribute;
  switch (node.op) {
    case 'eq':
      return equalsAny(node, attribute, values);
    case 'ne':
      return !equalsAny(node, attribute, values);
    case 'co':
    case 'sw':
    case 'ew':
      return values.some((value) => containsPart(node, attribute, value));
    default:
      return values.some((value) => {
        const order = compareValues(attribute, value, node.value);
        if (order === undefined) return false;
        if (node.op === 'gt') return order > 0;
        if (node.op === 'ge') return order >= 0;
        return node.op === 'lt' ? order < 0 : order <= 0;
      });
  }
}

function equalsAny(node: Compare, attribute: AttributeDefinition, values: readonly unknown[]): boolean {
  if (node.value === null) return !anyPresent(values, node.path);
  return values.some((value) => compareValues(attribute, value, node.value) === 0);
}

function containsPart(node: Compare, attribute: AttributeDefinition, value: unknown): boolean {
  if (typeof value !== 'string' || typeof node.value !== 'string') return false;
  const whole = attribute.caseExact ? value : fold(value);
  const part = attribute.caseExact ? node.value : foldPart(node.value);
  if (node.op === 'co') return whole.includes(part);
  return node.op === 'sw' ? whole.startsWith(part) : whole.endsWith(part);
}

/** Negative, zero or positive; undefined where the two can't be compared. */
function compareValues(attribute: AttributeDefinition, left: unknown, right: unknown): number | undefined {
  if (typeof left === 'string' && typeof right === 'string') {
    if (attribute.type === 'dateTime') return difference(parseDateTime(left), parseDateTime(right));
    return attribute.caseExact ? compareCodePoints(left, right) : compareCodePoints(fold(left), fold(right));
  }
  if (typeof left === 'number' && typeof right === 'number') return difference(left, right);
  return typeof left === 'boolean' && left === right ? 0 : undefined;
}

const difference = (left: number | undefined, right: number | undefined): number | undefined =>
  left === undefined || right === undefined ? undefined : left - right;
