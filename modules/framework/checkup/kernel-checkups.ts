import { Inventory } from '../boot/inventory.ts';
import { Config } from '../config/config.ts';
import { ConfigStorage } from '../config/storage.ts';
import { Database } from '../database/executor.ts';
import { Clock } from '../environment/clock.ts';
import { Environment } from '../environment/environment.ts';
import { contribute } from '../module/provision.ts';
import { whenProvided } from '../module/token.ts';
import { Checkups } from './checkup.ts';
import { configurationFindings } from './configuration.ts';
import { databaseFindings } from './database-settings.ts';

/** What the kernel looks at once modules are booted; `diagnose` looks at what is before. */
export const kernelCheckups = [
  contribute(Checkups, { database: Database, clock: Clock }, ({ database, clock }) => ({
    name: 'framework.database',
    async look() {
      const rows = await database.all<{ Variable_name: string; Value: string }>(database.dialect.facts);
      const facts = new Map(rows.map(({ Variable_name: name, Value: value }) => [name.toLowerCase(), value]));
      return databaseFindings(facts, clock.now().getTime());
    },
  })),
  contribute(
    Checkups,
    { config: Config, inventory: Inventory, storage: whenProvided(ConfigStorage), environment: Environment },
    ({ config, inventory, storage, environment }) => ({
      name: 'framework.configuration',
      look: async () =>
        configurationFindings({
          config,
          sections: inventory.sections,
          scopes: (await storage?.scopes()) ?? { websites: [], stores: [] },
          variables: environment.configOverrides,
        }),
    }),
  ),
];
