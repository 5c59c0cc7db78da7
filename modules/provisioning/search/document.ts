import { type Dialect, type JsonPath, type Sql, sql } from '../../framework/index.ts';
import type { AttributeDefinition, AttributePath } from '../../scim/index.ts';
import type { Elements, Scalar, ScalarKind, SearchAttribute } from './source.ts';

/** A JSON document and its searchable copy, which is NULL where the document can be searched as it stands. */
export interface DocumentColumns {
  readonly document: Sql;
  readonly search: Sql;
  /** The source's join that has both. */
  readonly needs: readonly string[];
}

const kinds: Readonly<Partial<Record<AttributeDefinition['type'], ScalarKind>>> = {
  boolean: 'flag',
  integer: 'number',
  decimal: 'number',
  dateTime: 'isoTime',
};

const kindOf = ({ type, caseExact }: AttributeDefinition): ScalarKind => kinds[type] ?? (caseExact ? 'exact' : 'text');

/** Any attribute as it stands in a document: simple or complex, with one value or many. */
export function documentAttribute(
  dialect: Dialect,
  columns: DocumentColumns,
  path: AttributePath,
  targets: readonly string[] = [],
): SearchAttribute {
  const { needs } = columns;
  const { attribute, subAttribute } = path;
  const json = sql`COALESCE(${columns.search}, ${columns.document})`;
  const place: JsonPath = path.extension ? [path.schema.id, attribute.name] : [attribute.name];
  if (attribute.multiValued) return { ...documentElements(dialect, columns, json, place, attribute), needs, targets };
  if (attribute.type === 'complex' && !subAttribute)
    return { is: 'complex', exists: dialect.jsonHas(json, place), needs, targets };
  const definition = subAttribute ?? attribute;
  const whole: JsonPath = subAttribute ? [...place, subAttribute.name] : place;
  return { ...documentScalar(dialect, columns.search, definition, readFrom(dialect, json, whole)), needs, targets };
}

interface Reads {
  text(): Sql;
  number(): Sql;
  flag(): Sql;
}

const readFrom = (dialect: Dialect, json: Sql, path: JsonPath): Reads => ({
  text: () => dialect.jsonText(json, path),
  number: () => dialect.jsonNumber(json, path),
  flag: () => dialect.jsonFlag(json, path),
});

/** What a read answers, as it is compared. A document without a copy is ASCII, so that LOWER folds it everywhere alike. */
function documentScalar(dialect: Dialect, search: Sql, definition: AttributeDefinition, reads: Reads): Scalar {
  const kind = kindOf(definition);
  switch (kind) {
    case 'flag':
      return { is: 'scalar', kind, value: reads.flag(), nullable: true };
    case 'number':
      return { is: 'scalar', kind, value: reads.number(), nullable: true };
    case 'text': {
      const folded = sql`CASE WHEN ${search} IS NULL THEN LOWER(${reads.text()}) ELSE ${reads.text()} END`;
      return { is: 'scalar', kind, value: dialect.bytes(folded), nullable: true };
    }
    default:
      return { is: 'scalar', kind, value: dialect.bytes(reads.text()), nullable: true };
  }
}

function documentElements(
  dialect: Dialect,
  { search }: DocumentColumns,
  json: Sql,
  place: JsonPath,
  attribute: AttributeDefinition,
): Elements {
  const names = attribute.subAttributes.filter(({ type }) => type !== 'complex').map(({ name }) => name);
  const rows = dialect.jsonElements(json, place, names);
  const hasPrimary = attribute.byName.get('primary')?.type === 'boolean';
  return {
    is: 'elements',
    from: sql`FROM ${rows.from} WHERE 1 = 1`,
    sub(name) {
      if (name === undefined) {
        const value = () => rows.value;
        return documentScalar(dialect, search, attribute, { text: value, number: value, flag: value });
      }
      const definition = attribute.byName.get(name.toLowerCase());
      if (!definition || !names.includes(name)) return undefined;
      const scalar = documentScalar(dialect, search, definition, {
        text: () => rows.text(name),
        number: () => rows.number(name),
        flag: () => rows.flag(name),
      });
      return name === 'primary' && hasPrimary ? { ...scalar, missingIsFalse: true } : scalar;
    },
    mainFirst: hasPrimary ? sql`COALESCE(${rows.flag('primary')}, 0) DESC, ${rows.position}` : rows.position,
  };
}
