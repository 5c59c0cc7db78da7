import {
  type Clock,
  type ConfigReader,
  type Database,
  type Events,
  type Logger,
  type ServiceToken,
  service,
} from '../../framework/index.ts';
import { CaptureError } from '../capture-error.ts';
import { CaptureImpaired } from '../capture-impaired.ts';
import type { captureSettings } from '../settings.ts';
import type { CaptureTriggers } from './capture-triggers.ts';

/** Milliseconds between two looks at the triggers: a store's upgrade adds columns, a restored dump has no triggers. */
const lookEvery = 600_000;

/** A table that is in use is free soon; after this many looks in vain somebody is told. */
const lookAgain = 30_000;
const looksInVain = 10;

/** What stays wrong is told again after this. */
const repeatAfter = 86_400_000;

/** Keeps the triggers of a running server in order. */
export interface TriggerUpkeep {
  /** Looks now and regularly; where triggers can't be made, the host goes on without and says so. */
  start(): void;
  stop(): Promise<void>;
  /** One look. Never fails: what is wrong is logged and told as `CaptureImpaired`. */
  look(): Promise<void>;
}
export const TriggerUpkeep: ServiceToken<TriggerUpkeep> = service<TriggerUpkeep>('change-capture.TriggerUpkeep');

/** The service behind the token `TriggerUpkeep`. */
export function createUpkeep(room: {
  readonly triggers: CaptureTriggers;
  readonly database: Database;
  readonly events: Events;
  readonly config: ConfigReader<(typeof captureSettings)['fields']>;
  readonly clock: Clock;
  readonly logger: Logger;
}): TriggerUpkeep {
  const { triggers, database, events, config, clock, logger } = room;
  let timer: NodeJS.Timeout | undefined;
  let running = false;
  let looking: Promise<void> = Promise.resolve();
  let inVain = 0;
  let told: { readonly code: string; readonly at: number } | undefined;

  async function tell(error: unknown): Promise<void> {
    const at = clock.now().getTime();
    const code = error instanceof CaptureError ? error.code : 'unknown';
    if (code === 'CAPTURE_IN_USE' && ++inVain < looksInVain) {
      logger.warn({ err: error }, 'Triggers that capture changes are made later: a table is in use');
      return;
    }
    if (told?.code === code && at - told.at < repeatAfter) return;
    told = { code, at };
    logger.error({ err: error }, "Changes made by others can't be captured; capture:status tells more");
    if (!(error instanceof CaptureError)) return;
    const { cure } = error;
    const message = error.message.slice(0, -cure.length).trim();
    await database
      .transaction((tx) =>
        events.emit(
          CaptureImpaired,
          { cause: 'triggers', title: 'Changes in the store are not seen', message, cure },
          tx,
        ),
      )
      .catch((err: unknown) => logger.error({ err }, 'Nobody could be told that changes in the store are not seen'));
  }

  async function look(): Promise<void> {
    try {
      if (!(await config.get('triggers'))) return;
      const made = (await triggers.install()).filter(({ state }) => state !== 'installed');
      if (made.length > 0) logger.info({ triggers: made.length }, 'Triggers that capture changes were made');
      told = undefined;
      inVain = 0;
    } catch (error) {
      await tell(error);
    }
  }

  return {
    look,
    start() {
      running = true;
      const next = (): void => {
        looking = look().then(() => {
          if (!running) return;
          timer = setTimeout(next, inVain > 0 ? lookAgain : lookEvery);
          timer.unref();
        });
      };
      next();
    },
    async stop() {
      running = false;
      clearTimeout(timer);
      await looking;
    },
  };
}
