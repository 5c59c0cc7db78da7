import { type AttributeDefinition, indexByName } from './attribute.ts';
import { everyResource } from './every-resource.ts';
import type { Schema } from './schema.ts';

export interface SchemaExtension {
  readonly schema: Schema;
  readonly required: boolean;
}

/** A kind of resource (RFC 7643 §6), with the look-ups that parsers need made once. */
export interface ResourceType {
  readonly id: string;
  readonly name: string;
  /** Begins with a slash. */
  readonly endpoint: `/${string}`;
  readonly description: string;
  readonly schema: Schema;
  readonly extensions: readonly SchemaExtension[];
  /** Names that clients use in filters for another attribute, lower case → attribute path (`email` → `emails.value`). */
  readonly aliases: ReadonlyMap<string, string>;
  /** Attributes that stand at the top of a resource, by lower-case name: every resource's and the core schema's. */
  readonly topLevel: ReadonlyMap<string, AttributeDefinition>;
  /** The core schema and the extensions by lower-case URI, older URIs included. */
  readonly schemas: ReadonlyMap<string, Schema>;
  /** Top-level and extension attributes whose `returned` is not `default`: what projection must look at. */
  readonly unusual: readonly UnusualAttribute[];
}

export interface UnusualAttribute {
  readonly attribute: AttributeDefinition;
  /** Undefined for a top-level attribute. */
  readonly extension?: Schema;
}

export interface ResourceTypeDeclaration {
  readonly id: string;
  readonly name: string;
  readonly endpoint: `/${string}`;
  readonly description: string;
  readonly schema: Schema;
  readonly extensions?: readonly SchemaExtension[];
  readonly aliases?: Readonly<Record<string, string>>;
}

export function defineResourceType(declaration: ResourceTypeDeclaration): ResourceType {
  const extensions = declaration.extensions ?? [];
  const topLevel = [...everyResource, ...declaration.schema.attributes];
  const schemas = new Map<string, Schema>();
  for (const schema of [declaration.schema, ...extensions.map((extension) => extension.schema)]) {
    for (const uri of [schema.id, ...schema.aliases]) schemas.set(uri.toLowerCase(), schema);
  }
  return Object.freeze({
    id: declaration.id,
    name: declaration.name,
    endpoint: declaration.endpoint,
    description: declaration.description,
    schema: declaration.schema,
    extensions: Object.freeze([...extensions]),
    aliases: new Map(Object.entries(declaration.aliases ?? {}).map(([name, path]) => [name.toLowerCase(), path])),
    topLevel: indexByName(topLevel),
    schemas,
    unusual: Object.freeze([
      ...topLevel.filter(isUnusual).map((attribute) => ({ attribute })),
      ...extensions.flatMap(({ schema }) =>
        schema.attributes.filter(isUnusual).map((attribute) => ({ attribute, extension: schema })),
      ),
    ]),
  });
}

/**
 * Answers the type with one more extension schema; the given type stays as it is. An extension with the URN of one
 * that is already there takes its place.
 */
export function extendResourceType(type: ResourceType, schema: Schema, required = false): ResourceType {
  return defineResourceType({
    ...type,
    extensions: [...type.extensions.filter((extension) => extension.schema.id !== schema.id), { schema, required }],
    aliases: Object.fromEntries(type.aliases),
  });
}

const isUnusual = (attribute: AttributeDefinition): boolean =>
  attribute.returned === 'never' ||
  attribute.returned === 'request' ||
  attribute.subAttributes.some((sub) => sub.returned === 'never' || sub.returned === 'request');
