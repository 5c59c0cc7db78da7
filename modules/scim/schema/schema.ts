import { type AttributeDeclaration, type AttributeDefinition, defineAttribute, indexByName } from './attribute.ts';

export interface Schema {
  /** The URN, in its canonical spelling. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly attributes: readonly AttributeDefinition[];
  readonly byName: ReadonlyMap<string, AttributeDefinition>;
  /** Other URIs under which clients mean this schema: older drafts, and misspellings seen in the field. */
  readonly aliases: readonly string[];
}

export interface SchemaDeclaration {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly attributes: readonly AttributeDeclaration[];
  readonly aliases?: readonly string[];
}

/**
 * Declares a schema from plain data; what is left out of an attribute has RFC 7643 §2.2's default.
 *
 *   const loyalty = defineSchema({ id: 'urn:example:loyalty:1.0:User', name: 'Loyalty', description: '…',
 *     attributes: [{ name: 'tier', description: 'The tier a customer has reached.' }] });
 */
export function defineSchema(declaration: SchemaDeclaration): Schema {
  const attributes = declaration.attributes.map(defineAttribute);
  return Object.freeze({
    id: declaration.id,
    name: declaration.name,
    description: declaration.description,
    attributes: Object.freeze(attributes),
    byName: indexByName(attributes),
    aliases: Object.freeze([...(declaration.aliases ?? [])]),
  });
}

/** Whether the URI, in whatever case, is one that the schema had in older versions of SCIM or in another's spelling. */
export const isOldUri = (schema: Schema, uri: string): boolean =>
  uri !== schema.id && uri.toLowerCase() !== schema.id.toLowerCase();
