import { depart } from '../deviation/depart.ts';
import type { ScimError } from '../error.ts';
import { quoted } from '../error.ts';
import { parseNumber } from '../filter/value.ts';
import { member } from '../messages/member.ts';
import { checkSchemas } from '../messages/schemas.ts';
import type { Reading } from '../mode.ts';
import { invalidSyntax, invalidValue, methodNotAllowed, tooManyOperations } from '../refusal.ts';
import { isObject } from '../resource/resource.ts';

export const BULK_REQUEST_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';

/** One operation of a bulk request as it was sent. */
export interface BulkOperation {
  /** In upper case; empty where none was sent. */
  readonly method: string;
  readonly path: string;
  readonly bulkId?: string;
  /** The version that the client has seen: If-Match. */
  readonly version?: string;
  readonly data?: unknown;
  /** What is wrong with the operation in itself; it is answered in its place, and ends nothing. */
  readonly fault?: ScimError;
}

export interface BulkRequest {
  readonly operations: readonly BulkOperation[];
  /** So many errors end the request; undefined: none does. */
  readonly failOnErrors?: number;
}

const methods = ['POST', 'PUT', 'PATCH', 'DELETE'];

/** Longest bulkId, in UTF-16 units. */
const LONGEST = 256;

/**
 * Reads a BulkRequest message (RFC 7644 §3.7). What is wrong with the message is thrown: `invalidSyntax`, or 413 for
 * more than `limit` operations. What is wrong with one operation is its `fault`.
 */
export function readBulk(body: unknown, limit: number, how: Reading): BulkRequest {
  if (!isObject(body)) throw invalidSyntax('The body must be a BulkRequest message.');
  checkSchemas(body, BULK_REQUEST_SCHEMA, how);
  const entries = member(body, 'operations');
  if (!Array.isArray(entries) || entries.length === 0) {
    throw invalidSyntax('A BulkRequest message needs "Operations", a list of one or more operations.');
  }
  if (entries.length > limit) throw tooManyOperations(entries.length, limit);
  const failOnErrors = readFailOnErrors(member(body, 'failonerrors'), how);
  const operations = withoutTwins(entries.map(readOperation));
  return failOnErrors === undefined ? { operations } : { operations, failOnErrors };
}

function readFailOnErrors(value: unknown, how: Reading): number | undefined {
  if (value === undefined || value === null) return undefined;
  const number = typeof value === 'string' ? parseNumber(value) : value;
  if (typeof number !== 'number' || !Number.isInteger(number) || number < 0) {
    throw invalidValue('failOnErrors must be an integer from 1.');
  }
  if (typeof value === 'string') depart('string-number', 'failOnErrors', how);
  return number;
}

function readOperation(entry: unknown): BulkOperation {
  if (!isObject(entry)) return { method: '', path: '', fault: invalidSyntax('An operation must be an object.') };
  const method = textOf(entry, 'method').trim().toUpperCase();
  const path = textOf(entry, 'path');
  const bulkId = member(entry, 'bulkid') ?? undefined;
  const version = member(entry, 'version') ?? undefined;
  const data = member(entry, 'data') ?? undefined;
  const fault = faultOf(method, path, bulkId, version, data);
  return {
    method,
    path,
    ...(isBulkId(bulkId) ? { bulkId } : {}),
    ...(typeof version === 'string' ? { version } : {}),
    ...(data === undefined || method === 'DELETE' ? {} : { data }),
    ...(fault ? { fault } : {}),
  };
}

function faultOf(
  method: string,
  path: string,
  bulkId: unknown,
  version: unknown,
  data: unknown,
): ScimError | undefined {
  if (method === '') return invalidSyntax('An operation needs a "method" of POST, PUT, PATCH or DELETE.');
  if (!methods.includes(method)) return methodNotAllowed(quoted(method), methods);
  if (path === '') return invalidSyntax('An operation needs a "path", such as "/Users" or "/Users/<id>".');
  if (bulkId !== undefined && !isBulkId(bulkId)) {
    return invalidSyntax(`A bulkId must be a string of 1 to ${LONGEST} characters.`);
  }
  if (method === 'POST' && bulkId === undefined) return invalidSyntax('An operation with POST needs a "bulkId".');
  if (version !== undefined && typeof version !== 'string') return invalidSyntax('"version" must be a string.');
  if (method !== 'DELETE' && data === undefined) return invalidSyntax(`An operation with ${method} needs "data".`);
  return undefined;
}

/** Where two operations have one bulkId, nobody can tell which of them is meant: none is run. */
function withoutTwins(operations: readonly BulkOperation[]): readonly BulkOperation[] {
  const count = new Map<string, number>();
  for (const { bulkId } of operations) if (bulkId !== undefined) count.set(bulkId, (count.get(bulkId) ?? 0) + 1);
  if ([...count.values()].every((times) => times === 1)) return operations;
  return operations.map((operation) => {
    const { bulkId, fault } = operation;
    if (fault || bulkId === undefined || count.get(bulkId) === 1) return operation;
    return { ...operation, fault: invalidValue(`Several operations have the bulkId ${quoted(bulkId)}.`) };
  });
}

const textOf = (entry: Readonly<Record<string, unknown>>, name: string): string => {
  const value = member(entry, name);
  return typeof value === 'string' ? value : '';
};

const isBulkId = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && value.length <= LONGEST;
