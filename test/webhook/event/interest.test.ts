import { expect } from 'chai';
import type { Executor } from '../../../modules/framework/index.ts';
import { createInterest } from '../../../modules/webhook/event/interest.ts';

/** A database that answers when it is told to, with a subscription to each of these scopes; all of the same restriction. */
function slowDatabase(scopes: string[], only: { connection_id?: number; website_id?: number } = {}) {
  const waiting: (() => void)[] = [];
  let asked = 0;
  const db = {
    all: async () => {
      asked++;
      const found = scopes.map((scope, id) => ({
        ...{ webhook_id: id, scope, connection_id: null, website_id: null },
        ...only,
      }));
      await new Promise<void>((resolve) => void waiting.push(resolve));
      return found;
    },
  } as unknown as Executor;
  const answer = () => {
    for (const go of waiting.splice(0)) go();
  };
  return { db, answer, asked: () => asked };
}

describe('The memory of who listens', () => {
  let time = 0;
  const clock = { now: () => new Date(time) };
  const about = ['store/customer/created'];

  it('is good for five seconds, whatever way the clock goes', async () => {
    const scopes: string[] = [];
    const { db, answer, asked } = slowDatabase(scopes);
    const interest = createInterest(clock);
    const ask = async () => {
      const answered = interest.mayBeIn(db, about);
      answer();
      return answered;
    };
    expect(await ask()).to.equal(false);
    scopes.push('store/customer/*');
    time += 4_999;
    expect([await ask(), asked()]).to.deep.equal([false, 1]);
    time += 1;
    expect([await ask(), asked()]).to.deep.equal([true, 2]);
    time -= 6_000;
    await ask();
    expect(asked()).to.equal(3);
  });

  it('knows of whose changes nobody would be told', async () => {
    const wanted = async (
      scope: string,
      only: Parameters<typeof slowDatabase>[1],
      origin: { websiteId: number | null; cause: string | null },
    ) => {
      const { db, answer } = slowDatabase([scope], only);
      const answered = createInterest(clock).mayBeInChanges(db, origin);
      answer();
      return answered;
    };
    const origin = { websiteId: 1, cause: 'connection:7' };
    expect(await wanted('store/customer/address/deleted', {}, origin)).to.equal(true);
    expect(await wanted('store/provisioning/*', {}, origin)).to.equal(false);
    expect(await wanted('store/*', { connection_id: 7 }, origin)).to.equal(false);
    expect(await wanted('store/*', { connection_id: 8 }, origin)).to.equal(true);
    expect(await wanted('store/*', { website_id: 2 }, origin)).to.equal(false);
    expect(await wanted('store/*', { website_id: 2 }, { ...origin, websiteId: null })).to.equal(true);
  });

  it('keeps nothing that was read before somebody subscribed in this process', async () => {
    const scopes: string[] = [];
    const { db, answer } = slowDatabase(scopes);
    const interest = createInterest(clock);
    const early = interest.mayBeIn(db, about);
    scopes.push('store/*');
    interest.changed();
    answer();
    expect(await early).to.equal(false);
    const late = interest.mayBeIn(db, about);
    answer();
    expect(await late).to.equal(true);
  });
});
