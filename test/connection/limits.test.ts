import { expect } from 'chai';
import { AddressList } from '../../modules/connection/address/address-list.ts';
import { type Connection, openPolicy } from '../../modules/connection/index.ts';
import { BadTokens } from '../../modules/connection/limit/bad-tokens.ts';
import { PaceKeeper } from '../../modules/connection/limit/pace.ts';
import { RequestLimits } from '../../modules/connection/limit/request-limits.ts';

const settings = {
  requestsPerSecond: 25,
  burstSeconds: 4,
  badTokensPerMinute: 60,
  trustedProxies: new AddressList([]),
};
const connection = (id: number, requestsPerSecond: number | null = null): Connection => ({
  id,
  code: `c${id}`,
  name: 'x',
  profile: 'generic',
  websiteId: 1,
  active: true,
  match: 'link',
  groups: 'create',
  policy: { ...openPolicy, requestsPerSecond },
  createdAt: '2024-05-06 12:00:00',
});

describe('A pace', () => {
  let time = 0;
  const now = () => time;
  beforeEach(() => {
    time = 0;
  });
  const passed = (keeper: PaceKeeper<string>, key: string, pace: { perSecond: number; burst: number }, times: number) =>
    Array.from({ length: times }, () => keeper.take(key, pace)).filter((wait) => wait === 0).length;

  for (const pace of [
    { perSecond: 25, burst: 100 },
    { perSecond: 3, burst: 1 },
    { perSecond: 1 / 60, burst: 1 },
    { perSecond: 1_000, burst: 60_000 },
  ])
    it(`of ${pace.perSecond} a second lets a burst of ${pace.burst} pass, and then the even pace`, () => {
      const keeper = new PaceKeeper<string>(10, '', now);
      expect(passed(keeper, 'a', pace, pace.burst + 10)).to.equal(pace.burst);
      time += 10_000 / pace.perSecond;
      expect(passed(keeper, 'a', pace, 100)).to.equal(Math.min(10, pace.burst));
      time += (1_000 * pace.burst) / pace.perSecond;
      expect(passed(keeper, 'a', pace, pace.burst + 1)).to.equal(pace.burst);
    });

  it('tells the wait after which the next one passes, and not a moment before', () => {
    const keeper = new PaceKeeper<string>(10, '', now);
    const pace = { perSecond: 4, burst: 2 };
    passed(keeper, 'a', pace, 2);
    const wait = keeper.take('a', pace);
    expect(wait).to.equal(250);
    time += wait - 1;
    expect(keeper.take('a', pace)).to.equal(1);
    time += 1;
    expect(keeper.take('a', pace)).to.equal(0);
  });

  it('is kept by each key for itself', () => {
    const keeper = new PaceKeeper<string>(10, '', now);
    expect(passed(keeper, 'a', { perSecond: 1, burst: 1 }, 5)).to.equal(1);
    expect(passed(keeper, 'b', { perSecond: 1, burst: 1 }, 5)).to.equal(1);
  });

  it('counts what has passed already, so that later ones wait for it', () => {
    const keeper = new PaceKeeper<string>(10, '', now);
    const pace = { perSecond: 10, burst: 10 };
    keeper.charge('a', pace, 1_000);
    expect(keeper.take('a', pace)).to.equal(99_100);
    time += 99_100;
    expect(keeper.take('a', pace)).to.equal(0);
  });

  it('is kept for any number of keys in a table that does not grow', () => {
    const keeper = new PaceKeeper<string>(100, '', now);
    const pace = { perSecond: 1, burst: 2 };
    for (let i = 0; i < 5_000; i++) keeper.take(`k${i}`, pace);
    expect(keeper.size).to.be.at.most(101);
    // those who came when it was full share one count; those who were there first keep theirs
    expect(keeper.take('stranger', pace)).to.be.above(0);
    expect(keeper.take('k1', pace)).to.equal(0);
    time += 5_000_000;
    expect(keeper.take('stranger', pace)).to.equal(0);
    expect(keeper.take('stranger', pace)).to.equal(0);
    expect(keeper.size).to.be.at.most(101);
  });
});

describe('Limits of requests', () => {
  let time = 0;
  let limits: RequestLimits;
  beforeEach(() => {
    time = 0;
    limits = new RequestLimits(() => time);
  });
  const admitted = (of: Connection, times: number) =>
    Array.from({ length: times }, () => limits.admit(of, settings)).filter((refused) => !refused).length;

  it('are those of the configuration, with a burst', () => {
    expect(admitted(connection(1), 200)).to.equal(100);
    time += 1_000;
    expect(admitted(connection(1), 200)).to.equal(25);
  });

  it('hold 25 requests a second for an hour', () => {
    for (let second = 0; second < 3_600; second++) {
      expect(admitted(connection(1), 25)).to.equal(25);
      time += 1_000;
    }
  });

  it('are a connection’s own where it has some, or none at all', () => {
    expect(admitted(connection(1, 2), 200)).to.equal(8);
    expect(admitted(connection(2, 0), 10_000)).to.equal(10_000);
    expect(admitted(connection(3), 200)).to.equal(100);
  });

  it('say when to come again, in whole seconds, and are worth one record a minute', () => {
    admitted(connection(1, 1), 4);
    expect(limits.admit(connection(1, 1), settings)).to.deep.equal({ retryAfter: 1, telling: true });
    expect(limits.admit(connection(1, 1), settings)).to.deep.equal({ retryAfter: 1, telling: false });
    limits.charge(connection(1, 1), settings, 200);
    time += 60_000;
    expect(limits.admit(connection(1, 1), settings)).to.deep.equal({ retryAfter: 141, telling: true });
  });
});

describe('Bad tokens', () => {
  let time = 0;
  let bad: BadTokens;
  beforeEach(() => {
    time = 0;
    bad = new BadTokens(() => time);
  });

  it('are told of, until there are too many from one address', () => {
    const told = Array.from({ length: 100 }, () => bad.count('192.0.2.7', settings));
    expect(told.filter(({ retryAfter }) => retryAfter === 0)).to.have.length(60);
    expect(told.filter(({ telling }) => telling)).to.have.length(61);
    expect(bad.count('192.0.2.8', settings).retryAfter).to.equal(0);
    time += 60_000;
    expect(bad.count('192.0.2.7', settings).retryAfter).to.equal(0);
  });

  it('of an IPv6 network are counted together', () => {
    const told = Array.from({ length: 100 }, (_, i) => bad.count(`2001:db8:0:1::${i}`, settings));
    expect(told.filter(({ retryAfter }) => retryAfter === 0)).to.have.length(60);
    expect(bad.count('2001:db8:0:2::1', settings).retryAfter).to.equal(0);
  });

  it('of more addresses than are remembered are counted together', () => {
    for (let i = 0; i < 30_000; i++) bad.count(`10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`, settings);
    expect(bad.size).to.be.at.most(10_001);
    expect(bad.count('192.0.2.7', settings).retryAfter).to.be.above(0);
  });

  it('are not limited where the configuration says so', () => {
    for (let i = 0; i < 1_000; i++)
      expect(bad.count('192.0.2.7', { ...settings, badTokensPerMinute: 0 }).retryAfter).to.equal(0);
  });
});
