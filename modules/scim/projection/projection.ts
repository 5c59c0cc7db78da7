import { depart } from '../deviation/depart.ts';
import { type Reading, reading } from '../mode.ts';
import { resolveName } from '../path/attribute-path.ts';
import { isObject, type Resource } from '../resource/resource.ts';
import type { AttributeDefinition } from '../schema/attribute.ts';
import type { ResourceType } from '../schema/resource-type.ts';

/** Per attribute: its sub-attributes that are named, or the whole of it. */
export type Selection = ReadonlyMap<AttributeDefinition, ReadonlySet<AttributeDefinition> | 'whole'>;

/** Which attributes an answer shows (RFC 7644 §3.9). */
export interface Projection {
  /** From `attributes`: these, and those that are always returned. */
  readonly only?: Selection;
  /** From `excludedAttributes`: these not, unless they are always returned. */
  readonly except?: Selection;
}

/** Nothing was asked for in particular: everything that is returned by default. */
export const everything: Projection = Object.freeze({});

type Names = string | readonly string[];

/**
 * Reads the two parameters: lists, or text with commas. Names may be dotted, qualified by a URN, or a bare extension
 * URN for all of it; unknown ones are passed over.
 */
export function parseProjection(
  given: { readonly attributes?: Names | undefined; readonly excludedAttributes?: Names | undefined },
  type: ResourceType,
  how: Reading = reading(),
): Projection {
  const only = select(given.attributes, type);
  const except = select(given.excludedAttributes, type);
  if (!only && !except) return everything;
  // RFC 7644 §3.9 calls them mutually exclusive; what both leave is what a client can mean.
  if (only && except) depart('attributes-and-excluded', 'query', how);
  return { ...(only ? { only } : {}), ...(except ? { except } : {}) };
}

/** The resource as the answer shows it; the resource itself where nothing is left out. */
export function project(resource: Resource, type: ResourceType, projection: Projection = everything): Resource {
  const { only, except } = projection;
  if (!only && !except && !type.unusual.some((unusual) => isThere(resource, unusual))) return resource;
  const shown: Resource = {};
  for (const key of Object.keys(resource)) {
    const value = resource[key];
    const attribute = type.topLevel.get(key.toLowerCase());
    const schema = attribute ? undefined : type.schemas.get(key.toLowerCase());
    if (attribute) {
      const part = projectValue(attribute, value, projection);
      if (part !== undefined) shown[key] = part;
    } else if (schema && isObject(value)) {
      const part = projectMembers(value, schema.byName, (member) => projectValueOf(member, projection));
      if (part) shown[key] = part;
    }
  }
  return shown;
}

/** True when the attribute named will be shown, so that it has to be read. */
export function wants(projection: Projection, type: ResourceType, name: string): boolean {
  const found = resolveName(name, type, true);
  if (found.kind !== 'attribute') return false;
  const { attribute } = found.path;
  if (attribute.returned === 'always') return true;
  if (attribute.returned === 'never' || projection.except?.get(attribute) === 'whole') return false;
  return projection.only ? projection.only.has(attribute) : attribute.returned === 'default';
}

function select(names: Names | undefined, type: ResourceType): Selection | undefined {
  const list = typeof names === 'string' ? names.split(',') : (names ?? []);
  const selection = new Map<AttributeDefinition, Set<AttributeDefinition> | 'whole'>();
  let named = false;
  for (const entry of list) {
    const name = entry.trim();
    if (name === '') continue;
    named = true;
    const found = resolveName(name, type, true);
    if (found.kind === 'schema') {
      const all = found.schema.attributes;
      for (const attribute of all) selection.set(attribute, 'whole');
    } else if (found.kind === 'attribute') {
      const { attribute, subAttribute } = found.path;
      const before = selection.get(attribute);
      if (!subAttribute) selection.set(attribute, 'whole');
      else if (before === undefined) selection.set(attribute, new Set([subAttribute]));
      else if (before !== 'whole') before.add(subAttribute);
    }
  }
  return named ? selection : undefined;
}

type Shown = { readonly attribute: AttributeDefinition; readonly value: unknown };

const projectValueOf = (member: Shown, projection: Projection): unknown =>
  projectValue(member.attribute, member.value, projection);

/** The part of an attribute's value that is shown; undefined for nothing. */
function projectValue(attribute: AttributeDefinition, value: unknown, { only, except }: Projection): unknown {
  if (attribute.returned === 'never') return undefined;
  const named = only?.get(attribute);
  const excluded = except?.get(attribute);
  if (attribute.returned !== 'always') {
    if (excluded === 'whole') return undefined;
    if (!named && (only || attribute.returned === 'request')) return undefined;
  }
  if (attribute.type !== 'complex') return value;
  const subs = named === 'whole' ? undefined : named;
  const show = ({ attribute: sub, value: member }: Shown): unknown => {
    if (sub.returned === 'never') return undefined;
    if (sub.returned === 'always') return member;
    if (subs ? !subs.has(sub) : sub.returned === 'request') return undefined;
    return excluded !== undefined && excluded !== 'whole' && excluded.has(sub) ? undefined : member;
  };
  if (!Array.isArray(value)) return isObject(value) ? projectMembers(value, attribute.byName, show) : value;
  const elements: unknown[] = [];
  for (const element of value) {
    const part = isObject(element) ? projectMembers(element, attribute.byName, show) : element;
    if (part !== undefined) elements.push(part);
  }
  return elements;
}

function projectMembers(
  owner: Resource,
  definitions: ReadonlyMap<string, AttributeDefinition>,
  show: (member: Shown) => unknown,
): Resource | undefined {
  const shown: Resource = {};
  let any = false;
  for (const key of Object.keys(owner)) {
    const attribute = definitions.get(key.toLowerCase());
    const part = attribute ? show({ attribute, value: owner[key] }) : undefined;
    if (part === undefined) continue;
    shown[key] = part;
    any = true;
  }
  return any ? shown : undefined;
}

function isThere(resource: Resource, unusual: ResourceType['unusual'][number]): boolean {
  const owner = unusual.extension ? resource[unusual.extension.id] : resource;
  return isObject(owner) && owner[unusual.attribute.name] !== undefined;
}
