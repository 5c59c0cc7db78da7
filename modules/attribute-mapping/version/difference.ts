import { isDeepStrictEqual } from 'node:util';
import type { DeclaredSource, MappingDocument, MappingRow } from '../document/document.ts';

/** One member of a row or a source; missing where it has none. */
export interface ChangedField {
  readonly field: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

export interface ChangedRow {
  readonly id: string;
  readonly before: MappingRow;
  readonly after: MappingRow;
  readonly fields: readonly ChangedField[];
}

/** A row that stands elsewhere among those that both documents have. Places count from 1 in the whole document. */
export interface MovedRow {
  readonly id: string;
  readonly from: number;
  readonly to: number;
}

/** What became of one document on the way to another, row by row and field by field. */
export interface MappingDifference {
  readonly same: boolean;
  readonly added: readonly MappingRow[];
  readonly removed: readonly MappingRow[];
  readonly changed: readonly ChangedRow[];
  readonly moved: readonly MovedRow[];
  readonly sources: {
    readonly added: readonly DeclaredSource[];
    readonly removed: readonly DeclaredSource[];
    readonly changed: readonly { readonly name: string; readonly fields: readonly ChangedField[] }[];
  };
}

const fieldsOf = (before: object, after: object): readonly ChangedField[] => {
  const [old, next] = [before as Readonly<Record<string, unknown>>, after as Readonly<Record<string, unknown>>];
  return [...new Set([...Object.keys(old), ...Object.keys(next)])]
    .filter((field) => !isDeepStrictEqual(old[field], next[field]))
    .map((field) => ({
      field,
      ...(field in old ? { before: old[field] } : {}),
      ...(field in next ? { after: next[field] } : {}),
    }));
};

/**
 * The longest run of places that keeps its order; what is not in it has moved. Quadratic in the rows of a document, of
 * which there are dozens.
 */
function inOrder(places: readonly number[]): ReadonlySet<number> {
  const length: number[] = [];
  const previous: number[] = [];
  let end = -1;
  for (const [i, place] of places.entries()) {
    length[i] = 1;
    previous[i] = -1;
    for (let j = 0; j < i; j++) {
      if ((places[j] ?? 0) >= place || (length[j] ?? 0) < (length[i] ?? 0)) continue;
      length[i] = (length[j] ?? 0) + 1;
      previous[i] = j;
    }
    if ((length[i] ?? 0) > (length[end] ?? 0)) end = i;
  }
  const kept = new Set<number>();
  for (let i = end; i >= 0; i = previous[i] ?? -1) kept.add(places[i] ?? -1);
  return kept;
}

const places = (document: MappingDocument): ReadonlyMap<string, number> =>
  new Map(document.rows.map(({ id }, index) => [id, index]));

function movedBetween(from: MappingDocument, to: MappingDocument): readonly MovedRow[] {
  const before = places(from);
  const common = to.rows.flatMap(({ id }, index) => {
    const place = before.get(id);
    return place === undefined ? [] : [{ id, place, index }];
  });
  const kept = inOrder(common.map(({ place }) => place));
  return common
    .filter(({ place }) => !kept.has(place))
    .map(({ id, place, index }) => ({ id, from: place + 1, to: index + 1 }));
}

/** Compares two documents: rows by their ids, sources by their names. */
export function difference(from: MappingDocument, to: MappingDocument): MappingDifference {
  const [before, after] = [from, to].map(({ rows }) => new Map(rows.map((row) => [row.id, row])));
  const [had, has] = [from, to].map(({ sources = [] }) => new Map(sources.map((source) => [source.name, source])));
  if (!before || !after || !had || !has) throw new Error('two documents are compared');
  const changed = [...after.values()].flatMap((row) => {
    const old = before.get(row.id);
    const fields = old ? fieldsOf(old, row) : [];
    return old && fields.length > 0 ? [{ id: row.id, before: old, after: row, fields }] : [];
  });
  const found = {
    added: [...after.values()].filter(({ id }) => !before.has(id)),
    removed: [...before.values()].filter(({ id }) => !after.has(id)),
    changed,
    moved: movedBetween(from, to),
    sources: {
      added: [...has.values()].filter(({ name }) => !had.has(name)),
      removed: [...had.values()].filter(({ name }) => !has.has(name)),
      changed: [...has.values()].flatMap((source) => {
        const old = had.get(source.name);
        const fields = old ? fieldsOf(old, source) : [];
        return fields.length > 0 ? [{ name: source.name, fields }] : [];
      }),
    },
  };
  const { sources, ...rows } = found;
  return { same: [rows, sources].every((part) => Object.values(part).every((list) => list.length === 0)), ...found };
}
