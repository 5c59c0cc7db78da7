import { Connections, type Profile, Tokens } from '../../../modules/connection/index.ts';
import type { ModuleManifest } from '../../../modules/framework/index.ts';
import provisioning from '../../../modules/provisioning/module.ts';
import { type Administration, openAdministration } from '../../admin/administration.ts';
import { type ScimClient, scimClient } from '../../provisioning/client.ts';
import type { TestEngine } from '../../setup/databases.ts';

/** The administration of a store with a connection `acme`, and a client that speaks for its identity provider. */
export interface MappingRoom extends Administration {
  readonly scim: ScimClient;
}

export async function openMappingRoom(
  engine: TestEngine,
  profile: Profile = 'generic',
  modules: readonly ModuleManifest[] = [provisioning],
): Promise<MappingRoom> {
  const room = await openAdministration(engine, { modules });
  const { database, host, clock } = room;
  const { text } = await database.transaction(async (tx) => {
    const parts = { code: 'acme', name: 'Acme', websiteId: 1, profile };
    const made = await host.resolve(Connections).create(tx, parts, clock.at);
    return host.resolve(Tokens).issue(tx, made, { name: 'test' }, clock.at);
  });
  return { ...room, scim: scimClient(`${room.url}/scim/v2`, text) };
}

/** A user as providers send one. */
export const user = (name: string, more: Readonly<Record<string, unknown>> = {}) => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  userName: `${name}@acme.example`,
  name: { givenName: name, familyName: 'Jensen' },
  emails: [{ value: `${name}@acme.example`, type: 'work', primary: true }],
  active: true,
  ...more,
});
