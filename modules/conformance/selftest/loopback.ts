import { createServer } from 'node:net';
import {
  createHost,
  type Database,
  type Environment,
  installationAt,
  type Logger,
  type ModuleManifest,
} from '../../framework/index.ts';

export interface Loopback {
  /** The SCIM base URL, without a slash at its end. */
  readonly base: string;
  stop(): Promise<void>;
}

/**
 * Serves this installation on a free loopback port of this process, with its modules, database and configuration, and
 * without its first-start hooks: what these tell is for the operator, who would never see it.
 *
 * A server of its own instead of BASE_URL: the same works before the first start, behind no proxy that could answer
 * instead, and judges this code and not what an older process still runs.
 */
export async function serveOnLoopback(environment: Environment, database: Database, logger: Logger): Promise<Loopback> {
  const installation = installationAt(new URL('../../../server.ts', import.meta.url).href);
  const port = await freePort();
  const root = `http://127.0.0.1:${port}`;
  const modules = (await installation.load(await installation.enabled())).map(withoutFirstStart);
  const host = await createHost({
    modules,
    environment: { ...environment, host: '127.0.0.1', port, baseUrl: root },
    database,
    logger,
  });
  await host.listen();
  return { base: `${root}/scim/v2`, stop: () => host.stop() };
}

const withoutFirstStart = (module: ModuleManifest): ModuleManifest => ({
  ...module,
  hooks: (module.hooks ?? []).filter(({ at }) => at !== 'first-start'),
});

/** The port is part of the URLs in answers, so it has to be known before the host is made. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
