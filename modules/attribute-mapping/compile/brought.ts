import type { Resource, ResourceType } from '../../scim/index.ts';
import { rowName } from '../document/target.ts';
import { parseTemplate } from '../document/template.ts';
import type { Brought } from '../mapping.ts';
import { parseSource } from '../source/path.ts';
import type { Source } from '../source/source.ts';
import type { PreparedRow } from './prepared-row.ts';

/** The attributes that a row reads by name; none for constants, and for expressions, which have the whole user. */
function sourcesOf({ row, source }: PreparedRow, type: ResourceType): readonly Source[] {
  if (source) return [source];
  if (row.type !== 'template') return [];
  return parseTemplate(row.template).flatMap((part) =>
    typeof part === 'string' ? [] : parseSource(part.source, type),
  );
}

/** What a user brings for each target, as it stands at the attributes that the rows read. Only people ask. */
export const broughtBy =
  (rows: readonly PreparedRow[], type: ResourceType) =>
  (user: Resource): readonly Brought[] =>
    rows
      .filter(({ read }) => read !== undefined)
      .flatMap((row) =>
        sourcesOf(row, type).map((source) => ({
          target: rowName(row.target.key),
          source: source.text,
          value: source.read(user),
        })),
      );
