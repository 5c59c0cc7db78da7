import { compareCodePoints, fold, foldPart } from '../fold.ts';
import type { AttributePath } from '../path/attribute-path.ts';
import { isObject, type Resource } from '../resource/resource.ts';
import type { AttributeDefinition } from '../schema/attribute.ts';
import type { Compare, Filter } from './filter.ts';
import { parseDateTime } from './value.ts';

/**
 * Whether the resource satisfies the filter. A multi-valued attribute satisfies a comparison when one of its values
 * does; `ne` is the contrary of `eq`, so it holds where the attribute is missing; `eq null` means missing. Strings
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
      return valuesAt(filter.path, resource).some(isPresent);
    case 'compare':
      return compares(filter, valuesAt(filter.path, resource));
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
      return valuesIn(filter.path.subAttribute, element).some(isPresent);
    case 'compare':
      return compares(filter, valuesIn(filter.path.subAttribute, element));
    case 'valuePath':
      return false;
  }
}

function ownerOf(path: AttributePath, resource: Resource): unknown {
  return path.extension ? resource[path.schema.id] : resource;
}

function valuesAt(path: AttributePath, resource: Resource): readonly unknown[] {
  const elements = elementsOf(ownerOf(path, resource), path.attribute);
  const sub = path.subAttribute;
  return sub ? elements.flatMap((element) => valuesIn(sub, element)) : elements;
}

function valuesIn(sub: AttributeDefinition | undefined, element: unknown): readonly unknown[] {
  return sub ? elementsOf(element, sub) : [element];
}

/** The attribute's values in its owner: none, one, or a list's. */
function elementsOf(owner: unknown, attribute: AttributeDefinition): readonly unknown[] {
  const value = isObject(owner) && Object.hasOwn(owner, attribute.name) ? owner[attribute.name] : undefined;
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** RFC 7644 §3.4.2.2: not null, not empty; a complex value has at least one sub-attribute that is present. */
function isPresent(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return false;
  if (Array.isArray(value)) return value.some(isPresent);
  return isObject(value) ? Object.values(value).some(isPresent) : true;
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
  if (node.value === null) return !values.some(isPresent);
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
