import { Sessions } from '../../modules/admin/access/session.ts';
import { Administrators } from '../../modules/admin/index.ts';
import admin from '../../modules/admin/module.ts';
import { Roles } from '../../modules/admin/role/role.ts';
import type { ModuleManifest } from '../../modules/framework/index.ts';
import { type BrowserVisitor, visitor } from '../admin/visitor.ts';
import { type HostOptions, openHost, type ScimHost } from '../provisioning/host.ts';
import type { OpenOptions, TestEngine } from './databases.ts';

/** A whole host on a store of its own, with SCIM and the administration. */
export interface AdministeredHost extends ScimHost {
  /** A browser in which somebody is logged in who may do this; everything unless said. */
  enter(resources?: readonly string[]): Promise<BrowserVisitor>;
}

export async function openAdministeredHost(
  engine: TestEngine,
  modules: readonly ModuleManifest[] = [],
  options: OpenOptions & HostOptions = {},
): Promise<AdministeredHost> {
  const host = await openHost(engine, { ...options, modules: [admin, ...modules] });
  const { database } = host;
  let made = 0;
  async function enter(resources?: readonly string[]): Promise<BrowserVisitor> {
    const user = `anna${++made}`;
    const role = resources ? `role ${made}` : 'Administrators';
    const id = await database.transaction(async (tx) => {
      if (resources) await host.host.resolve(Roles).create(tx, { name: role, everything: false, resources });
      const account = { user, email: `${user}@store.example`, passwordHash: 'none', role };
      return (await host.host.resolve(Administrators).create(tx, account, host.now())).id;
    });
    const session = {
      kind: 'browser',
      stage: 'full',
      address: '127.0.0.1',
      agent: 'test',
      administratorId: id,
    } as const;
    const { secret } = await host.host.resolve(Sessions).open(database, session, host.now());
    const browser = visitor(host.url);
    browser.cookies.set('vestibule_admin', secret);
    return browser;
  }
  return { ...host, enter };
}
