import { depart } from '../deviation/depart.ts';
import { quoted } from '../error.ts';
import { Cursor } from '../filter/cursor.ts';
import type { Filter } from '../filter/filter.ts';
import { parseAt } from '../filter/parse.ts';
import { printValueFilter } from '../filter/print.ts';
import { type Reading, reading } from '../mode.ts';
import { invalidPath } from '../refusal.ts';
import { isForbiddenName } from '../resource/resource.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import type { Schema } from '../schema/schema.ts';
import { type AttributePath, printPath, resolveName } from './attribute-path.ts';

/** Where a PATCH operation works: on an attribute (RFC 7644 §3.5.2, Figure 7), or on a whole extension. */
export type PatchPath = AttributeTarget | ExtensionTarget;

export interface AttributeTarget extends AttributePath {
  readonly kind: 'attribute';
  /** Selects elements of the multi-valued attribute; its paths are whole ones (`emails.type`). */
  readonly filter?: Filter;
}

export interface ExtensionTarget {
  readonly kind: 'extension';
  readonly schema: Schema;
}

/** Longest path, in UTF-16 units. */
const LONGEST = 4096;

/**
 * Parses the path of a PATCH operation: `name.givenName`, `URN:attr`, `URN.attr`, a bare extension URN,
 * `emails[type eq "work"]`, `emails[type eq "work"].value`. Throws `invalidPath`.
 */
export function parsePath(text: string, type: ResourceType, given: Partial<Reading> = {}): PatchPath {
  const path = parseKnownPath(text, type, given);
  if (path === undefined) throw invalidPath(`No known schema has the attribute ${quoted(text)}.`);
  return path;
}

/** The same, but undefined where the path is well-formed and qualified by a schema that nobody here knows. */
export function parseKnownPath(text: string, type: ResourceType, given: Partial<Reading> = {}): PatchPath | undefined {
  if (text.length > LONGEST) throw invalidPath(`The path is longer than ${LONGEST} characters.`);
  const how = reading(given);
  const cursor = new Cursor(text.trim(), invalidPath);
  const name = cursor.name();
  if (name === '') throw cursor.fault('expected an attribute name');
  if (name.split(/[.:]/).some(isForbiddenName)) throw invalidPath(`The path ${quoted(text)} names no attribute.`);
  const found = resolveName(name, type, how.mode === 'compat');
  if (found.kind === 'unknown') {
    if (found.what === 'schema') return undefined;
    throw invalidPath(`${type.name} has no attribute ${quoted(name)}.`);
  }
  if (found.odd) depart(found.odd, `path ${name}`, how);
  if (found.kind === 'schema') {
    if (!cursor.atEnd) throw cursor.fault('expected the end');
    if (found.schema === type.schema)
      throw invalidPath(`The path ${quoted(text)} is a schema; name an attribute of it.`);
    return { kind: 'extension', schema: found.schema };
  }
  if (cursor.atEnd) return { kind: 'attribute', ...found.path };
  return parseFilteredPath(cursor, found.path, type, how);
}

/** The canonical text of a path. */
export function printPatchPath(path: PatchPath): string {
  if (path.kind === 'extension') return path.schema.id;
  if (!path.filter) return printPath(path);
  const { schema, extension, attribute } = path;
  const sub = path.subAttribute ? `.${path.subAttribute.name}` : '';
  return `${printPath({ schema, extension, attribute })}[${printValueFilter(path.filter)}]${sub}`;
}

function parseFilteredPath(cursor: Cursor, path: AttributePath, type: ResourceType, how: Reading): PatchPath {
  const start = cursor.position;
  cursor.expect('[');
  if (path.subAttribute || path.attribute.type !== 'complex' || !path.attribute.multiValued) {
    throw cursor.fault(`${printPath(path)} has no values to select from`, start);
  }
  const filter = parseAt(cursor, type, how, path);
  cursor.expect(']');
  if (cursor.atEnd) return { kind: 'attribute', ...path, filter };
  cursor.expect('.');
  const name = cursor.name();
  const subAttribute = path.attribute.byName.get(name.toLowerCase());
  if (!subAttribute) throw invalidPath(`${printPath(path)} has no sub-attribute ${quoted(name)}.`);
  if (!cursor.atEnd) throw cursor.fault('expected the end');
  return { kind: 'attribute', ...path, subAttribute, filter };
}
