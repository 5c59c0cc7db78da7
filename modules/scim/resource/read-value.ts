import { depart } from '../deviation/depart.ts';
import { quoted } from '../error.ts';
import { parseBoolean, parseDateTime, parseNumber } from '../filter/value.ts';
import type { Reading } from '../mode.ts';
import { invalidSyntax, invalidValue } from '../refusal.ts';
import { type AttributeDefinition, formerly } from '../schema/attribute.ts';
import { withOnePrimary, withoutDuplicates } from './elements.ts';
import { elementOfJsonText } from './json-text.ts';
import { isObject, isText, isUnassigned, type Resource, sameJson } from './resource.ts';

/**
 * Reads a value for an attribute: in the schema's spelling and type, otherwise as sent. Answers undefined where the
 * value says "unassigned". `where` names the place in errors, such as `emails[1].primary`. Throws `invalidValue`.
 */
export function readValue(attribute: AttributeDefinition, value: unknown, where: string, how: Reading): unknown {
  if (isUnassigned(value)) return undefined;
  return attribute.multiValued ? readList(attribute, value, where, how) : readOne(attribute, value, where, how);
}

/** Reads one element of a multi-valued attribute, or the value of a single-valued one. */
export function readOne(attribute: AttributeDefinition, value: unknown, where: string, how: Reading): unknown {
  return attribute.type === 'complex'
    ? readComplex(attribute, value, where, how)
    : readSimple(attribute, value, where, how);
}

function readList(attribute: AttributeDefinition, value: unknown, where: string, how: Reading): unknown {
  const values = Array.isArray(value) ? value : [value];
  if (!Array.isArray(value)) depart('single-value-for-list', where, how);
  const read: unknown[] = [];
  for (let i = 0; i < values.length; i++) {
    const element = isUnassigned(values[i]) ? undefined : readOne(attribute, values[i], `${where}[${i}]`, how);
    if (element !== undefined && !isHollow(attribute, element)) read.push(element);
  }
  if (read.length === 0) return undefined;
  if (attribute.type !== 'complex') return withoutDuplicates(attribute, read);
  const one = withOnePrimary(read, () => depart('several-primary', where, how));
  const unique = withoutDuplicates(attribute, one);
  if (unique !== one) depart('duplicate-value', where, how);
  return unique;
}

/**
 * An element that says what its value is for, but has none: nothing is left of it. (A PATCH that removes the last
 * part of an element leaves such a thing, templates of some identity providers send it.)
 */
export function isHollow(attribute: AttributeDefinition, element: unknown): boolean {
  if (attribute.type !== 'complex' || !isObject(element)) return false;
  return Object.keys(element).every((key) => key === 'type' || key === 'primary');
}

function readComplex(
  attribute: AttributeDefinition,
  given: unknown,
  where: string,
  how: Reading,
): Resource | undefined {
  let value = elementOfJsonText(attribute, given, where, how);
  if (Array.isArray(value) && value.length === 1) {
    depart('list-for-single-value', where, how);
    value = value[0];
  }
  if (isUnassigned(value)) return undefined;
  if (!isObject(value)) {
    const sub = attribute.byName.get('value');
    if (!sub || Array.isArray(value)) throw invalidValue(`${where} must be an object.`);
    // `manager: "7"`, `roles: ["admin"]`
    depart('simple-value-for-complex', where, how);
    return { [sub.name]: readSimple(sub, value, where, how) };
  }
  const read = readMembers(attribute.byName, value, `${where}.`, how);
  return Object.keys(read).length === 0 ? undefined : read;
}

/** Reads an object's members by their definitions. Unknown ones are named in `ignored`, readOnly ones are left out. */
export function readMembers(
  definitions: ReadonlyMap<string, AttributeDefinition>,
  value: Resource,
  prefix: string,
  how: Reading,
): Resource {
  const read: Resource = {};
  for (const key of Object.keys(value)) {
    const attribute = definitions.get(key.toLowerCase()) ?? oldNamed(definitions, key, prefix, how);
    if (!attribute) ignore(`${prefix}${key}`, how);
    else if (attribute.mutability !== 'readOnly') {
      setOnce(read, attribute.name, readValue(attribute, value[key], `${prefix}${attribute.name}`, how), prefix);
    }
  }
  return read;
}

function oldNamed(
  definitions: ReadonlyMap<string, AttributeDefinition>,
  key: string,
  prefix: string,
  how: Reading,
): AttributeDefinition | undefined {
  const attribute = formerly(definitions, key.toLowerCase());
  if (attribute) depart('old-attribute-name', `${prefix}${key}`, how);
  return attribute;
}

/** Drops what no schema knows, and says so; `interop-strict` refuses it. */
export function ignore(name: string, how: Reading): void {
  // Named apart from other notes: what was lost is of more interest than what was understood.
  if (how.mode === 'compat') how.ignored.push(name);
  else depart('unknown-attribute', name, how, `No known schema has the attribute ${quoted(name)}.`);
}

/** Sets a member; the same attribute in two spellings must say the same, because nobody can tell which one counts. */
export function setOnce(target: Resource, name: string, value: unknown, prefix = ''): void {
  if (value === undefined) return;
  if (Object.hasOwn(target, name) && !sameJson(target[name], value)) {
    throw invalidSyntax(`${prefix}${name} is given twice with different values.`);
  }
  target[name] = value;
}

function readSimple(attribute: AttributeDefinition, given: unknown, where: string, how: Reading): unknown {
  let value = given;
  if (Array.isArray(value) && value.length === 1) value = value[0];
  if (isObject(value) && Object.hasOwn(value, 'value')) value = value.value;
  // Entra's older form: `[{"$ref": null, "value": "x"}]` for a plain string.
  if (value !== given) depart('wrapped-simple-value', where, how);
  if (isUnassigned(value)) return undefined;
  switch (attribute.type) {
    case 'boolean':
      return readBoolean(value, where, how);
    case 'integer':
    case 'decimal':
      return readNumber(attribute, value, where, how);
    case 'dateTime':
      if (typeof value !== 'string' || parseDateTime(value) === undefined) {
        throw invalidValue(`${where} must be a date and time such as "2026-01-31T12:00:00Z".`);
      }
      return value;
    default:
      return readString(value, where, how);
  }
}

function readString(value: unknown, where: string, how: Reading): string {
  if (typeof value === 'string') {
    if (!isText(value))
      throw invalidValue(`${where} has a character that cannot be stored (U+0000 or half a surrogate pair).`);
    return value;
  }
  if (typeof value !== 'number' && typeof value !== 'boolean') throw invalidValue(`${where} must be a string.`);
  depart('unquoted-string', where, how);
  return String(value);
}

function readBoolean(value: unknown, where: string, how: Reading): boolean {
  if (typeof value === 'boolean') return value;
  const boolean = typeof value === 'string' ? parseBoolean(value) : undefined;
  if (boolean === undefined) throw invalidValue(`${where} must be true or false.`);
  depart('string-boolean', where, how);
  return boolean;
}

function readNumber(attribute: AttributeDefinition, value: unknown, where: string, how: Reading): number {
  const number = typeof value === 'string' ? parseNumber(value) : value;
  if (typeof number !== 'number' || (attribute.type === 'integer' && !Number.isSafeInteger(number))) {
    throw invalidValue(`${where} must be ${attribute.type === 'integer' ? 'an integer' : 'a number'}.`);
  }
  if (typeof value === 'string') depart('string-number', where, how);
  return number;
}
