import { join, type Sql, sql } from '../../../framework/index.ts';
import {
  type AttributePath,
  type Compare,
  type Filter,
  type FilterVisitor,
  invalidFilter,
  printPath,
  visit,
} from '../../../scim/index.ts';
import type { Elements, FixedTexts, Scalar, SearchAttribute, SearchSource } from '../source.ts';
import { compareTexts, textsPresent } from './fixed-texts.ts';
import { columnValue } from './operand.ts';
import { compareScalar, never, scalarPresent } from './scalar.ts';

/** What a filter, or an attribute to sort by, comes to in SQL. */
export interface Compiled {
  readonly condition: Sql;
  /** Names of the source's joins that it needs. */
  readonly needs: ReadonlySet<string>;
  /** Mapped targets whose row values it depends on. */
  readonly targets: ReadonlySet<string>;
}

type Value = Scalar | FixedTexts;

const either = (conditions: readonly Sql[]): Sql =>
  conditions.length === 0 ? never : sql`(${join([...conditions], ' OR ')})`;

const notFilterable = (path: AttributePath) => invalidFilter(`"${printPath(path)}" can't be filtered by.`);

/** The attribute at a path. @throws ScimError what `refusal` makes where it can't be searched */
export function attributeAt(source: SearchSource, path: AttributePath, refusal = notFilterable): SearchAttribute {
  const found =
    (path.subAttribute ?? path.attribute).returned === 'never' ? undefined : source.attribute(ownerPath(path));
  if (found) return found;
  throw refusal(path);
}

/** Multi-valued attributes are asked for as a whole, singular complex ones by their sub-attributes. */
function ownerPath(path: AttributePath): AttributePath {
  if (!path.subAttribute || !path.attribute.multiValued) return path;
  const { subAttribute: _, ...owner } = path;
  return owner;
}

/** A sub-attribute of one element, or the element itself. @throws ScimError what `refusal` makes where it can't be searched */
export function elementValue(elements: Elements, path: AttributePath, refusal = notFilterable): Value {
  const found = path.subAttribute?.returned === 'never' ? undefined : elements.sub(path.subAttribute?.name);
  if (found) return found;
  throw refusal(path);
}

const valuePresent = (value: Value): Sql => (value.is === 'texts' ? textsPresent(value) : scalarPresent(value));

function compareValue(value: Value, { path, op, value: operand }: Compare): Sql {
  if (operand === null) return op === 'eq' ? sql`NOT ${valuePresent(value)}` : valuePresent(value);
  if (value.is === 'texts') return compareTexts(value, { op, value: operand });
  return compareScalar(value, op, columnValue(value.kind, op, operand), printPath(path));
}

/** Correlated with the resource at hand: right for checking a candidate, wrong for finding one. */
const someElement = ({ from }: Elements, condition: Sql): Sql => sql`EXISTS (SELECT 1 ${from} AND ${condition})`;

/** Composites are the same on every level: the resource, or one of its elements. */
function level(own: Pick<FilterVisitor<Sql>, 'compare' | 'present' | 'valuePath'>): FilterVisitor<Sql> {
  const visitor: FilterVisitor<Sql> = {
    ...own,
    and: ({ filters }) =>
      sql`(${join(
        filters.map((filter) => visit(filter, visitor)),
        ' AND ',
      )})`,
    or: ({ filters }) => either(filters.map((filter) => visit(filter, visitor))),
    not: ({ filter }) => sql`NOT (${visit(filter, visitor)})`,
  };
  return visitor;
}

/** What stands between the brackets of a value path, as a condition on one element. */
export function compileElement(elements: Elements, filter: Filter): Sql {
  return visit(
    filter,
    level({
      compare: (node) => compareValue(elementValue(elements, node.path), node),
      present: ({ path }) => valuePresent(elementValue(elements, path)),
      valuePath({ path }) {
        throw invalidFilter(`"${printPath(path)}" can't stand inside another pair of brackets.`);
      },
    }),
  );
}

/**
 * Compiles a filter to a condition on a resource and its joins. It holds exactly where `evaluate` says so of the resource
 * that a read answers, and is never NULL.
 *
 * @throws ScimError `invalidFilter` for an attribute that can't be filtered by
 */
export function compileFilter(filter: Filter, source: SearchSource): Compiled {
  const needs = new Set<string>();
  const targets = new Set<string>();
  const attribute = (path: AttributePath): SearchAttribute => {
    const found = attributeAt(source, path);
    for (const name of found.needs ?? []) needs.add(name);
    for (const target of found.targets ?? []) targets.add(target);
    return found;
  };

  const presentAt = (path: AttributePath): Sql => {
    const found = attribute(path);
    if (found.is === 'elements') {
      const { subAttributes } = path.attribute;
      const any =
        path.subAttribute || subAttributes.length === 0
          ? valuePresent(elementValue(found, path))
          : either(
              subAttributes.flatMap(({ name }) => {
                const value = found.sub(name);
                return value ? [valuePresent(value)] : [];
              }),
            );
      return someElement(found, any);
    }
    if (found.is !== 'complex') return valuePresent(found);
    return either(path.attribute.subAttributes.map((subAttribute) => presentIfKnown({ ...path, subAttribute })));
  };
  const presentIfKnown = (path: AttributePath): Sql => (source.attribute(path) ? presentAt(path) : never);

  const user = level({
    compare(node) {
      const found = attribute(node.path);
      if (found.is === 'complex') throw invalidFilter(`"${printPath(node.path)}" is complex; name a sub-attribute.`);
      if (found.is !== 'elements') return compareValue(found, node);
      const value = elementValue(found, node.path);
      if (node.value === null) {
        const some = someElement(found, valuePresent(value));
        return node.op === 'eq' ? sql`NOT ${some}` : some;
      }
      // "ne" over several values: none of them is it.
      if (node.op === 'ne') return sql`NOT ${someElement(found, compareValue(value, { ...node, op: 'eq' }))}`;
      return someElement(found, compareValue(value, node));
    },
    present: ({ path }) => presentAt(path),
    valuePath({ path, filter: inner }) {
      const found = attribute(path);
      if (found.is === 'elements') return someElement(found, compileElement(found, inner));
      if (found.is === 'complex') return sql`(${found.exists} AND ${visit(inner, user)})`;
      throw invalidFilter(`"${printPath(path)}" is not complex; brackets can't follow it.`);
    },
  });
  return { condition: visit(filter, user), needs, targets };
}
