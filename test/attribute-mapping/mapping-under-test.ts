import {
  type ConnectionMapping,
  compile,
  type DeclaredSource,
  type MappingRow,
  UserMapping,
} from '../../modules/attribute-mapping/index.ts';
import { createMappings } from '../../modules/attribute-mapping/mappings.ts';
import attributeMapping from '../../modules/attribute-mapping/module.ts';
import { standardTransforms } from '../../modules/attribute-mapping/transform/standard.ts';
import { type Connection, openPolicy } from '../../modules/connection/index.ts';
import type { CustomerAttribute } from '../../modules/customer/index.ts';
import { createTestHost } from '../../modules/framework/index.ts';
import type { Resource } from '../../modules/scim/index.ts';

/** A connection as far as a mapping looks at it. */
export const connection: Connection = {
  id: 1,
  code: 'acme',
  name: 'Acme',
  profile: 'generic',
  websiteId: 1,
  active: true,
  match: 'link',
  groups: 'create',
  policy: openPolicy,
  createdAt: '2024-05-06 12:00:00',
};

/** Mappings over a store that has these attributes. Nothing evaluates expressions. */
export const mappingsOver = (known: () => readonly CustomerAttribute[]): UserMapping =>
  createMappings({
    attributes: { known, all: async () => known() },
    transforms: standardTransforms,
    expressions: {
      evaluate: async () => ({}),
      check: () => undefined,
      stop: async () => {},
    },
  });

/** A mapping of these rows, compiled for a store that has these attributes. */
export const compiled = (
  rows: readonly MappingRow[],
  attributes: readonly CustomerAttribute[] = [],
  sources: readonly DeclaredSource[] = [],
): ConnectionMapping => compile({ version: 1, rows, sources }, { attributes, transforms: standardTransforms });

/** The default mapping as the host makes it. */
export async function defaultMapping() {
  const host = await createTestHost({ modules: [attributeMapping] });
  const mapping = host.resolve(UserMapping);
  return {
    mapping,
    map: (user: Resource) => mapping.toCustomer(user, { connection }),
    close: () => host.close(),
  };
}
