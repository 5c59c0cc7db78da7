import { type ServiceToken, service } from '../../framework/index.ts';
import { areas } from '../checks/index.ts';
import { runSuite, type SuiteResult } from '../suite/run.ts';
import { guestOf, temporaryGuest } from './guest.ts';
import { serveOnLoopback } from './loopback.ts';
import type { RehearsalRoom } from './room.ts';

/** Requirements that a whole run looks at. */
export const requirementCount = areas.reduce((sum, { checks }) => sum + checks.length, 0);

/** Tries what the RFCs ask of a service provider on this installation. */
export interface Selftests {
  /**
   * Speaks for a connection, or for a temporary one of which nothing stays; `told` hears how many requirements are done.
   * @throws ConnectionError for a code that no connection has
   */
  run(code: string | undefined, told?: (done: number) => void): Promise<SuiteResult & { readonly connection: string }>;
}
export const Selftests: ServiceToken<Selftests> = service<Selftests>('conformance.Selftests');

export const createSelftests = (room: RehearsalRoom): Selftests => ({
  async run(code, told = () => {}) {
    const guest = code === undefined ? await temporaryGuest(room, 'generic') : await guestOf(room, code);
    try {
      const loopback = await serveOnLoopback(room.environment, room.database, room.logger);
      try {
        let done = 0;
        const target = { base: loopback.base, token: guest.token };
        const result = await runSuite({ areas, target, onVerdict: () => told(++done) });
        return { connection: guest.code, ...result };
      } finally {
        await loopback.stop();
      }
    } finally {
      await guest.leave();
    }
  },
});
