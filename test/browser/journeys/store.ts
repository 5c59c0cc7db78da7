import { Activities } from '../../../modules/activity/index.ts';
import admin from '../../../modules/admin/module.ts';
import { createTestHost, type Database, type ModuleManifest, type TestHost } from '../../../modules/framework/index.ts';
import { sqlite } from '../../setup/databases.ts';

/** A new installation, as its first start leaves it. */
export interface NewStore {
  readonly host: TestHost;
  readonly url: string;
  readonly database: Database;
  /** What the first start says once, by its label. */
  told(label: string): string;
  /** What has been recorded is on the pages from then on, not only within seconds. */
  recorded(): Promise<void>;
  close(): Promise<void>;
}

export async function openNewStore(modules: readonly ModuleManifest[]): Promise<NewStore> {
  const opened = await sqlite.open({ migrated: true });
  const { database } = opened;
  const host = await createTestHost({ modules: [admin, ...modules], database });
  const { url, told } = await host.host.listen();
  return {
    host,
    url,
    database,
    told: (label) => told.find((one) => one.label === label)?.value ?? '',
    recorded: () => host.resolve(Activities).flush(),
    async close() {
      await host.close();
      await opened.dispose();
    },
  };
}
