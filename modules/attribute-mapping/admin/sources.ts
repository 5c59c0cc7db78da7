import type { AttributeDefinition, Schema } from '../../scim/index.ts';
import type { ConnectionMapping } from '../mapping.ts';

const isReadable = ({ mutability }: AttributeDefinition): boolean => mutability !== 'readOnly';

function pathsOf(attribute: AttributeDefinition, prefix: string): readonly string[] {
  const path = `${prefix}${attribute.name}`;
  const parts = attribute.subAttributes.filter(isReadable);
  if (parts.length === 0) return [path];
  if (!attribute.multiValued) return parts.map(({ name }) => `${path}.${name}`);
  const values = parts.filter(({ name }) => !['type', 'primary', '$ref', 'display'].includes(name));
  return values.map(({ name }) => `${path}[main].${name}`);
}

const attributesOf = ({ attributes }: Schema, prefix = ''): readonly string[] =>
  attributes.filter(isReadable).flatMap((attribute) => pathsOf(attribute, prefix));

/** The attributes of the schemas that users of a connection have, as rows name them. */
export function schemaSources(mapping: Pick<ConnectionMapping, 'resourceType'>): readonly string[] {
  const { schema, extensions } = mapping.resourceType();
  return [
    ...attributesOf(schema),
    ...extensions.flatMap((extension) => attributesOf(extension.schema, `${extension.schema.id}:`)),
  ];
}
