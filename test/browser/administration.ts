import { Sessions } from '../../modules/admin/access/session.ts';
import { Administrators } from '../../modules/admin/index.ts';
import admin from '../../modules/admin/module.ts';
import { createTestHost, hashPassword, type ModuleManifest, type TestHost } from '../../modules/framework/index.ts';
import { harbour } from '../admin/kit/harbour.tsx';
import { sqlite } from '../setup/databases.ts';
import { openBrowser, type Tab, type TabOptions, type TestBrowser } from './browser.ts';

export const password = 'Tandem-Kettle-42';

/** The administration with a browser in front of it, and an administrator `anna`. */
export interface BrowserRoom {
  readonly host: TestHost;
  readonly url: string;
  readonly browser: TestBrowser;
  make(user: string): Promise<number>;
  /** A tab in which somebody (anna unless said) is logged in. */
  enter(options?: TabOptions, user?: string): Promise<Tab>;
  close(): Promise<void>;
}

/** A tab that has the session with this secret. */
export async function openSession(
  browser: TestBrowser,
  url: string,
  secret: string,
  options?: TabOptions,
): Promise<Tab> {
  const tab = await browser.open(options);
  const cookie = { name: 'vestibule_admin', value: secret, url, httpOnly: true, sameSite: 'Lax' } as const;
  await tab.page.context().addCookies([cookie]);
  return tab;
}

/** With a small module of pages unless others are named. */
export async function openBrowserRoom(modules: readonly ModuleManifest[] = [harbour]): Promise<BrowserRoom> {
  const opened = await sqlite.open({ migrated: true });
  const { database } = opened;
  const host = await createTestHost({ modules: [admin, ...modules], database });
  const { url } = await host.listen();
  const browser = await openBrowser(url);
  const passwordHash = await hashPassword(password);
  const make = async (user: string): Promise<number> => {
    const made = { user, email: `${user}@store.example`, passwordHash, role: 'Administrators' };
    return (await database.transaction((tx) => host.resolve(Administrators).create(tx, made, new Date()))).id;
  };
  await make('anna');
  return {
    host,
    url,
    browser,
    make,
    async enter(options, user = 'anna') {
      const account = await host.resolve(Administrators).byName(database, user);
      const session = { kind: 'browser', stage: 'full', address: '127.0.0.1', agent: 'test' } as const;
      const { secret } = await host
        .resolve(Sessions)
        .open(database, { ...session, administratorId: account?.id ?? 0 }, new Date());
      return openSession(browser, url, secret, options);
    },
    async close() {
      await browser.close();
      await host.close();
      await opened.dispose();
    },
  };
}
