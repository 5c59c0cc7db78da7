import { UserMapping } from '../../modules/attribute-mapping/index.ts';
import attributeMapping from '../../modules/attribute-mapping/module.ts';
import { type Connection, openPolicy } from '../../modules/connection/index.ts';
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
