import type { MappingDocument } from './document.ts';

/** Where this host answers the JSON Schema of mapping documents to everybody: editors fetch it without an account. */
export const schemaPath = '/docs/api/attribute-mapping.schema.json';

type ExchangedMapping = { readonly $schema: string } & MappingDocument;

/** A document without the name of its JSON Schema, which belongs to the file: where it came from makes no other mapping of it. */
export function imported(document: MappingDocument & { readonly $schema?: string }): MappingDocument {
  const { $schema: _, ...own } = document;
  return own;
}

/** A document as it leaves the host: it names its JSON Schema first, so that editors complete and check it. */
export const exported = (document: MappingDocument, baseUrl: string): ExchangedMapping => ({
  $schema: `${baseUrl}${schemaPath}`,
  ...imported(document),
});
