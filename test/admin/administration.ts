import { Sessions } from '../../modules/admin/access/session.ts';
import { Administrators } from '../../modules/admin/index.ts';
import admin from '../../modules/admin/module.ts';
import {
  Clock,
  createTestHost,
  type Database,
  hashPassword,
  type ModuleManifest,
  type TestHost,
} from '../../modules/framework/index.ts';
import type { OpenedDatabase, TestEngine } from '../setup/databases.ts';
import { type BrowserVisitor, visitor } from './visitor.ts';

/** A host with the administration, an administrator `anna`, and a clock that stands until it is moved. */
export interface Administration {
  readonly host: TestHost;
  readonly url: string;
  readonly database: Database;
  readonly clock: { at: Date };
  /** A fresh browser. */
  visit(): BrowserVisitor;
  /** A browser in which somebody (anna unless said) is logged in. A password would take a tenth of a second. */
  enter(user?: string): Promise<BrowserVisitor>;
  /** Makes an administrator with the password of {@link password}. @returns the id */
  make(user: string, role?: string): Promise<number>;
  wait(seconds: number): void;
  close(): Promise<void>;
}

export const password = 'Tandem-Kettle-42';

/** Hashed once: it takes a tenth of a second. */
let hashed: Promise<string> | undefined;

export interface AdministrationOptions {
  readonly modules?: readonly ModuleManifest[];
  readonly config?: Readonly<Record<string, string | number | boolean>>;
  readonly baseUrl?: string;
}

export async function openAdministration(
  engine: TestEngine,
  options: AdministrationOptions = {},
): Promise<Administration> {
  const opened: OpenedDatabase = await engine.open({ migrated: true });
  const clock = { at: new Date('2026-03-01T10:00:00Z') };
  const host = await createTestHost({
    modules: [admin, ...(options.modules ?? [])],
    database: opened.database,
    config: options.config ?? {},
    override: [[Clock, { now: () => new Date(clock.at) }]],
    ...(options.baseUrl ? { environment: { baseUrl: options.baseUrl } } : {}),
  });
  const { url } = await host.listen();
  hashed ??= hashPassword(password);
  const passwordHash = await hashed;
  const make = async (user: string, role = 'Administrators'): Promise<number> => {
    const made = { user, email: `${user}@store.example`, passwordHash, role };
    const created = await opened.database.transaction((tx) => host.resolve(Administrators).create(tx, made, clock.at));
    return created.id;
  };
  await make('anna');
  return {
    host,
    url,
    database: opened.database,
    clock,
    make,
    visit: () => visitor(url),
    async enter(user = 'anna') {
      const account = await host.resolve(Administrators).byName(opened.database, user);
      const made = { kind: 'browser', stage: 'full', address: '127.0.0.1', agent: 'test' } as const;
      const session = { ...made, administratorId: account?.id ?? 0 };
      const { secret } = await host.resolve(Sessions).open(opened.database, session, clock.at);
      const browser = visitor(url);
      browser.cookies.set('vestibule_admin', secret);
      return browser;
    },
    wait(seconds) {
      clock.at = new Date(clock.at.getTime() + seconds * 1000);
    },
    async close() {
      await host.close();
      await opened.dispose();
    },
  };
}
