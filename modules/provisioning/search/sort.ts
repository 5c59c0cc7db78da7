import { type Dialect, type Sql, sql } from '../../framework/index.ts';
import { type AttributePath, invalidValue, printPath } from '../../scim/index.ts';
import { attributeAt, elementValue } from './filter/compile.ts';
import type { IndexedOrder, Scalar, ScalarKind, SearchSource } from './source.ts';

/** What a query sorts by, as an expression; NULL where a resource has no value. */
export interface SortKey {
  readonly value: Sql;
  readonly kind: ScalarKind;
  /** Characters by which longer texts are compared; whole ones without it. */
  readonly longest: number | undefined;
  readonly nullable: boolean;
  readonly order: IndexedOrder | 'key' | undefined;
  readonly needs: ReadonlySet<string>;
  readonly targets: ReadonlySet<string>;
}

/** Values longer than this are compared by their beginning: a cursor has to carry them. */
const longest = 600;

const notSortable = (path: AttributePath) => invalidValue(`sortBy: "${printPath(path)}" can't be sorted by.`);

/**
 * The sort key at a path: of a multi-valued attribute the primary value, else the first (RFC 7644 §3.4.2.3). Undefined
 * where all resources have the same, so that they stay in the order of their keys.
 *
 * @throws ScimError `invalidValue` for an attribute that can't be sorted by
 */
export function sortKeyOf(dialect: Dialect, source: SearchSource, path: AttributePath): SortKey | undefined {
  const found = attributeAt(source, path, notSortable);
  if (found.is === 'complex' || found.is === 'texts') return undefined;
  const needs = new Set(found.needs);
  const targets = new Set(found.targets);
  if (found.is === 'scalar')
    return {
      value: bounded(dialect, found),
      kind: found.kind,
      longest: longestOf(found),
      nullable: found.nullable,
      order: found.order,
      needs,
      targets,
    };
  const value = elementValue(found, path, notSortable);
  if (value.is === 'texts') return undefined;
  const first = found.mainFirst ? sql` ORDER BY ${found.mainFirst}` : sql``;
  return {
    value: sql`(SELECT ${bounded(dialect, value)} ${found.from}${first} LIMIT 1)`,
    kind: value.kind,
    longest: longestOf(value),
    nullable: true,
    order: undefined,
    needs,
    targets,
  };
}

const longestOf = ({ kind, order }: Scalar): number | undefined =>
  order === undefined && (kind === 'text' || kind === 'exact') ? longest : undefined;

function bounded(dialect: Dialect, scalar: Scalar): Sql {
  const characters = longestOf(scalar);
  return characters === undefined ? scalar.value : dialect.beginning(scalar.value, characters);
}
