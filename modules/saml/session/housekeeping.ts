import { type Database, type Logger, type ServiceToken, service } from '../../framework/index.ts';
import type { TestLogins } from '../test-login/test-login.ts';
import type { SamlSessions } from './session.ts';

/** Removes what is over. Nobody finds it any more, so there is no hurry: logins give the occasion. */
export interface Housekeeping {
  /** Says that somebody has come: every ten minutes at most that sets it going, behind whoever is served. */
  due(now: Date): void;
  /** Removes everything that is over at `now`. */
  sweep(now: Date): Promise<void>;
}
export const Housekeeping: ServiceToken<Housekeeping> = service<Housekeeping>('saml.Housekeeping');

const every = 10 * 60_000;

export function createHousekeeping(parts: {
  readonly database: Database;
  readonly sessions: SamlSessions;
  readonly tests: TestLogins;
  readonly logger: Logger;
}): Housekeeping {
  const { database, sessions, tests, logger } = parts;
  let last: number | undefined;
  async function sweep(now: Date): Promise<void> {
    await sessions.purge(database, now);
    await tests.purge(database, now);
  }
  return {
    sweep,
    due(now) {
      last ??= now.getTime();
      if (now.getTime() - last < every) return;
      last = now.getTime();
      sweep(now).catch((err: unknown) => logger.warn({ err }, 'What is over in SAML could not be removed'));
    },
  };
}
