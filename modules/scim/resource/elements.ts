import { fold } from '../fold.ts';
import type { AttributeDefinition } from '../schema/attribute.ts';
import { isObject, type Resource, sameJson } from './resource.ts';

/** Leaves `primary: true` to the first element that has it (RFC 7643 §2.4). Answers the list itself if nothing changes. */
export function withOnePrimary(elements: readonly unknown[], onSeveral: () => void = () => {}): readonly unknown[] {
  const first = elements.findIndex(isPrimary);
  if (first < 0 || !elements.some((element, index) => index > first && isPrimary(element))) return elements;
  onSeveral();
  return elements.map((element, index) => (index > first && isPrimary(element) ? demoted(element) : element));
}

/** Makes the element at `index` the only primary one. */
export function withPrimaryAt(elements: readonly unknown[], index: number): readonly unknown[] {
  return elements.some((element, at) => at !== index && isPrimary(element))
    ? elements.map((element, at) => (at !== index && isPrimary(element) ? demoted(element) : element))
    : elements;
}

export const isPrimary = (element: unknown): boolean => isObject(element) && element.primary === true;

const demoted = (element: unknown): unknown => (isObject(element) ? { ...element, primary: false } : element);

/**
 * Each combination of value and type once (RFC 7643 §2.4), and elements without a value once. A later one lends the
 * first what that lacks. Linear, because a group may have many members; the list itself if nothing changes.
 */
export function withoutDuplicates(attribute: AttributeDefinition, elements: readonly unknown[]): readonly unknown[] {
  if (elements.length < 2) return elements;
  const seen = new Map<string, unknown>();
  for (const element of elements) {
    const key = combinationKey(attribute, element);
    const first = seen.get(key);
    seen.set(key, first === undefined ? element : united(first, element));
  }
  return seen.size === elements.length ? elements : [...seen.values()];
}

function combinationKey(attribute: AttributeDefinition, element: unknown): string {
  const value = valueKey(attribute, element);
  if (value !== undefined) return `${value}\u0000${typeKey(element) ?? ''}`;
  if (!isObject(element)) return JSON.stringify(element);
  return JSON.stringify(Object.entries(element).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function united(first: unknown, later: unknown): unknown {
  if (!isObject(first) || !isObject(later)) return first;
  return { ...later, ...first, ...(isPrimary(later) ? { primary: true } : {}) };
}

/** Adds elements that are not there yet, merges those that are, and lets a new primary one take over (RFC 7644 §3.5.2.1). */
export function withAdded(
  attribute: AttributeDefinition,
  elements: readonly unknown[],
  added: readonly unknown[],
): readonly unknown[] {
  let result: unknown[] | undefined;
  let primary = -1;
  const index = new ElementIndex(attribute, elements);
  for (const element of added) {
    let at = index.find(element);
    if (at < 0) {
      result ??= [...elements];
      at = result.push(element) - 1;
      index.add(element, at);
    } else {
      const merged = merge((result ?? elements)[at], element);
      if (merged !== (result ?? elements)[at]) {
        result ??= [...elements];
        result[at] = merged;
        index.replace(merged, at);
      }
    }
    if (isPrimary(element)) primary = at;
  }
  return primary < 0 ? (result ?? elements) : withPrimaryAt(result ?? elements, primary);
}

/** Without the elements that `removed` names: by their `value` where they have one, else by all that is said of them. */
export function withoutElements(
  attribute: AttributeDefinition,
  elements: readonly unknown[],
  removed: readonly unknown[],
): readonly unknown[] {
  const keys = new Set(removed.map((element) => valueKey(attribute, element)).filter((key) => key !== undefined));
  const shapes = removed.filter((element) => valueKey(attribute, element) === undefined);
  const kept = elements.filter((element) => {
    const key = valueKey(attribute, element);
    return !(key !== undefined && keys.has(key)) && !shapes.some((shape) => covers(element, shape));
  });
  return kept.length === elements.length ? elements : kept;
}

/** Finds the element that another one means: same value and compatible type; without a value, the same contents. */
class ElementIndex {
  private readonly attribute: AttributeDefinition;
  private readonly elements: unknown[];
  private readonly byValue = new Map<string, number[]>();

  constructor(attribute: AttributeDefinition, elements: readonly unknown[]) {
    this.attribute = attribute;
    this.elements = [];
    elements.forEach((element, at) => {
      this.add(element, at);
    });
  }

  add(element: unknown, at: number): void {
    this.elements[at] = element;
    const key = valueKey(this.attribute, element);
    if (key === undefined) return;
    const places = this.byValue.get(key);
    if (places) places.push(at);
    else this.byValue.set(key, [at]);
  }

  replace(element: unknown, at: number): void {
    this.elements[at] = element;
  }

  find(element: unknown): number {
    const key = valueKey(this.attribute, element);
    if (key === undefined) return this.elements.findIndex((candidate) => covers(candidate, element));
    const places = this.byValue.get(key) ?? [];
    const type = typeKey(element);
    const exact = places.find((at) => typeKey(this.elements[at]) === type);
    if (exact !== undefined) return exact;
    return places.find((at) => type === undefined || typeKey(this.elements[at]) === undefined) ?? -1;
  }
}

function valueKey(attribute: AttributeDefinition, element: unknown): string | undefined {
  const definition = attribute.type === 'complex' ? attribute.byName.get('value') : attribute;
  const value = isObject(element) ? element.value : element;
  if (!definition || value === undefined || isObject(value)) return undefined;
  return typeof value === 'string' && !definition.caseExact ? fold(value) : String(value);
}

function typeKey(element: unknown): string | undefined {
  const type = isObject(element) ? element.type : undefined;
  return typeof type === 'string' ? fold(type) : undefined;
}

/** Whether `element` says everything that `part` says. */
function covers(element: unknown, part: unknown): boolean {
  if (!isObject(element) || !isObject(part)) return sameJson(element, part);
  return Object.keys(part).every((key) => Object.hasOwn(element, key) && sameJson(element[key], part[key]));
}

/** `base` with the members of `part`; `base` itself where that changes nothing. */
export function merge(base: unknown, part: unknown): unknown {
  if (covers(base, part)) return base;
  return isObject(base) && isObject(part) ? { ...base, ...part } : part;
}

/** `element` without the member; the element itself where it has none. */
export function without(element: Resource, name: string): Resource {
  if (!Object.hasOwn(element, name)) return element;
  const { [name]: _removed, ...rest } = element;
  return rest;
}
