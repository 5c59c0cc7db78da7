import { SetupFacts } from '../../connection/index.ts';
import { Clock, contribute, Environment } from '../../framework/index.ts';
import { ownAddresses } from '../provider/addresses.ts';
import { samlStanding } from './guide/standing.ts';

/** What an identity administrator is told of logins when a set-up is finished. */
export const samlFacts = contribute(
  SetupFacts,
  { environment: Environment, clock: Clock },
  ({ environment, clock }) => ({
    async of(db, connection) {
      const { on, known, trusted } = await samlStanding(db, connection, clock.now());
      const { loginUrl, entityId, acsUrl } = ownAddresses(environment.baseUrl, connection.code);
      if (!on && !known) return [['Single sign-on', 'not set up']];
      const words = !on ? 'prepared, and off' : trusted ? 'on' : 'on, but no certificate is trusted';
      return [
        ['Single sign-on', words],
        ['Entity ID', entityId],
        ['ACS URL', acsUrl],
        ['Login URL', loginUrl],
      ];
    },
  }),
);
