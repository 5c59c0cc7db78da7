import type { CustomerAttribute } from '../../customer/index.ts';
import type { DeclaredSource, DirectRow, MappingDocument } from '../document/document.ts';
import { parseTarget } from '../document/target.ts';

/** What an identity provider is to send for an attribute. */
function sourceFor(name: string, { input, kind, label }: CustomerAttribute): DeclaredSource {
  const types = { text: 'string', int: 'integer', decimal: 'decimal', date: 'dateTime', datetime: 'dateTime' } as const;
  const chosen = input === 'select' || input === 'multiselect' || kind === undefined;
  const type = input === 'boolean' ? 'boolean' : chosen ? 'string' : types[kind.is];
  return { name, type, ...(input === 'multiselect' ? { multiValued: true } : {}), description: label };
}

/** A name for a row that the document does not have yet: the attribute's code, with a number where it is taken. */
function freeId({ rows }: MappingDocument, code: string): string {
  const taken = new Set(rows.map(({ id }) => id));
  for (let n = 1; ; n++) {
    const id = n === 1 ? code : `${code}-${n}`;
    if (!taken.has(id)) return id;
  }
}

/**
 * The document with a row that maps `source` to a customer attribute. A source that no known schema has is declared, so
 * that what the provider sends is kept.
 */
export function mapAttribute(
  document: MappingDocument,
  attribute: CustomerAttribute,
  source: string,
  isKnown: (source: string, document: MappingDocument) => boolean,
): MappingDocument {
  const { code } = attribute;
  // Codes such as "group" are words for something else among the targets.
  const target = parseTarget(code)?.kind === 'attribute' ? code : `customer.${code}`;
  const row: DirectRow = { id: freeId(document, code), type: 'direct', source, target };
  const declared = document.sources ?? [];
  return {
    ...document,
    rows: [...document.rows, row],
    ...(isKnown(source, document) ? {} : { sources: [...declared, sourceFor(source, attribute)] }),
  };
}
