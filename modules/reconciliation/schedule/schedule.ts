import { type Clock, type ConfigReader, type Logger, type ServiceToken, service } from '../../framework/index.ts';
import type { ReconciliationRuns } from '../run/runs.ts';
import type { scheduleSettings } from '../settings.ts';

/** Begins a run when one is due. */
export interface ReconciliationSchedule {
  /** Runs now if one is due and no other process does; true where it ran. */
  look(): Promise<boolean>;
  /** Looks every few minutes. */
  start(): void;
  /** Ends looking, and a run that is under way. */
  stop(): Promise<void>;
}
export const ReconciliationSchedule: ServiceToken<ReconciliationSchedule> = service<ReconciliationSchedule>(
  'reconciliation.ReconciliationSchedule',
);

const lookEvery = 600_000;
const hour = 3_600_000;

export interface ScheduleParts {
  readonly runs: ReconciliationRuns;
  readonly config: ConfigReader<(typeof scheduleSettings)['fields']>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Every process has one; the database decides which of them runs. */
export function createSchedule({ runs, config, clock, logger }: ScheduleParts): ReconciliationSchedule {
  let timer: NodeJS.Timeout | undefined;

  async function look(): Promise<boolean> {
    const hours = await config.get('hours');
    if (hours === 0) return false;
    const run = await runs.run('schedule', undefined, clock.now().getTime() - hours * hour);
    if (run) logger.info({ found: run.found, done: run.done }, 'Store and documents were compared');
    return run !== undefined;
  }

  const kick = (): void => {
    look().catch((err: unknown) =>
      logger.error({ err }, 'Store and documents could not be compared; it is tried again'),
    );
  };

  return {
    look,
    start() {
      timer = setInterval(kick, lookEvery);
      timer.unref();
    },
    async stop() {
      clearInterval(timer);
      await runs.stop();
    },
  };
}
