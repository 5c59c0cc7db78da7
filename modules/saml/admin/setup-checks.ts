import { SetupChecks } from '../../connection/index.ts';
import { Clock, contribute } from '../../framework/index.ts';
import { samlStanding } from './guide/standing.ts';

/** How far logins have come; nothing where nobody has begun with them. */
export const samlChecks = contribute(SetupChecks, { clock: Clock }, ({ clock }) => ({
  sortOrder: 20,
  async of(db, connection) {
    const { on, known, trusted, signedIn } = await samlStanding(db, connection, clock.now());
    if (!on && !known) return [];
    if (!known || !trusted)
      return [
        {
          state: 'warn',
          what: 'The store does not have the metadata, or trusts no certificate of it.',
          cure: 'Send the metadata to whoever invited you.',
        },
      ];
    if (!on)
      return [
        {
          state: 'open',
          what: 'Logins are prepared and not switched on in the store.',
          cure: 'Ask for it when you are ready.',
        },
      ];
    return [
      signedIn
        ? { state: 'good', what: 'Somebody has logged in.' }
        : { state: 'open', what: 'Nobody has logged in yet.', cure: 'Open the login URL of the guide.' },
    ];
  },
}));
