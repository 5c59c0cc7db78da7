import type { Mode } from '../mode.ts';
import type { Resource } from '../resource/resource.ts';
import type { AttributeDefinition } from '../schema/attribute.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import type { Schema } from '../schema/schema.ts';
import type { ServiceProviderConfig } from './service-provider-config.ts';

const CONFIG_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig';
const RESOURCE_TYPE_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:ResourceType';
const SCHEMA_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:Schema';

/** `/ServiceProviderConfig` (RFC 7643 §5). Only a caller who is served strictly is served as the interop profile has it. */
export function describeConfig(config: ServiceProviderConfig, baseUrl: string, mode: Mode): Resource {
  return {
    schemas: [CONFIG_SCHEMA],
    ...config,
    ...(mode === 'interop-strict' ? { interopProfileConformant: true } : {}),
    meta: { resourceType: 'ServiceProviderConfig', location: `${baseUrl}/ServiceProviderConfig` },
  };
}

/** `/ResourceTypes/<id>` (RFC 7643 §6). */
export function describeResourceType(type: ResourceType, baseUrl: string): Resource {
  return {
    schemas: [RESOURCE_TYPE_SCHEMA],
    id: type.id,
    name: type.name,
    endpoint: type.endpoint,
    description: type.description,
    schema: type.schema.id,
    schemaExtensions: type.extensions.map(({ schema, required }) => ({ schema: schema.id, required })),
    meta: { resourceType: 'ResourceType', location: `${baseUrl}/ResourceTypes/${type.id}` },
  };
}

/** `/Schemas/<URN>` (RFC 7643 §7). Never holds a null: Entra's schema discovery fails on one. */
export function describeSchema(schema: Schema, baseUrl: string): Resource {
  return {
    schemas: [SCHEMA_SCHEMA],
    id: schema.id,
    name: schema.name,
    description: schema.description,
    attributes: describeAll(schema.attributes),
    meta: { resourceType: 'Schema', location: `${baseUrl}/Schemas/${schema.id}` },
  };
}

/** The schemas of these types, each once, core schemas before extensions. */
export function schemasOfTypes(types: readonly ResourceType[]): readonly Schema[] {
  const core = types.map((type) => type.schema);
  const extensions = types.flatMap((type) => type.extensions.map(({ schema }) => schema));
  return [...new Map([...core, ...extensions].map((schema) => [schema.id, schema])).values()];
}

const describeAll = (attributes: readonly AttributeDefinition[]): readonly Resource[] =>
  attributes.filter(({ announced }) => announced).map(describeAttribute);

function describeAttribute(attribute: AttributeDefinition): Resource {
  const { canonicalValues, referenceTypes, subAttributes, type } = attribute;
  const textual = type === 'string' || type === 'reference' || type === 'binary';
  return {
    name: attribute.name,
    type,
    multiValued: attribute.multiValued,
    description: attribute.description,
    required: attribute.required,
    ...(canonicalValues ? { canonicalValues } : {}),
    ...(textual ? { caseExact: attribute.caseExact } : {}),
    mutability: attribute.mutability,
    returned: attribute.returned,
    uniqueness: attribute.uniqueness,
    ...(referenceTypes ? { referenceTypes } : {}),
    ...(subAttributes.length > 0 ? { subAttributes: describeAll(subAttributes) } : {}),
  };
}
