import { command } from '../../framework/index.ts';
import { areas } from '../checks/index.ts';
import { conformant, countByLevel, resultText } from '../suite/report.ts';
import { runSuite } from '../suite/run.ts';
import { guestOf, temporaryGuest } from './guest.ts';
import { serveOnLoopback } from './loopback.ts';
import { rehearsalNeeds } from './room.ts';

/** `scim:selftest`. */
export const selftest = command('scim:selftest', {
  describe:
    'Try what RFC 7643, 7644 and 9865 ask of a SCIM service provider on this installation; exit code 1 when a MUST fails',
  options: {
    connection: {
      type: 'string',
      describe:
        'Speak for this connection (its policies count; customers made for the test stay behind, deactivated); a temporary one when left out, of which nothing stays',
    },
  },
  inject: rehearsalNeeds,
  async run({ connection }, room) {
    const guest = connection === undefined ? await temporaryGuest(room, 'generic') : await guestOf(room, connection);
    try {
      const loopback = await serveOnLoopback(room.environment, room.database, room.logger);
      try {
        const result = await runSuite({ areas, target: { base: loopback.base, token: guest.token } });
        return { connection: guest.code, ...result, counts: countByLevel(result.verdicts) };
      } finally {
        await loopback.stop();
      }
    } finally {
      await guest.leave();
    }
  },
  print: (result) => resultText(result),
  exitCode: (result) => (conformant(result) ? 0 : 1),
});
