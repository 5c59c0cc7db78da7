import { Clock, Database, Environment, Logger, onStart, onStop } from '../../framework/index.ts';
import { SamlRequests } from './requests.ts';

const every = 600_000;
const timers = new Map<SamlRequests, NodeJS.Timeout>();

/** At its start and every ten minutes each host forgets what has ended. In tests nothing runs by itself. */
export const purging = [
  onStart(
    'saml.requests.purge',
    { requests: SamlRequests, database: Database, environment: Environment, clock: Clock, logger: Logger },
    ({ requests, database, environment, clock, logger }) => {
      if (environment.nodeEnv === 'test') return;
      const purge = (): Promise<unknown> =>
        requests
          .purge(database, clock.now())
          .catch((err: unknown) => logger.error({ err }, 'Old SAML requests could not be purged; it is tried again'));
      void purge();
      timers.set(requests, setInterval(purge, every).unref());
    },
  ),
  onStop('saml.requests.purge-stop', { requests: SamlRequests }, ({ requests }) => {
    clearInterval(timers.get(requests));
    timers.delete(requests);
  }),
];
