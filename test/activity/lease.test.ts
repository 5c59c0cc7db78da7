import { expect } from 'chai';
import { createLease } from '../../modules/activity/jobs/lease.ts';
import { onBothEngines } from '../setup/databases.ts';
import { type ActivityRoom, openRoom } from './room.ts';

onBothEngines('The lease of a job', (engine) => {
  let room: ActivityRoom;
  let elapsed: number;
  before(async () => {
    room = await openRoom(engine);
  });
  after(() => room.close());
  beforeEach(() => {
    elapsed = 0;
  });
  const lease = () => createLease(room.database, 'seal', () => elapsed);

  it('has one holder, who keeps it for as long as it shows signs', async () => {
    const [ours, theirs] = [lease(), lease()];
    expect(await ours.hold()).to.equal(true);
    for (let i = 0; i < 5; i++) {
      expect(await theirs.hold()).to.equal(false);
      elapsed += 29_000;
      expect(await ours.hold()).to.equal(true);
    }
    await ours.release();
  });

  it('goes to the next one at once when it is let go', async () => {
    const [ours, theirs] = [lease(), lease()];
    await ours.hold();
    expect(await theirs.hold()).to.equal(false);
    await ours.release();
    expect(await theirs.hold()).to.equal(true);
    expect(await ours.hold()).to.equal(false);
    await ours.release();
    expect(await theirs.hold()).to.equal(true);
    await theirs.release();
  });

  it('is taken over once its holder has shown no sign for half a minute, and the holder notices', async () => {
    const [dead, next] = [lease(), lease()];
    await dead.hold();
    expect(await next.hold()).to.equal(false);
    elapsed += 29_999;
    expect(await next.hold()).to.equal(false);
    elapsed += 1;
    expect(await next.hold()).to.equal(true);
    expect(await dead.hold()).to.equal(false);
    await next.release();
  });

  it('goes to exactly one of many who ask at once', async () => {
    const many = Array.from({ length: 10 }, lease);
    const got = await Promise.all(many.map((one) => one.hold()));
    expect(got.filter(Boolean)).to.have.length(1);
    await many[got.indexOf(true)]?.release();
  });

  it('of sealing and that of purging are two', async () => {
    const [seal, purge] = [lease(), createLease(room.database, 'purge', () => elapsed)];
    expect([await seal.hold(), await purge.hold()]).to.deep.equal([true, true]);
    await seal.release();
    await purge.release();
  });
});
