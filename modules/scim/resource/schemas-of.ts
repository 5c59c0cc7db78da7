import type { ResourceType } from '../schema/resource-type.ts';
import type { Resource } from './resource.ts';

/** The `schemas` of a resource: the core one, then the extensions it has attributes of (RFC 7643 §3). */
export function schemasOf(resource: Resource, type: ResourceType): string[] {
  const uris = [type.schema.id];
  for (const { schema } of type.extensions) if (resource[schema.id] !== undefined) uris.push(schema.id);
  return uris;
}
