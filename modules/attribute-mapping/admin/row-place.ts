import type { DeclaredSource, MappingDocument, MappingRow } from '../document/document.ts';

export const findRow = ({ rows }: MappingDocument, id: string): MappingRow | undefined =>
  rows.find((row) => row.id === id);

/** An id for a row that leads there, which no other row has. */
export function freshId({ rows }: MappingDocument, target: string): string {
  const base =
    target
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 50) || 'row';
  // "new" is the address of a row to be added.
  const taken = new Set(['new', ...rows.map(({ id }) => id)]);
  for (let n = 1; ; n++) {
    const id = n === 1 ? base : `${base}-${n}`;
    if (!taken.has(id)) return id;
  }
}

/** The document with the row in the place of the one of its id, else at the end; `declared` joins its sources. */
export function withRow(document: MappingDocument, row: MappingRow, declared?: DeclaredSource): MappingDocument {
  const there = findRow(document, row.id) !== undefined;
  const { sources = [] } = document;
  return {
    ...document,
    rows: there ? document.rows.map((one) => (one.id === row.id ? row : one)) : [...document.rows, row],
    ...(declared && !sources.some(({ name }) => name === declared.name) ? { sources: [...sources, declared] } : {}),
  };
}

export const withoutRow = (document: MappingDocument, id: string): MappingDocument | undefined =>
  findRow(document, id) ? { ...document, rows: document.rows.filter((row) => row.id !== id) } : undefined;

/** The document with the row one place further up (-1) or down (1), where there is one. */
export function movedRow(document: MappingDocument, id: string, by: -1 | 1): MappingDocument | undefined {
  const from = document.rows.findIndex((row) => row.id === id);
  const row = document.rows[from];
  const other = document.rows[from + by];
  if (!row) return undefined;
  if (!other) return document;
  const rows = [...document.rows];
  rows[from] = other;
  rows[from + by] = row;
  return { ...document, rows };
}

/** The document with the row switched on, or off. */
export function switchedRow(document: MappingDocument, id: string): MappingDocument | undefined {
  const row = findRow(document, id);
  if (!row) return undefined;
  const { enabled, ...rest } = row;
  return withRow(document, (enabled === false ? rest : { ...row, enabled: false }) as MappingRow);
}

/** The document without a declared source. */
export function withoutSource(document: MappingDocument, name: string): MappingDocument | undefined {
  const { sources = [], ...rest } = document;
  const kept = sources.filter((source) => source.name !== name);
  if (kept.length === sources.length) return undefined;
  return { ...rest, ...(kept.length > 0 ? { sources: kept } : {}) };
}
