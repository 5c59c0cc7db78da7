import { depart } from '../deviation/depart.ts';
import { elementMatches } from '../filter/evaluate.ts';
import type { Filter } from '../filter/filter.ts';
import type { Mode } from '../mode.ts';
import { type AttributeTarget, printPatchPath } from '../path/patch-path.ts';
import { invalidPath, mutability, noTarget } from '../refusal.ts';
import {
  isPrimary,
  merge,
  withAdded,
  without,
  withoutDuplicates,
  withoutElements,
  withPrimaryAt,
} from '../resource/elements.ts';
import { isHollow } from '../resource/read-value.ts';
import { isObject, isUnassigned, type Resource, sameJson } from '../resource/resource.ts';
import type { AttributeDefinition } from '../schema/attribute.ts';
import type { PatchOperation } from './operation.ts';

/**
 * What one operation makes of an attribute's value; undefined where nothing is left of it. Answers `current` itself,
 * the very same object, where nothing changes.
 */
export function changedValue(
  operation: PatchOperation,
  path: AttributeTarget,
  current: unknown,
  mode: Mode,
  notes: string[],
): unknown {
  const next = path.attribute.multiValued
    ? changedList(operation, path, listOf(current), mode, notes)
    : changedSingle(operation, path, current, mode);
  const value = isUnassigned(next) || isEmptyObject(next) ? undefined : next;
  if (sameJson(value, current)) return current;
  if (path.attribute.mutability === 'immutable' && current !== undefined) throw immutable(path);
  return value;
}

function changedSingle(operation: PatchOperation, path: AttributeTarget, current: unknown, mode: Mode): unknown {
  const { attribute, subAttribute } = path;
  if (subAttribute) {
    const owner = isObject(current) ? current : {};
    if (operation.op === 'remove') return without(owner, subAttribute.name);
    return withMember(owner, subAttribute, operation.value, path);
  }
  if (operation.op === 'remove') return undefined;
  if (attribute.type !== 'complex' || !isObject(current)) return operation.value;
  return operation.op === 'replace' && replacesWhole(attribute, mode)
    ? operation.value
    : merge(current, operation.value);
}

/**
 * RFC 7644 §3.5.2.3: sub-attributes that are not named stay. Not so for a reference (`manager`), whose `$ref` and
 * `displayName` belong to the old value; nor in the interop profile, where replace is always the whole.
 */
const replacesWhole = (attribute: AttributeDefinition, mode: Mode): boolean =>
  mode === 'interop-strict' || attribute.byName.has('value');

function changedList(
  operation: PatchOperation,
  path: AttributeTarget,
  elements: readonly unknown[],
  mode: Mode,
  notes: string[],
): readonly unknown[] {
  const { attribute, filter, subAttribute } = path;
  if (filter) return changedSelection(operation, path, filter, elements, mode, notes);
  if (subAttribute) return withoutDuplicates(attribute, changedMembers(operation, path, subAttribute, elements));
  if (operation.op === 'remove') return operation.value ? withoutElements(attribute, elements, operation.value) : [];
  const values = listOf(operation.value);
  return operation.op === 'add' ? withAdded(attribute, elements, values) : values;
}

/** `emails[type eq "work"]` and `emails[type eq "work"].value`. */
function changedSelection(
  operation: PatchOperation,
  path: AttributeTarget,
  filter: Filter,
  elements: readonly unknown[],
  mode: Mode,
  notes: string[],
): readonly unknown[] {
  const { attribute, subAttribute } = path;
  const selected = new Set(elements.flatMap((element, at) => (elementMatches(filter, element) ? [at] : [])));
  if (operation.op === 'remove') {
    if (!subAttribute) return elements.filter((_, at) => !selected.has(at));
    return mapSelected(elements, selected, (element) => without(element, subAttribute.name)).filter(
      (element) => !isHollow(attribute, element),
    );
  }
  const { value } = operation;
  if (selected.size === 0) {
    const seed = seedOf(filter, operation.op);
    const created = seed && (subAttribute ? { ...seed, [subAttribute.name]: value } : merge(seed, value));
    // An element that the path would not select again (`emails[type eq "work"].type` to "home") is not what was meant.
    if (!created || !elementMatches(filter, created)) {
      throw noTarget(`${printPatchPath(path)} selects no value of the resource.`);
    }
    depart('element-created', printPatchPath(path), { mode, notes }, `${printPatchPath(path)} selects no value.`);
    return withoutDuplicates(attribute, withAddedElement(elements, created));
  }
  const change = (element: Resource): unknown => {
    if (subAttribute) return withMember(element, subAttribute, value, path);
    if (operation.op === 'add') return merge(element, value);
    return mode === 'compat' ? merge(seedOf(filter, 'add') ?? {}, value) : value;
  };
  const changed = mapSelected(elements, selected, change);
  const first = [...selected][0] ?? 0;
  const promoted = subAttribute ? subAttribute.name === 'primary' && value === true : isPrimary(value);
  const result = promoted ? withPrimaryAt(changed, first) : changed;
  return withoutDuplicates(attribute, result);
}

/** `emails.value` without a filter: the primary or only element for what tells elements apart, else every element. */
function changedMembers(
  operation: PatchOperation,
  path: AttributeTarget,
  subAttribute: AttributeDefinition,
  elements: readonly unknown[],
): readonly unknown[] {
  const all = new Set(elements.keys());
  if (operation.op === 'remove') {
    return mapSelected(elements, all, (element) => without(element, subAttribute.name)).filter(
      (element) => !isHollow(path.attribute, element),
    );
  }
  const { value } = operation;
  if (elements.length === 0) return [withMember({}, subAttribute, value, path)];
  const telling = subAttribute.name === 'value' || subAttribute.name === 'primary';
  const one = elements.length === 1 ? 0 : elements.findIndex(isPrimary);
  if (telling && one < 0) {
    throw invalidPath(`${printPatchPath(path)} means several values; select one, as in [type eq "work"].`);
  }
  return mapSelected(elements, telling ? new Set([one]) : all, (element) =>
    withMember(element, subAttribute, value, path),
  );
}

/**
 * What an element must have to be selected by the filter, if that can be told: its `eq` terms. Entra adds
 * `emails[type eq "work"].value` to users without a work e-mail and expects the element to come into being; for a
 * replace only filters on `type` and `primary` do that, others are `noTarget` as RFC 7644 §3.5.2.3 says.
 */
function seedOf(filter: Filter, op: 'add' | 'replace'): Resource | undefined {
  const terms = filter.kind === 'and' ? filter.filters : [filter];
  const seed: Resource = {};
  for (const term of terms) {
    const name = term.kind === 'compare' && term.op === 'eq' ? term.path.subAttribute?.name : undefined;
    if (name === undefined || term.kind !== 'compare' || term.value === null) return undefined;
    if (op === 'replace' && name !== 'type' && name !== 'primary') return undefined;
    seed[name] = term.value;
  }
  return seed;
}

function withMember(element: Resource, sub: AttributeDefinition, value: unknown, path: AttributeTarget): Resource {
  if (sameJson(element[sub.name], value)) return element;
  if (sub.mutability === 'immutable' && element[sub.name] !== undefined) throw immutable(path);
  return { ...element, [sub.name]: value };
}

function withAddedElement(elements: readonly unknown[], created: unknown): readonly unknown[] {
  const result = [...elements, created];
  return isPrimary(created) ? withPrimaryAt(result, result.length - 1) : result;
}

const mapSelected = (
  elements: readonly unknown[],
  selected: ReadonlySet<number>,
  change: (element: Resource) => unknown,
): readonly unknown[] =>
  elements.map((element, at) => (selected.has(at) && isObject(element) ? change(element) : element));

const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : isUnassigned(value) ? [] : [value];

const isEmptyObject = (value: unknown): boolean => isObject(value) && Object.keys(value).length === 0;

const immutable = (path: AttributeTarget): Error =>
  mutability(`${printPatchPath(path)} is immutable: it is set already and cannot be changed.`);
