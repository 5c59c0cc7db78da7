import type { Answer } from './answer.ts';
import { type Json, listOf, textOf } from './json.ts';
import { ENTERPRISE, GROUP, USER } from './urn.ts';

/** What a check needs a service provider to have announced. */
export type Feature =
  | 'patch'
  | 'bulk'
  | 'filter'
  | 'sort'
  | 'etag'
  | 'index'
  | 'cursor'
  | 'users'
  | 'groups'
  | 'enterprise'
  | 'lenient-patch'
  | `user:${string}`
  | `group:${string}`;

/** What a service provider says of itself: read once, before the first check. */
export interface Provider {
  readonly config: Json;
  readonly resourceTypes: readonly Json[];
  readonly schemas: readonly Json[];
  /** Why a feature can't be tried, undefined where it is announced. */
  missing(feature: Feature): string | undefined;
  /** The definition of an attribute of the core User or Group schema. */
  attribute(schema: string, name: string): Json | undefined;
}

/** Reads the three discovery endpoints. One that does not answer leaves its part empty: checks of their own say so. */
export async function discover(get: (path: string) => Promise<Answer>): Promise<Provider> {
  const { json: config } = await get('/ServiceProviderConfig');
  const resourceTypes = (await get('/ResourceTypes')).resources;
  const schemas = (await get('/Schemas')).resources;

  const attribute = (schema: string, name: string): Json | undefined => {
    const found = schemas.find(({ id }) => textOf(id).toLowerCase() === schema.toLowerCase());
    return listOf(found?.attributes).find((one) => textOf(one.name).toLowerCase() === name.toLowerCase());
  };
  const typeAt = (endpoint: string): Json | undefined =>
    resourceTypes.find((type) => textOf(type.endpoint).replace(/^\/?/, '/') === endpoint);
  const announced = (name: string): string | undefined =>
    (config[name]?.supported as unknown) === true ? undefined : `ServiceProviderConfig.${name}.supported is not true`;
  // A service provider whose schemas can't be read is taken to have every core attribute.
  const attributeOf = (schema: string, name: string): string | undefined =>
    schemas.length === 0 || attribute(schema, name) ? undefined : `the schema ${schema} has no attribute ${name}`;

  function missing(feature: Feature): string | undefined {
    const [kind = '', name = ''] = feature.split(':');
    switch (kind) {
      case 'user':
        return attributeOf(USER, name);
      case 'group':
        return attributeOf(GROUP, name);
      case 'users':
        return typeAt('/Users') ? undefined : 'no ResourceType has the endpoint /Users';
      case 'groups':
        return typeAt('/Groups') ? undefined : 'no ResourceType has the endpoint /Groups';
      case 'enterprise':
        return listOf(typeAt('/Users')?.schemaExtensions).some(({ schema }) => textOf(schema) === ENTERPRISE)
          ? undefined
          : 'the User resource type has no enterprise extension';
      case 'lenient-patch':
        return (config.interopProfileConformant as unknown) === true
          ? 'the interop profile, to which ServiceProviderConfig says it conforms, refuses it'
          : undefined;
      case 'cursor':
        return (config.pagination?.cursor as unknown) === true
          ? undefined
          : 'ServiceProviderConfig.pagination.cursor is not true';
      case 'index':
        return (config.pagination?.index as unknown) === false
          ? 'ServiceProviderConfig.pagination.index is false'
          : undefined;
      default:
        return announced(kind);
    }
  }
  return { config, resourceTypes, schemas, missing, attribute };
}
