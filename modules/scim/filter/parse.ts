import { depart } from '../deviation/depart.ts';
import { quoted } from '../error.ts';
import { type Reading, reading } from '../mode.ts';
import { type AttributePath, printPath, resolveName } from '../path/attribute-path.ts';
import { invalidFilter } from '../refusal.ts';
import type { AttributeDefinition } from '../schema/attribute.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import { Cursor } from './cursor.ts';
import { allOf, anyOf, type CompareOperator, type Filter } from './filter.ts';
import { readOperand } from './operand.ts';

/** Longest filter, in UTF-8 bytes; deepest nesting of brackets and `not`; most comparisons and brackets in all. */
export const filterLimits = { bytes: 4096, depth: 20, nodes: 50 } as const;

const operators: ReadonlySet<string> = new Set(['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le']);

/**
 * Parses a filter (RFC 7644 §3.4.2.2): every operator, `and` before `or`, `not (…)`, grouping, value paths, URNs with
 * dots; names and operators in any case. Time is linear in the text. In `compat` it also takes unquoted values,
 * booleans as strings, extension attributes without their URN and the type's aliases, and notes it.
 *
 * Throws `invalidFilter`, which names the fault and its position.
 */
export function parseFilter(text: string, type: ResourceType, given: Partial<Reading> = {}): Filter {
  if (text.length > filterLimits.bytes || Buffer.byteLength(text) > filterLimits.bytes) {
    throw invalidFilter(`The filter is longer than ${filterLimits.bytes} bytes.`);
  }
  const cursor = new Cursor(text);
  const filter = parseAt(cursor, type, reading(given));
  if (!cursor.atEnd) throw cursor.fault('expected "and", "or" or the end');
  return filter;
}

/**
 * Parses from the cursor to where the filter ends: the end of the text or a closing bracket. With `parent` the names
 * are those of its sub-attributes, as in the brackets of a PATCH path.
 */
export function parseAt(cursor: Cursor, type: ResourceType, how: Reading, parent?: AttributePath): Filter {
  const parser = new FilterParser(cursor, type, how, parent);
  cursor.skipBlanks();
  return parser.disjunction();
}

class FilterParser {
  private readonly cursor: Cursor;
  private readonly type: ResourceType;
  private readonly reading: Reading;
  /** Set inside the brackets of a value path: names are those of its sub-attributes. */
  private parent: AttributePath | undefined;
  private depth = 0;
  private nodes = 0;

  constructor(cursor: Cursor, type: ResourceType, how: Reading, parent: AttributePath | undefined) {
    this.cursor = cursor;
    this.type = type;
    this.reading = how;
    this.parent = parent;
  }

  disjunction(): Filter {
    const filters = [this.conjunction()];
    while (this.cursor.takeWord('or')) filters.push(this.conjunction());
    return anyOf(filters);
  }

  private conjunction(): Filter {
    const filters = [this.term()];
    while (this.cursor.takeWord('and')) filters.push(this.term());
    return allOf(filters);
  }

  private term(): Filter {
    const { cursor } = this;
    if (cursor.take('(')) return this.nested(')');
    const start = cursor.position;
    const name = cursor.name();
    if (name === '') throw cursor.fault('expected an attribute name or "("');
    const afterName = cursor.position;
    cursor.skipBlanks();
    if (name.toLowerCase() === 'not' && cursor.take('(')) {
      this.count(start);
      return { kind: 'not', filter: this.nested(')') };
    }
    const path = this.resolve(name, start);
    if (afterName === cursor.position && cursor.take('[')) return this.valuePath(path, start);
    return this.comparison(path, start);
  }

  /** What stands between brackets, up to and with the closing one and the blanks after it. */
  private nested(closing: ')' | ']'): Filter {
    const { cursor } = this;
    this.depth++;
    if (this.depth > filterLimits.depth) throw cursor.fault(`nesting deeper than ${filterLimits.depth}`);
    cursor.skipBlanks();
    const filter = this.disjunction();
    cursor.expect(closing);
    if (closing === ')') cursor.skipBlanks();
    this.depth--;
    return filter;
  }

  private valuePath(path: AttributePath, start: number): Filter {
    const { cursor } = this;
    this.count(start);
    if (this.parent) throw cursor.fault('a value path inside a value path', start);
    if (path.subAttribute || path.attribute.type !== 'complex') {
      throw cursor.fault(`${printPath(path)} has no sub-attributes to filter by`, start);
    }
    this.parent = path;
    let filter = this.nested(']');
    if (cursor.take('.')) {
      // Entra's `emails[type eq "work"].value eq "x"`: the element that matches must also have that value.
      const subStart = cursor.position;
      depart('filtered-path-in-filter', `filter ${printPath(path)}`, this.reading);
      const sub = this.resolve(cursor.name(), subStart);
      cursor.skipBlanks();
      filter = allOf([filter, this.comparison(sub, subStart)]);
    }
    this.parent = undefined;
    cursor.skipBlanks();
    return { kind: 'valuePath', path, filter };
  }

  private comparison(path: AttributePath, start: number): Filter {
    const { cursor } = this;
    this.count(start);
    const opStart = cursor.position;
    const op = cursor.name().toLowerCase();
    if (op === 'pr') {
      cursor.skipBlanks();
      return { kind: 'present', path };
    }
    if (!isCompareOperator(op))
      throw cursor.fault('expected an operator (eq, ne, co, sw, ew, gt, ge, lt, le, pr)', opStart);
    cursor.skipBlanks();
    const valueStart = cursor.position;
    const literal = cursor.literal();
    const simple = this.simple(path, start);
    const operand = readOperand(simple.subAttribute ?? simple.attribute, op, literal, this.reading.mode);
    if (operand.wrong !== undefined) throw cursor.fault(operand.wrong, valueStart);
    if (operand.deviation !== undefined) depart(operand.deviation, `filter ${printPath(simple)}`, this.reading);
    cursor.skipBlanks();
    return { kind: 'compare', path: simple, op, value: operand.value };
  }

  /** `emails eq "x"` means `emails.value`, `manager eq "7"` means `manager.value`. */
  private simple(path: AttributePath, start: number): AttributePath {
    if (path.subAttribute || path.attribute.type !== 'complex') return path;
    const value = path.attribute.byName.get('value');
    if (!value) throw this.cursor.fault(`${printPath(path)} is complex; name one of its sub-attributes`, start);
    return { ...path, subAttribute: value };
  }

  private resolve(name: string, start: number): AttributePath {
    const { cursor, parent, type } = this;
    if (parent) {
      const sub = parent.attribute.byName.get(name.toLowerCase());
      if (!sub) throw cursor.fault(`${printPath(parent)} has no sub-attribute ${quoted(name)}`, start);
      return this.readable({ ...parent, subAttribute: sub }, start);
    }
    const compat = this.reading.mode === 'compat';
    const alias = compat ? type.aliases.get(name.toLowerCase()) : undefined;
    const found = resolveName(alias ?? name, type, compat);
    if (found.kind !== 'attribute') throw cursor.fault(`${type.name} has no attribute ${quoted(name)}`, start);
    if (alias !== undefined) depart('alias', `filter ${name.toLowerCase()}`, this.reading);
    if (found.odd) depart(found.odd, `filter ${name}`, this.reading);
    return this.readable(found.path, start);
  }

  /** A password can't be searched for: the answer would tell what it is. */
  private readable(path: AttributePath, start: number): AttributePath {
    if (hidden(path.attribute) || (path.subAttribute && hidden(path.subAttribute))) {
      throw this.cursor.fault(`${printPath(path)} is never returned and cannot be filtered by`, start);
    }
    return path;
  }

  private count(position: number): void {
    this.nodes++;
    if (this.nodes > filterLimits.nodes) throw this.cursor.fault(`more than ${filterLimits.nodes} terms`, position);
  }
}

const isCompareOperator = (word: string): word is CompareOperator => operators.has(word);

const hidden = (attribute: AttributeDefinition): boolean => attribute.returned === 'never';
