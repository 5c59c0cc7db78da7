import type { Container } from '../boot/container.ts';
import type { Inventory } from '../boot/inventory.ts';
import { Config } from '../config/config.ts';
import { Database } from '../database/executor.ts';
import { Clock } from '../environment/clock.ts';
import type { Environment } from '../environment/environment.ts';
import { Authorizer } from '../http/authorizer.ts';
import { createHttp } from '../http/create-http.ts';
import { ErrorPages } from '../http/error-pages.ts';
import { front, type Phase } from '../http/front.ts';
import { type Listening, listen } from '../http/listen.ts';
import type { Logger } from '../log/logger.ts';
import { countAnswers, segmentOf } from '../metrics/answer-counts.ts';
import type { Hook } from '../module/hook.ts';
import { whenProvided } from '../module/token.ts';
import { runFirstStart, type Told } from './first-start.ts';
import type { Host } from './host.ts';

/** What is under way when a stop begins is cut after this; what is left to do then takes less than two seconds. */
const GRACE_MS = 8_000;

/** What changes in a host after its boot. */
export interface HostState {
  phase: Phase;
  readonly ownsDatabase: boolean;
  /** From the moment it listens. */
  answers?: ReturnType<typeof countAnswers>;
}

export interface LifecycleParts {
  readonly inventory: Inventory;
  readonly container: Container;
  readonly environment: Environment;
  readonly logger: Logger;
  readonly state: HostState;
}

/** Starting and stopping of a booted host. */
export function createLifecycle(parts: LifecycleParts): Pick<Host, 'listen' | 'stop'> {
  const { inventory, container, environment, logger, state } = parts;
  let listening: Listening | undefined;
  let stopped: Promise<void> | undefined;
  let firstStart: Promise<readonly Told[]> | undefined;

  async function start(): Promise<Awaited<ReturnType<Host['listen']>>> {
    try {
      const app = createHttp({
        routes: inventory.routes,
        resolveAll: container.resolveAll,
        authorizer: inventory.providers.has(Authorizer.id) ? container.resolve(whenProvided(Authorizer)) : undefined,
        errorPages: inventory.providers.has(ErrorPages.id) ? container.resolve(whenProvided(ErrorPages)) : undefined,
        baseUrl: environment.baseUrl,
        logger,
      });
      const listener = front(app, () => state.phase);
      listening = await listen(listener, environment.host, environment.port);
      const areas = inventory.routes.map(({ item }) => segmentOf(item.path));
      state.answers = countAnswers(listening.server, areas);
      await container.resolve(Config).prime();
      for (const { item } of inventory.hooks) {
        if (item.at === 'start') await item.run(container.resolveAll(item.dependencies), () => {});
      }
      const now = () => container.resolve(Clock).now();
      firstStart = runFirstStart(inventory, container, container.resolve(Database), now);
      const told = await firstStart;
      if (state.phase === 'starting') state.phase = 'open';
      const host = environment.host.includes(':') ? `[${environment.host}]` : environment.host;
      return { url: `http://${host}:${listening.port}`, told };
    } catch (error) {
      await stop();
      throw error;
    }
  }

  async function runToStop(hook: Hook): Promise<void> {
    if (!container.has(hook.dependencies)) return;
    try {
      await hook.run(container.resolveAll(hook.dependencies), () => {});
    } catch (err) {
      logger.error({ err, hook: hook.id }, 'A stop hook failed');
    }
  }

  async function finish(): Promise<void> {
    state.phase = 'stopping';
    const hooks = [...inventory.hooks].reverse().map(({ item }) => item);
    const stopping = hooks.filter(({ at }) => at === 'stopping').map(runToStop);
    await Promise.all([listening?.close(GRACE_MS), ...stopping]);
    // What it has claimed and not done would never be done.
    await firstStart?.catch(() => {});
    state.answers?.end();
    for (const hook of hooks) if (hook.at === 'stop') await runToStop(hook);
    if (state.ownsDatabase && container.has({ database: Database })) await container.resolve(Database).close();
  }

  function stop(): Promise<void> {
    stopped ??= finish();
    return stopped;
  }

  return { listen: start, stop };
}
