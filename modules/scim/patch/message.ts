import { depart } from '../deviation/depart.ts';
import { member } from '../messages/member.ts';
import { checkSchemas } from '../messages/schemas.ts';
import { type Reading, reading } from '../mode.ts';
import { parseKnownPath } from '../path/patch-path.ts';
import { invalidPath, invalidSyntax, invalidValue, noTarget } from '../refusal.ts';
import { ignore } from '../resource/read-value.ts';
import { isObject, isUnassigned } from '../resource/resource.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import type { PatchOperation } from './operation.ts';
import { PatchReader } from './reader.ts';

export const PATCH_OP_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** Most operations in one message. */
export const MOST_OPERATIONS = 1000;

type Verb = PatchOperation['op'];

/**
 * Reads a PatchOp message (RFC 7644 §3.5.2) into elementary operations with resolved paths and values of the right
 * type. Operations without a path are taken apart (nested objects, dotted and URN keys); in them, readOnly attributes
 * and the resource's own `id` and `schemas` are left out as in a PUT.
 *
 * Throws `invalidSyntax` (no PatchOp), `invalidPath`, `invalidValue`, `mutability` (readOnly path), `noTarget`
 * (remove without a path). Details begin with `Operations[<index>]`.
 */
export function readPatch(body: unknown, type: ResourceType, given: Partial<Reading> = {}): PatchOperation[] {
  const how = reading(given);
  const reader = new PatchReader(type, how);
  listOperations(body, how).forEach((entry, index) => {
    readOperation(entry, `Operations[${index}]`, type, how, reader);
  });
  return reader.operations;
}

function listOperations(body: unknown, how: Reading): readonly unknown[] {
  if (!isObject(body)) throw invalidSyntax('The body must be a PatchOp message.');
  checkSchemas(body, PATCH_OP_SCHEMA, how);
  const operations = member(body, 'operations');
  if (!Array.isArray(operations) || operations.length === 0) {
    throw invalidSyntax('A PatchOp message needs "Operations", a list of one or more operations.');
  }
  if (operations.length > MOST_OPERATIONS) {
    throw invalidValue(`A PatchOp message may hold ${MOST_OPERATIONS} operations, this one has ${operations.length}.`);
  }
  return operations;
}

function readOperation(entry: unknown, where: string, type: ResourceType, how: Reading, reader: PatchReader): void {
  if (!isObject(entry)) throw invalidSyntax(`${where} must be an object with "op".`);
  const op = readVerb(member(entry, 'op'), where, how);
  const path = member(entry, 'path');
  const value = member(entry, 'value');
  if (op !== 'remove' && value === undefined) throw invalidValue(`${where} needs a "value" to ${op}.`);
  if (isUnassigned(path) || path === '') {
    if (op === 'remove') throw noTarget(`${where} says "remove" but has no path.`);
    depart('patch-without-path', where, how, `${where} needs a "path".`);
    reader.takeApart(op, value, where);
    return;
  }
  if (typeof path !== 'string') throw invalidPath(`${where}: the path must be a string.`);
  const target = parseKnownPath(path, type, how);
  if (target) reader.readAt(target, op, value, where);
  else ignore(path, how);
}

function readVerb(op: unknown, where: string, how: Reading): Verb {
  const verb = typeof op === 'string' ? op.trim().toLowerCase() : undefined;
  if (verb === 'add' || verb === 'replace' || verb === 'remove') {
    if (verb !== op) depart('op-case', 'Operations', how);
    return verb;
  }
  throw invalidSyntax(`${where} needs an "op" of add, replace or remove.`);
}
