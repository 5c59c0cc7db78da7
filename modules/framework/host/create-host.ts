import { type Container, createContainer } from '../boot/container.ts';
import { describePlugins } from '../boot/describe-plugins.ts';
import type { Inventory } from '../boot/inventory.ts';
import { planBoot } from '../boot/plan.ts';
import { BootError, type Problem } from '../boot/problem.ts';
import { drawTree } from '../boot/tree.ts';
import { Config } from '../config/config.ts';
import { Database, migrate } from '../database/index.ts';
import type { BoundEvents } from '../event/create-events.ts';
import { createLogger } from '../log/logger.ts';
import { Events } from '../module/event.ts';
import { frameworkModule } from '../module.ts';
import type { Host, HostOptions } from './host.ts';
import { createLifecycle, type HostState } from './lifecycle.ts';
import { migrationSources } from './migration-sources.ts';
import { HOST_VERSION } from './version.ts';

/**
 * Boots modules: orders and checks them, migrates when asked to, and creates every service once, in dependency order,
 * with its plugins around it. Nothing listens yet.
 *
 * @throws BootError (`BOOT_FAILED`) that lists every fault with its module and cure
 */
export async function createHost(options: HostOptions): Promise<Host> {
  const { environment, override = [] } = options;
  const logger =
    options.logger ?? createLogger({ ...logFormat(environment), write: (line) => process.stdout.write(line) });
  const state: HostState = { phase: 'starting', ownsDatabase: options.database === undefined };
  let inventory: Inventory | undefined;
  const kernel = frameworkModule({
    environment,
    logger,
    database: options.database,
    phase: () => state.phase,
    answers: () => state.answers?.read() ?? [],
    inventory() {
      if (!inventory) throw new Error('The modules are not ordered yet.');
      return inventory;
    },
  });
  const plan = planBoot({
    modules: [kernel, ...options.modules],
    hostVersion: HOST_VERSION,
    configOverrides: environment.configOverrides,
    overrides: override,
  });
  inventory = plan;

  const problems: Problem[] = [];
  const container = createContainer(plan, (problem) => problems.push(problem));
  const stopIfFaulty = async (): Promise<void> => {
    if (problems.length === 0) return;
    if (state.ownsDatabase && container.has({ database: Database })) await container.resolve(Database).close();
    throw new BootError(problems);
  };
  if (options.migrate) await migrateFirst(plan, container, stopIfFaulty, state);
  await container.create(options.only);
  if (container.has({ events: Events })) {
    const observers = [...plan.observers.values()].flat();
    await container.create(observers.flatMap(({ item }) => Object.values(item.dependencies)));
    if (problems.length === 0) (container.resolve(Events) as BoundEvents).bind?.(container.resolveAll);
  }
  await stopIfFaulty();

  return {
    inventory: plan,
    resolve: container.resolve,
    resolveAll: container.resolveAll,
    tree: () => drawTree(plan, container),
    describePlugins: (service) => describePlugins(plan, container, typeof service === 'object' ? service.id : service),
    ...createLifecycle({ inventory: plan, container, environment, logger, state }),
  };
}

async function migrateFirst(
  inventory: Inventory,
  container: Container,
  stopIfFaulty: () => Promise<void>,
  { ownsDatabase }: HostState,
): Promise<void> {
  await container.create([Database]);
  await stopIfFaulty();
  const database = container.resolve(Database);
  try {
    await migrate(database, migrationSources(inventory.modules));
  } catch (error) {
    if (ownsDatabase) await database.close();
    throw error;
  }
  await container.create([Config]);
  await stopIfFaulty();
  // From here on no reader has to wait for the first load, not even one inside a transaction.
  await container.resolve(Config).prime();
}

function logFormat({ logLevel, nodeEnv }: HostOptions['environment']): { level: string; json: boolean } {
  return { level: logLevel, json: nodeEnv === 'production' };
}
