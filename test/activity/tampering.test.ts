import { expect } from 'chai';
import fc from 'fast-check';
import { leavesDigest, leavesOf } from '../../modules/activity/seal/leaves.ts';
import { sealById, sealText } from '../../modules/activity/seal/seal.ts';
import { createVerifier, type Fault } from '../../modules/activity/seal/verify.ts';
import { Encryptor, sql } from '../../modules/framework/index.ts';
import { onBothEngines } from '../setup/databases.ts';
import { runs } from '../setup/runs.ts';
import { type ActivityRoom, entry, openRoom } from './room.ts';
import { type Sealed, type Tamper, type TamperedRecord, type TamperedSeal, tamperings } from './tamperings.ts';

const day = 86_400_000;
const began = Date.parse('2024-01-01T00:00:00.000Z');
const seals = 6;
const under = 9;

/** Throws the transaction away in which it was seen. */
class Seen extends Error {
  readonly fault: Fault | undefined;
  readonly meant: number | undefined;
  constructor(fault: Fault | undefined, meant: number | undefined) {
    super('seen');
    this.fault = fault;
    this.meant = meant;
  }
}

onBothEngines('A record that somebody tampers with', (engine) => {
  let room: ActivityRoom;
  let sealed: Sealed;
  before(async () => {
    room = await openRoom(engine, { config: { 'activity/retention/days': 10 } });
    for (let seal = 0; seal < seals; seal++) {
      const at = new Date(began + seal * day);
      await room.record(
        Array.from({ length: under }, (_, i) =>
          entry({
            at: new Date(at.getTime() + Math.floor(i / 2)),
            operation: i % 3 === 0 ? 'user.patch' : 'user.create',
            status: i % 4 === 0 ? 201 : 200,
            connectionId: 1 + (i % 2),
            customerId: seal * under + i,
            subject: `user-${seal}-${i}@example.com`,
            requestId: `r-${seal}-${i}`,
          }),
        ),
      );
      room.clock.set(at);
      await room.jobs.seal();
    }
    // The first seal is past its time: its records are purged as they should be.
    room.clock.set(new Date(began + 10 * day + 1));
    await room.jobs.purge();
    const { database } = room;
    sealed = {
      records: await database.all<TamperedRecord>(
        sql`SELECT seal_id, activity_id, occurred_ms, entry FROM {vestibule_activity_record} ORDER BY activity_id`,
      ),
      seals: await database.all<TamperedSeal>(
        sql`SELECT seal_id, digest, purged_ms, purge_mark FROM {vestibule_activity_seal} ORDER BY seal_id`,
      ),
    };
    expect([sealed.records.length, sealed.seals.length]).to.deep.equal([(seals - 1) * under, seals]);
  });
  after(() => room.close());

  /** What is found after a change that is then taken back. */
  async function seen(tamper: Tamper, pick: (below: number) => number): Promise<Seen> {
    const encryptor = room.host.resolve(Encryptor);
    const outcome = await room.database
      .transaction(async (tx) => {
        const meant = await tamper(tx, sealed, pick);
        throw new Seen((await createVerifier({ database: tx, encryptor }).verify()).fault, meant);
      })
      .catch((error: unknown) => error);
    if (outcome instanceof Seen) return outcome;
    throw outcome;
  }

  const intact = async () =>
    expect(await room.verifier.verify()).to.deep.include({
      intact: true,
      seals,
      records: (seals - 1) * under,
      purged: under,
    });

  for (const [name, tamper] of Object.entries(tamperings))
    it(`is found out where ${name}`, async () => {
      for (let at = 0; at < 8; at++) {
        let asked = at;
        const { fault, meant } = await seen(tamper, (below) => asked++ % below);
        expect(fault, `${name}, ${at}`).to.not.equal(undefined);
        if (meant !== undefined) expect(fault?.recordId, name).to.equal(meant);
      }
      await intact();
    });

  it('is found out where a seal is exchanged for one of a copy of this store, made with its key', async () => {
    const encryptor = room.host.resolve(Encryptor);
    const exchange: Tamper = async (tx, { records }, pick) => {
      const record = records[pick(records.length)];
      const seal = record && (await sealById(tx, record.seal_id));
      if (!record || !seal) throw new Error('no record');
      const entry = record.entry.replace('@example.com', '@other.example');
      const leaves = leavesOf(
        records
          .filter(({ seal_id }) => seal_id === seal.seal_id)
          .map((one) => ({ id: one.activity_id, entry: one === record ? entry : one.entry })),
      );
      const other = { ...seal, leaves_digest: leavesDigest(leaves) };
      const digest = encryptor.digest(sealText('0:the seal before it there', other));
      await tx.run(
        sql`UPDATE {vestibule_activity_seal} SET leaves = ${leaves}, leaves_digest = ${other.leaves_digest}, digest = ${digest} WHERE seal_id = ${seal.seal_id}`,
      );
      await tx.run(
        sql`UPDATE {vestibule_activity_record} SET entry = ${entry} WHERE activity_id = ${record.activity_id}`,
      );
      return undefined;
    };
    const { fault } = await seen(exchange, () => under);
    expect(fault).to.include({ what: 'seal', tampering: 'changed' });
  });

  it('is found out whatever was done, and to whatever', async () => {
    const names = Object.keys(tamperings);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...names),
        fc.array(fc.nat(1_000_000), { minLength: 5, maxLength: 5 }),
        async (name, numbers) => {
          let asked = 0;
          const pick = (below: number) => (numbers[asked++ % numbers.length] ?? 0) % below;
          const { fault, meant } = await seen(tamperings[name] as Tamper, pick);
          expect(fault?.message, name).to.be.a('string');
          if (meant !== undefined) expect(fault?.recordId, name).to.equal(meant);
        },
      ),
      { numRuns: runs(50) },
    );
    await intact();
  }).timeout(60_000 * runs(1));
});
