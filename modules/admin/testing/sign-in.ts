import { randomUUID } from 'node:crypto';
import { Clock, Database, type TestHost } from '../../framework/index.ts';
import { Sessions } from '../access/session.ts';
import { Administrators } from '../administrator.ts';
import { Roles } from '../role/role.ts';
import { type BrowserVisitor, visitor } from './visitor.ts';

/**
 * A browser in which a new administrator is logged in who may do what these resources allow; everything unless said. For
 * tests of pages: the host has the module `admin`, and listens from now on.
 */
export async function signIn(
  { resolve, listen }: Pick<TestHost, 'resolve' | 'listen'>,
  resources?: readonly string[],
): Promise<BrowserVisitor> {
  const { url } = await listen();
  const database = resolve(Database);
  const now = resolve(Clock).now();
  const user = `anna-${randomUUID().slice(0, 8)}`;
  const role = resources ? `role of ${user}` : 'Administrators';
  const administratorId = await database.transaction(async (tx) => {
    if (resources) await resolve(Roles).create(tx, { name: role, everything: false, resources });
    const account = { user, email: `${user}@store.example`, passwordHash: 'none', role };
    return (await resolve(Administrators).create(tx, account, now)).id;
  });
  const session = { kind: 'browser', stage: 'full', address: '127.0.0.1', agent: 'test', administratorId } as const;
  const { secret } = await resolve(Sessions).open(database, session, now);
  const browser = visitor(url);
  browser.cookies.set('vestibule_admin', secret);
  return browser;
}
