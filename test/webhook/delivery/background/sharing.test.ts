import { expect } from 'chai';
import { createPace } from '../../../../modules/webhook/delivery/background/pace.ts';
import { createPlaces } from '../../../../modules/webhook/delivery/background/places.ts';
import { customerOf, laneOf } from '../../../../modules/webhook/delivery/lane/lane.ts';

describe('The places for requests', () => {
  it('are given first come, first served, and never to more than there are', async () => {
    const places = createPlaces(2);
    const log: string[] = [];
    const ends: (() => void)[] = [];
    const work = (name: string) =>
      places.within(async () => {
        log.push(name);
        await new Promise<void>((end) => ends.push(end));
        if (name === 'b') throw new Error('broken');
      });
    const all = ['a', 'b', 'c', 'd'].map((name) => work(name).catch(() => void log.push(`${name} failed`)));
    expect(log).to.deep.equal(['a', 'b']);
    ends[1]?.();
    await all[1];
    await new Promise((turn) => setImmediate(turn));
    expect(log.filter((one) => !one.includes('failed'))).to.deep.equal(['a', 'b', 'c']);
    ends[0]?.();
    await all[0];
    ends[2]?.();
    await all[2];
    ends[3]?.();
    await all[3];
    expect(log).to.deep.equal(['a', 'b', 'c', 'b failed', 'd']);
  });
});

describe('The pace of an endpoint', () => {
  it('grows while it empties full claims quickly, and falls when they take long', () => {
    let time = 0;
    const pace = createPace(() => time);
    const turn = (count: number, took: number): number => {
      pace.claimed(count);
      time += took;
      pace.emptied();
      return pace.size();
    };
    expect([pace.size(), turn(4, 10), turn(7, 10), turn(8, 600), turn(8, 400), turn(16, 10)]).to.deep.equal([
      4, 8, 8, 8, 16, 16,
    ]);
    expect([turn(16, 1_000), turn(16, 2_000), turn(8, 15_000), turn(4, 15_000)]).to.deep.equal([16, 8, 4, 4]);
    expect(pace.full()).to.equal(false);
    pace.claimed(4);
    expect(pace.full()).to.equal(true);
  });
});

describe('A lane', () => {
  it("bears its customer's id, or one of its own below zero that no other has", () => {
    expect([laneOf(7), customerOf(7)]).to.deep.equal([7, 7]);
    const none = Array.from({ length: 1_000 }, () => laneOf(null));
    expect(new Set(none).size).to.equal(1_000);
    for (const lane of none) expect(lane).to.be.below(0).and.satisfy(Number.isSafeInteger);
    expect(customerOf(none[0] ?? 0)).to.equal(null);
  });
});
