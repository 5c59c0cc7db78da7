import { command, UsageError } from '../../framework/index.ts';
import { guestOf, temporaryGuest } from '../selftest/guest.ts';
import { serveOnLoopback } from '../selftest/loopback.ts';
import { type RehearsalRoom, rehearsalNeeds } from '../selftest/room.ts';
import type { IdentityProvider } from './identity-provider.ts';
import { play, type SimulationResult } from './play.ts';
import { identityProviderNames, identityProviderOf } from './profiles/index.ts';
import { summaryOf } from './summary.ts';

interface Play {
  readonly idp: IdentityProvider;
  readonly users: number;
  readonly keep: boolean;
  readonly progress: (text: string) => void;
}

const mostUsers = 100_000;

/** Plays against this installation, for a connection that exists or for a temporary one. */
async function playHere(room: RehearsalRoom, what: Play, code: string | undefined): Promise<SimulationResult> {
  const guest = code === undefined ? await temporaryGuest(room, what.idp.profile) : await guestOf(room, code);
  try {
    const loopback = await serveOnLoopback(room.environment, room.database, room.logger);
    try {
      return await play({ ...what, base: loopback.base, token: guest.token });
    } finally {
      await loopback.stop();
    }
  } finally {
    if (code === undefined && what.keep)
      what.progress(`The temporary connection "${guest.code}" stays, with its token.`);
    else await guest.leave();
  }
}

/** `scim:simulate`. */
export const simulate = command('scim:simulate', {
  describe:
    'Play an identity provider: connect, match, create, push a group, update, deactivate, reactivate, delete; exit code 1 when it would have stumbled',
  options: {
    profile: {
      type: 'string',
      position: 0,
      required: true,
      describe: 'Which one',
      choices: identityProviderNames,
    },
    users: { type: 'number', describe: 'How many people it provisions', default: 5 },
    base: { type: 'string', describe: 'SCIM base URL of the service provider; this installation when left out' },
    token: { type: 'string', describe: 'Bearer token, with --base' },
    connection: {
      type: 'string',
      describe: 'Speak for this connection of this installation; a temporary one when left out',
    },
    keep: { type: 'boolean', describe: 'Leave the people and the group there' },
  },
  inject: rehearsalNeeds,
  async run({ profile, users, base, token, connection, keep = false }, room, io) {
    if ((base === undefined) !== (token === undefined)) throw new UsageError('--base and --token belong together.');
    if (base !== undefined && connection !== undefined)
      throw new UsageError('--connection is one of this installation; leave out --base and --token.');
    if (!Number.isInteger(users) || users < 1 || users > mostUsers)
      throw new UsageError(`--users is a whole number from 1 to ${mostUsers}.`);
    const idp = identityProviderOf(profile);
    if (!idp) throw new UsageError(`There is no profile "${profile}".`);
    const what = { idp, users, keep, progress: (text: string) => io.tell(`${text}\n`) };
    if (base !== undefined && token !== undefined) return play({ ...what, base: base.replace(/\/+$/, ''), token });
    return playHere(room, what, connection);
  },
  print: (result) => summaryOf(result),
  exitCode: ({ faults, left, kept }) => (faults.length > 0 || (left.length > 0 && !kept) ? 1 : 0),
});
