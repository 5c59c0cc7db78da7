import { expect } from 'chai';
import { pauseAfter, triedFor, waitAfter } from '../../../../modules/webhook/delivery/endpoint/backoff.ts';
import {
  type Health,
  healthAfter,
  healthy,
  isLost,
  type Sign,
} from '../../../../modules/webhook/delivery/endpoint/health.ts';

const second = 1_000;
const hour = 3_600_000;
const day = 24 * hour;
const failure: Sign = { kind: 'failure', counts: true, probe: false };
const probed: Sign = { ...failure, probe: true };
const success: Sign = { kind: 'success' };
const most = () => 1;

describe("An endpoint's health", () => {
  const heard = (before: Health, signs: readonly Sign[], now: number) => healthAfter(before, signs, now, most);

  it('bears four failures in a row, and is left alone after the fifth, as long whoever was under way fails then', () => {
    expect(heard(healthy, Array(4).fill(failure), 100)).to.deep.equal({
      failures: 4,
      failingSinceMs: 100,
      failedMs: 100,
      pausedUntilMs: null,
    });
    const paused = { failures: 5, failingSinceMs: 100, failedMs: 100, pausedUntilMs: 100 + 2 * second };
    expect(heard(healthy, Array(5).fill(failure), 100)).to.deep.equal(paused);
    expect(heard(healthy, Array(9).fill(failure), 100)).to.deep.equal(paused);
  });

  it('is left alone twice as long after each request that fails then, five minutes at most', () => {
    let health = heard(healthy, Array(5).fill(failure), 0);
    const pauses: number[] = [];
    for (let i = 0; i < 10; i++) {
      const now = health.pausedUntilMs ?? 0;
      health = heard(health, [probed], now);
      pauses.push(((health.pausedUntilMs ?? 0) - now) / second);
    }
    expect(pauses).to.deep.equal([4, 8, 16, 32, 64, 128, 256, 300, 300, 300]);
  });

  it('is whole again with one success', () => {
    expect(heard(heard(healthy, Array(9).fill(failure), 100), [success], 200)).to.deep.equal(healthy);
    expect(heard(healthy, [failure, failure, failure, failure, success, failure], 100)).to.include({
      failures: 1,
      failingSinceMs: 100,
    });
  });

  it('does not suffer from an event that fails again and again', () => {
    const poison: Sign = { ...failure, counts: false };
    expect(heard(healthy, Array(50).fill(poison), 100)).to.include({
      failures: 0,
      pausedUntilMs: null,
      failingSinceMs: 100,
    });
  });

  it('rests as long as the endpoint asks, and no shorter than it would without', () => {
    expect(heard(healthy, [{ ...failure, askedMs: hour }], 100)).to.include({ failures: 1, pausedUntilMs: 100 + hour });
    const longer = heard(healthy, [{ ...failure, askedMs: hour }, failure, failure, failure, failure, failure], 100);
    expect(longer.pausedUntilMs).to.equal(100 + hour);
    expect(heard({ ...healthy, failures: 4 }, [{ ...failure, askedMs: 1 }], 100).pausedUntilMs).to.equal(
      100 + 2 * second,
    );
  });

  it('is lost after five days of failures without a success, gaps of more than a day apart', () => {
    let health = heard(healthy, [failure], 0);
    for (let now = 0; now < 5 * day; now += 8 * hour) health = heard(health, [failure], now);
    expect(isLost(health)).to.equal(false);
    expect(isLost(heard(health, [failure], 5 * day))).to.equal(true);
    expect(isLost(heard(heard(healthy, [failure], 0), [failure], 30 * day))).to.equal(false);
    expect(isLost(healthy)).to.equal(false);
  });
});

describe('What waits', () => {
  it('waits anything up to five seconds, twice as long each time, eight hours at most, and as long as it was asked to', () => {
    expect([1, 2, 3, 4, 10, 14, 40].map((attempts) => waitAfter(attempts, most) / second)).to.deep.equal([
      5, 10, 20, 40, 2560, 28800, 28800,
    ]);
    expect(waitAfter(5, () => 0)).to.equal(0);
    expect(waitAfter(5, () => 0.25)).to.equal(20 * second);
    expect(waitAfter(1, () => 0.5, 60 * second)).to.equal(60 * second);
    expect(triedFor).to.equal(3 * day);
  });

  it('for an endpoint waits half of its pause at least', () => {
    expect([0, 1, 7, 8, 99].map((excess) => pauseAfter(excess, () => 0) / second)).to.deep.equal([1, 2, 128, 150, 150]);
  });
});
