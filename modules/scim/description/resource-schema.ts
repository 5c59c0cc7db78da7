import { type JsonSchema, json } from '../../framework/index.ts';
import type { AttributeDefinition, AttributeType } from '../schema/attribute.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import type { Schema } from '../schema/schema.ts';

const types: Readonly<Record<Exclude<AttributeType, 'complex'>, JsonSchema>> = {
  string: json.text,
  boolean: json.flag,
  decimal: json.decimal,
  integer: json.number,
  dateTime: json.moment,
  binary: { type: 'string', contentEncoding: 'base64' },
  reference: json.text,
};

function attributeSchema(attribute: AttributeDefinition): JsonSchema {
  const { type, multiValued, canonicalValues, description, mutability, returned, subAttributes } = attribute;
  const one: JsonSchema =
    type === 'complex'
      ? { type: 'object', properties: propertiesOf(subAttributes) }
      : { ...types[type], ...(canonicalValues ? { examples: canonicalValues } : {}) };
  return {
    ...(multiValued ? json.list(one) : one),
    description,
    ...(mutability === 'readOnly' ? { readOnly: true } : {}),
    ...(mutability === 'writeOnly' || returned === 'never' ? { writeOnly: true } : {}),
  };
}

const propertiesOf = (attributes: readonly AttributeDefinition[]): JsonSchema =>
  Object.fromEntries(
    attributes.filter(({ announced }) => announced).map((attribute) => [attribute.name, attributeSchema(attribute)]),
  );

const extensionSchema = ({ name, description, attributes }: Schema): JsonSchema =>
  json.named(name.replace(/\W/g, ''), { type: 'object', description, properties: propertiesOf(attributes) });

/**
 * A resource of the type as JSON Schema says it. Extensions that a store adds are objects under their URNs; `/Schemas`
 * tells those of a connection.
 */
export function resourceSchema(type: ResourceType): JsonSchema {
  const attributes = [...type.topLevel.values()];
  const extensions = type.extensions.map(({ schema }) => [schema.id, extensionSchema(schema)] as const);
  return json.named(type.name, {
    type: 'object',
    description: type.schema.description,
    properties: { ...propertiesOf(attributes), ...Object.fromEntries(extensions) },
    patternProperties: { '^urn:': json.record },
    required: [
      'schemas',
      ...attributes.filter(({ required, name }) => required && name !== 'schemas').map(({ name }) => name),
    ],
  });
}
