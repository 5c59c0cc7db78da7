import { expect } from 'chai';
import { CaptureError, captureError } from '../../modules/change-capture/capture-error.ts';
import type { CaptureTriggers } from '../../modules/change-capture/trigger/capture-triggers.ts';
import { createUpkeep } from '../../modules/change-capture/trigger/upkeep.ts';
import { DatabaseError, silentLogger } from '../../modules/framework/index.ts';

describe('The upkeep of triggers', () => {
  const day = 86_400_000;

  /** An upkeep over triggers that are refused with these errors in turn; what it tells, and how often it tried. */
  function upkeep(errors: readonly (Error | undefined)[], on = true) {
    const seen = { now: 0, tries: 0, told: [] as unknown[] };
    const triggers: CaptureTriggers = {
      status: async () => [],
      remove: async () => 0,
      async install() {
        const error = errors[seen.tries++];
        if (error) throw error;
        return [];
      },
    };
    const made = createUpkeep({
      triggers,
      database: { transaction: (work: (tx: unknown) => unknown) => work({}) } as never,
      events: { emit: async (_: unknown, payload: unknown) => void seen.told.push(payload) } as never,
      config: { get: async () => on } as never,
      clock: { now: () => new Date(seen.now) },
      logger: silentLogger,
    });
    return { seen, look: () => made.look() };
  }
  const denied = new CaptureError('CAPTURE_DENIED', 'No.', 'Grant it.');

  it('says once a day what stays wrong, with the cure apart', async () => {
    const { seen, look } = upkeep([denied, denied, denied]);
    await look();
    seen.now = day - 1;
    await look();
    expect(seen.told).to.deep.equal([
      { cause: 'triggers', title: 'Changes in the store are not seen', message: 'No.', cure: 'Grant it.' },
    ]);
    seen.now = day;
    await look();
    expect(seen.told).to.have.length(2);
  });

  it('says it again when it was well in between', async () => {
    const { seen, look } = upkeep([denied, undefined, denied]);
    for (let i = 0; i < 3; i++) await look();
    expect(seen.told).to.have.length(2);
  });

  it('goes on where the database is away', async () => {
    const { seen, look } = upkeep([new DatabaseError('DB_UNAVAILABLE', 'away'), denied]);
    await look();
    await look();
    expect([seen.tries, seen.told.length]).to.deep.equal([2, 1]);
  });

  it('waits for a table that is in use, and tells of it when it stays so', async () => {
    const inUse = new CaptureError('CAPTURE_IN_USE', 'In use.', 'Run it again.');
    const { seen, look } = upkeep(Array(10).fill(inUse));
    for (let i = 0; i < 9; i++) await look();
    expect(seen.told).to.deep.equal([]);
    await look();
    expect(seen.told).to.have.length(1);
  });

  it('leaves triggers out where they are switched off', async () => {
    const { seen, look } = upkeep([denied], false);
    await look();
    expect(seen).to.include({ tries: 0 });
  });
});

describe('A refused trigger', () => {
  const of = (code: 'DB_DENIED' | 'DB_CONTENTION' | 'DB_STATEMENT' | 'DB_UNAVAILABLE', message: string) =>
    captureError(new DatabaseError(code, message));

  it('names the privilege, or the setting of a server with a binary log', () => {
    expect(of('DB_DENIED', 'The database user may not do this: TRIGGER command denied (1142)')).to.include({
      code: 'CAPTURE_DENIED',
      cure: "Grant the host's database user the privilege TRIGGER on the store's database, then run capture:install.",
    });
    expect(
      String(of('DB_DENIED', 'The database user may not do this: You do not have the SUPER privilege (1419)')),
    ).to.contain('log_bin_trust_function_creators=1');
  });

  it('tells a table in use from other refusals, and leaves the rest as it is', () => {
    expect(of('DB_CONTENTION', 'x')).to.include({ code: 'CAPTURE_IN_USE' });
    expect(of('DB_STATEMENT', 'x')).to.include({ code: 'CAPTURE_REFUSED' });
    expect(of('DB_UNAVAILABLE', 'x')).to.be.instanceOf(DatabaseError);
  });
});
