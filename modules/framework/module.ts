import { Inventory } from './boot/inventory.ts';
import { KERNEL } from './boot/sequence.ts';
import { kernelCheckups } from './checkup/kernel-checkups.ts';
import { Config } from './config/config.ts';
import { createConfig } from './config/create-config.ts';
import { ConfigStorage } from './config/storage.ts';
import { continuityHooks, continuityProvisions } from './continuity/parts.ts';
import { Catalogue, createCatalogue } from './database/catalogue.ts';
import { connect } from './database/connect.ts';
import { Database } from './database/executor.ts';
import { Clock, systemClock } from './environment/clock.ts';
import { Environment } from './environment/environment.ts';
import { createEvents } from './event/create-events.ts';
import { HOST_VERSION } from './host/version.ts';
import type { Phase } from './http/front.ts';
import { healthRoutes } from './http/health.ts';
import { Logger } from './log/logger.ts';
import type { AnswerCounts } from './metrics/answer-counts.ts';
import { Gauges } from './metrics/gauge.ts';
import { gaugeReadings } from './metrics/gauge-readings.ts';
import { MetricsReader } from './metrics/reader.ts';
import { metricsRoute } from './metrics/route.ts';
import { metricsSettings } from './metrics/settings.ts';
import { Events } from './module/event.ts';
import { defineModule, type ModuleManifest } from './module/manifest.ts';
import { provide } from './module/provision.ts';
import { whenProvided } from './module/token.ts';
import { createOutgoing } from './outgoing/create-outgoing.ts';
import { Outgoing } from './outgoing/outgoing.ts';
import { createEncryptor, Encryptor } from './secret/encryptor.ts';

/** What the kernel's own module is made of, besides the modules it serves. */
export interface KernelParts {
  readonly environment: Environment;
  readonly logger: Logger;
  /** An open database to use; without one the kernel connects to the environment's. */
  readonly database: Database | undefined;
  /** Known once the modules are ordered; asked for when services are created. */
  readonly inventory: () => Inventory;
  readonly phase: () => Phase;
  /** What this process has answered so far. */
  readonly answers: () => readonly AnswerCounts[];
}

/** The kernel as a module: first in every sequence, and never named in one. */
export function frameworkModule({
  environment,
  logger,
  database,
  inventory,
  phase,
  answers,
}: KernelParts): ModuleManifest {
  return defineModule({
    name: KERNEL,
    version: HOST_VERSION,
    acl: { 'framework::metrics': 'Configure who reads the metrics' },
    config: [metricsSettings],
    migrations: new URL('./migrations/', import.meta.url),
    provides: [
      provide(Environment, {}, () => environment),
      provide(Logger, {}, () => logger),
      provide(Inventory, {}, inventory),
      provide(Clock, {}, () => systemClock),
      provide(Outgoing, {}, () => createOutgoing()),
      provide(Encryptor, { environment: Environment }, (given) => createEncryptor(given.environment.cryptKeys)),
      provide(
        Database,
        { environment: Environment, logger: Logger },
        (given) =>
          database ??
          connect({
            url: given.environment.databaseUrl,
            tablePrefix: given.environment.tablePrefix,
            root: given.environment.root,
            onEffectError: (err) => given.logger.error({ err }, 'An effect after a commit failed'),
          }),
      ),
      ...continuityProvisions,
      provide(MetricsReader, { gauges: Gauges, clock: Clock }, ({ gauges, clock }) => gaugeReadings(gauges, clock)),
      provide(Catalogue, { database: Database }, (given) => createCatalogue(given.database)),
      provide(Events, { logger: Logger }, (given) => createEvents(inventory().observers, given.logger)),
      provide(
        Config,
        { storage: whenProvided(ConfigStorage), encryptor: Encryptor, clock: Clock },
        ({ storage, encryptor, clock }) =>
          createConfig({
            sections: inventory().sections,
            variables: environment.configOverrides,
            storage,
            encryptor,
            clock,
          }),
      ),
    ],
    contributes: kernelCheckups,
    hooks: continuityHooks,
    routes: [...healthRoutes(phase), metricsRoute(answers)],
  });
}
