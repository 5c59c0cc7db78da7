import type { MappingVersions } from '../../attribute-mapping/index.ts';
import {
  type Clock,
  type ConfigReader,
  type Database,
  type Logger,
  type ServiceToken,
  service,
} from '../../framework/index.ts';
import { purgeMatchRequests, purgeRuns } from './purge.ts';
import { purgeHolds } from './purge-holds.ts';
import type { retentionSettings } from './settings.ts';

/** Removes what nobody needs any more, in small batches: match requests, decided holds, runs, versions of mappings. */
export interface Retention {
  /** Answers how many rows of each went. */
  purge(): Promise<{
    readonly matchRequests: number;
    readonly holds: number;
    readonly runs: number;
    readonly versions: number;
  }>;
  /** Looks now and every hour. */
  start(): void;
  stop(): Promise<void>;
}
export const Retention: ServiceToken<Retention> = service<Retention>('provisioning.Retention');

const every = 3_600_000;

export interface RetentionParts {
  readonly database: Database;
  readonly versions: MappingVersions;
  readonly config: ConfigReader<(typeof retentionSettings)['fields']>;
  readonly clock: Clock;
  readonly logger: Logger;
}

export function createRetention({ database, versions, config, clock, logger }: RetentionParts): Retention {
  let timer: NodeJS.Timeout | undefined;
  let purging: Promise<unknown> = Promise.resolve();

  async function purge(): ReturnType<Retention['purge']> {
    const now = clock.now();
    return {
      matchRequests: await purgeMatchRequests(database, await config.get('match_requests'), now),
      holds: await purgeHolds(database, await config.get('holds'), now),
      runs: await purgeRuns(database, await config.get('runs'), now),
      versions: await versions.purge(database, now),
    };
  }

  /** Never rejects: what failed is tried again in an hour. */
  function look(): void {
    purging = purging
      .then(purge)
      .catch((err: unknown) => logger.error({ err }, 'What is past its time could not be removed; it is tried again'));
  }

  return {
    purge,
    start() {
      look();
      timer = setInterval(look, every);
      timer.unref();
    },
    async stop() {
      clearInterval(timer);
      await purging;
    },
  };
}
