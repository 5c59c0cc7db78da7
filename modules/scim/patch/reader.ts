import { depart } from '../deviation/depart.ts';
import type { Reading } from '../mode.ts';
import { resolveName } from '../path/attribute-path.ts';
import { type AttributeTarget, type PatchPath, parseKnownPath, printPatchPath } from '../path/patch-path.ts';
import { invalidPath, invalidValue, mutability } from '../refusal.ts';
import { valueOfJsonText } from '../resource/json-text.ts';
import { ignore, readOne, readValue } from '../resource/read-value.ts';
import { isForbiddenName, isObject, isUnassigned } from '../resource/resource.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import type { Schema } from '../schema/schema.ts';
import type { PatchOperation } from './operation.ts';

type Verb = PatchOperation['op'];

/** Turns the operations of one message into elementary ones, in order. */
export class PatchReader {
  readonly operations: PatchOperation[] = [];
  private readonly type: ResourceType;
  private readonly how: Reading;

  constructor(type: ResourceType, how: Reading) {
    this.type = type;
    this.how = how;
  }

  /** An operation with a path: one operation, or none, or one per attribute of an extension. */
  readAt(path: PatchPath, op: Verb, value: unknown, where: string): void {
    if (path.kind === 'extension') this.readExtension(path.schema, op, value, where);
    else this.readAttribute(path, op, value, where);
  }

  private readAttribute(path: AttributeTarget, op: Verb, value: unknown, where: string): void {
    if (path.attribute.name === 'schemas' && !path.extension) return; // computed, whatever a client thinks of it
    const place = `${where} ${printPatchPath(path)}`;
    if (!isWritable(path)) throw mutability(`${place} is readOnly.`);
    if (op !== 'remove' && path.filter && !path.subAttribute) {
      depart('path-to-element', place, this.how, `${place} must end in a sub-attribute.`);
    }
    if (op === 'remove') this.readRemoval(path, value, place);
    else this.readWrite(path, op, value, place);
  }

  /**
   * An operation without a path: one operation per member of its value. Keys may be attribute names, dotted
   * (`name.givenName`), `URN:attr`, `emails[type eq "work"].value`, or a schema URN with an object.
   */
  takeApart(op: 'add' | 'replace', value: unknown, where: string): void {
    if (!isObject(value)) throw invalidValue(`${where} has no path, so its value must be an object of attributes.`);
    for (const key of Object.keys(value)) {
      if (isForbiddenName(key)) throw invalidPath(`${where}: ${JSON.stringify(key)} names no attribute.`);
      if (this.type.schemas.get(key.toLowerCase()) === this.type.schema) this.takeApart(op, value[key], where);
      else {
        const path = this.pathOfKey(key);
        if (path === undefined) ignore(key, this.how);
        else if (path.kind === 'extension' || isWritable(path)) this.readAt(path, op, value[key], where);
      }
    }
  }

  private pathOfKey(key: string): PatchPath | undefined {
    if (key.includes('[')) {
      depart('flat-name', key, this.how);
      return parseKnownPath(key, this.type, this.how);
    }
    const found = resolveName(key, this.type, true);
    if (found.kind === 'unknown') return undefined;
    const flat = found.kind === 'attribute' && (found.path.extension || found.path.subAttribute !== undefined);
    const odd = found.odd ?? (flat ? 'flat-name' : undefined);
    if (odd) depart(odd, key, this.how);
    return found.kind === 'schema' ? { kind: 'extension', schema: found.schema } : { kind: 'attribute', ...found.path };
  }

  /** The attributes of the extension that the value does not name stay as they are (RFC 7644 §3.5.2.3). */
  private readExtension(schema: Schema, op: Verb, value: unknown, where: string): void {
    if (op === 'remove' || isUnassigned(value)) {
      if (op !== 'add') this.operations.push({ op: 'remove', path: { kind: 'extension', schema } });
      return;
    }
    if (!isObject(value)) throw invalidValue(`${where}: the value for ${schema.id} must be an object.`);
    for (const key of Object.keys(value)) {
      const attribute = schema.byName.get(key.toLowerCase());
      if (!attribute) ignore(`${schema.id}:${key}`, this.how);
      else {
        const path: AttributeTarget = { kind: 'attribute', schema, extension: true, attribute };
        if (isWritable(path)) this.readAt(path, op, value[key], where);
      }
    }
  }

  private readRemoval(path: AttributeTarget, value: unknown, place: string): void {
    const list = path.attribute.multiValued && !path.filter && !path.subAttribute;
    if (!list || value === undefined || value === null) {
      this.operations.push({ op: 'remove', path });
      return;
    }
    // RFC 7644 has no value here, but Entra, authentik and JumpCloud name the elements to remove: never remove the rest.
    depart('remove-with-value', place, this.how);
    const elements = readValue(path.attribute, value, place, this.how);
    if (Array.isArray(elements)) this.operations.push({ op: 'remove', path, value: elements });
  }

  private readWrite(path: AttributeTarget, op: 'add' | 'replace', value: unknown, place: string): void {
    const read = this.readFor(path, value, place);
    if (read !== undefined) this.operations.push({ op, path, value: read });
    else if (op === 'replace') this.operations.push({ op: 'remove', path });
  }

  private readFor(path: AttributeTarget, value: unknown, place: string): unknown {
    if (path.subAttribute) {
      const given =
        path.subAttribute.name === 'value' ? valueOfJsonText(path.attribute, value, place, this.how) : value;
      return readValue(path.subAttribute, given, place, this.how);
    }
    if (!path.filter) return readValue(path.attribute, value, place, this.how);
    const element = Array.isArray(value) && value.length === 1 ? value[0] : value;
    return isUnassigned(element) ? undefined : readOne(path.attribute, element, place, this.how);
  }
}

const isWritable = (path: AttributeTarget): boolean =>
  path.attribute.mutability !== 'readOnly' && path.subAttribute?.mutability !== 'readOnly';
