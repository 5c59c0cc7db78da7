import { depart } from '../deviation/depart.ts';
import { quoted } from '../error.ts';
import { fold } from '../fold.ts';
import { type Mode, type Reading, reading } from '../mode.ts';
import { resolveName } from '../path/attribute-path.ts';
import { invalidSyntax, invalidValue } from '../refusal.ts';
import type { AttributeDefinition } from '../schema/attribute.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import { isOldUri, type Schema } from '../schema/schema.ts';
import { ignore, readMembers, readValue, setOnce } from './read-value.ts';
import { isObject, isUnassigned, type Resource } from './resource.ts';
import { schemasOf } from './schemas-of.ts';

/** A resource as it was received, in the schema's spelling and types. */
export interface NormalizedResource {
  /** Only attributes that a client may write; values as sent. `schemas` is recomputed. */
  readonly resource: Resource;
  /** Taken out, so that it can't end up in a document, a record or a log by accident. */
  readonly password?: string;
  /** Names of attributes outside every known schema; dropped. */
  readonly ignored: readonly string[];
  /** Deviations that were understood, each `<name of the deviation>: <where>`. */
  readonly notes: readonly string[];
}

/**
 * Reads the body of a POST or PUT. Names get the schema's spelling, values the schema's type and otherwise stay as
 * sent; null and empty lists are left out as unassigned; readOnly attributes (id, meta, groups) are left out as
 * RFC 7644 §3.3 and §3.5.1 ask. What `compat` understands beyond the RFC is in `notes`.
 *
 * Throws `invalidSyntax` where the body is no resource, `invalidValue` where a value does not fit or a required
 * attribute is missing.
 */
export function normalizeResource(body: unknown, type: ResourceType, mode: Mode = 'compat'): NormalizedResource {
  if (!isObject(body)) throw invalidSyntax(`The body must be a JSON object that describes a ${type.name}.`);
  const reader = new ResourceReader(type, reading({ mode }));
  for (const key of Object.keys(body)) reader.read(key, body[key]);
  return reader.finish();
}

class ResourceReader {
  private readonly type: ResourceType;
  private readonly how: Reading;
  private readonly resource: Resource = { schemas: [] };
  private password: string | undefined;
  private schemasGiven = false;

  constructor(type: ResourceType, how: Reading) {
    this.type = type;
    this.how = how;
  }

  read(key: string, value: unknown): void {
    const name = key.toLowerCase();
    const attribute = this.type.topLevel.get(name);
    const schema = attribute ? undefined : this.type.schemas.get(name);
    if (name === 'schemas') this.readSchemas(value);
    else if (attribute) this.readTop(attribute, value);
    else if (schema) this.readSchemaObject(schema, key, value);
    else this.readFlat(key, value);
  }

  finish(): NormalizedResource {
    const { resource, type, how } = this;
    if (!this.schemasGiven) depart('schemas-missing', 'schemas', how, `"schemas" must name ${type.schema.id}.`);
    requireAttributes(resource, type);
    resource.schemas = schemasOf(resource, type);
    const result = { resource, ignored: how.ignored, notes: how.notes };
    return this.password === undefined ? result : { ...result, password: this.password };
  }

  private readTop(attribute: AttributeDefinition, value: unknown): void {
    if (attribute.mutability === 'readOnly') return;
    const read = readValue(attribute, value, attribute.name, this.how);
    if (isPassword(attribute)) {
      if (typeof read === 'string' && read !== '') this.password = read;
      return;
    }
    this.set(attribute, read);
  }

  /** A complex attribute may come in parts, as `name.givenName` beside `name`. */
  private set(attribute: AttributeDefinition, value: unknown): void {
    const given = this.resource[attribute.name];
    if (attribute.multiValued || !isObject(given) || !isObject(value)) {
      setOnce(this.resource, attribute.name, value);
      return;
    }
    for (const name of Object.keys(value)) setOnce(given, name, value[name], `${attribute.name}.`);
  }

  /** An extension under its URN; or core attributes under the core URN, as some clients nest them. */
  private readSchemaObject(schema: Schema, key: string, value: unknown): void {
    if (isUnassigned(value)) return;
    if (isOldUri(schema, key)) depart('old-schema-uri', quoted(key), this.how);
    if (!isObject(value)) throw invalidValue(`${schema.id} must be an object.`);
    if (schema === this.type.schema) {
      depart('core-under-urn', schema.id, this.how, `The attributes of ${schema.id} stand at the top of the resource.`);
      for (const key of Object.keys(value)) this.read(key, value[key]);
      return;
    }
    const read = readMembers(schema.byName, value, `${schema.id}:`, this.how);
    for (const name of Object.keys(read)) this.setExtension(schema, name, read[name]);
  }

  /** `department`, `URN:department`, `name.givenName` at the top: understood in `compat`, else dropped. */
  private readFlat(key: string, value: unknown): void {
    const found = this.how.mode === 'compat' ? resolveName(key, this.type, true) : undefined;
    const path = found?.kind === 'attribute' ? found.path : undefined;
    if (!path || (path.subAttribute && path.attribute.multiValued)) {
      ignore(key, this.how);
      return;
    }
    const attribute = path.subAttribute ?? path.attribute;
    if (attribute.mutability === 'readOnly' || path.attribute.mutability === 'readOnly') return;
    const read = readValue(attribute, value, key, this.how);
    if (read === undefined) return;
    depart('flat-name', key, this.how);
    const whole = path.subAttribute ? { [path.subAttribute.name]: read } : read;
    if (path.extension) this.setExtension(path.schema, path.attribute.name, whole);
    else if (path.subAttribute) this.set(path.attribute, whole);
    else this.readTop(path.attribute, value);
  }

  private setExtension(schema: Schema, name: string, value: unknown): void {
    const given = this.resource[schema.id];
    const extension = isObject(given) ? given : {};
    setOnce(extension, name, value, `${schema.id}:`);
    this.resource[schema.id] = extension;
  }

  private readSchemas(value: unknown): void {
    const uris = Array.isArray(value) ? value : [value];
    if (!Array.isArray(value)) depart('schemas-not-a-list', 'schemas', this.how, '"schemas" must be a list of URIs.');
    for (const uri of uris) {
      const schema = typeof uri === 'string' ? this.type.schemas.get(uri.toLowerCase()) : undefined;
      if (schema === this.type.schema) this.schemasGiven = true;
      if (schema === undefined || uri !== schema.id) {
        const name = quoted(String(uri));
        depart(schema ? 'old-schema-uri' : 'foreign-schema', name, this.how, `The schema ${name} is not known.`);
      }
    }
  }
}

export const isPassword = (attribute: AttributeDefinition): boolean =>
  attribute.mutability === 'writeOnly' && attribute.returned === 'never';

/** Throws `invalidValue` that names the required attributes which are missing or blank. */
export function requireAttributes(resource: Resource, type: ResourceType): void {
  const missing = missingIn(type.schema, resource, '');
  for (const { schema, required } of type.extensions) {
    const extension = resource[schema.id];
    if (isObject(extension)) missing.push(...missingIn(schema, extension, `${schema.id}:`));
    else if (required) missing.push(schema.id);
  }
  if (missing.length > 0) throw invalidValue(`A ${type.name} needs ${missing.join(', ')}.`);
}

function missingIn(schema: Schema, owner: Resource, prefix: string): string[] {
  const missing: string[] = [];
  for (const { name, required } of schema.attributes) {
    if (!required) continue;
    const value = owner[name];
    if (isUnassigned(value) || (typeof value === 'string' && fold(value) === '')) missing.push(`${prefix}${name}`);
  }
  return missing;
}
