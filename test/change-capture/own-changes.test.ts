import { expect } from 'chai';
import type { ChangeInterest, ChangeOrigin } from '../../modules/change-capture/index.ts';
import { createOwnChanges } from '../../modules/change-capture/own-changes.ts';
import type { Catalogue, Transaction } from '../../modules/framework/index.ts';

/** Own changes where these observe, and these are interested; `asked` are the origins that interests were asked about. */
function roomOf(observers: readonly string[], interested: Readonly<Record<string, boolean>>) {
  const asked: ChangeOrigin[] = [];
  const sent: string[] = [];
  const interests = Object.entries(interested).map(
    ([observer, wants]): ChangeInterest => ({
      observer,
      wants(_, origin) {
        asked.push(origin);
        return wants;
      },
    }),
  );
  const own = createOwnChanges({
    catalogue: { passOver() {} } as unknown as Catalogue,
    pump: { pump: async () => 0, start() {}, stop: async () => {}, ringAfter: () => void sent.push('ring') },
    clock: { now: () => new Date(5) },
    events: { emit: async () => {}, observed: () => observers.length > 0, observers: () => observers },
    interests,
  });
  const tx = {
    cause: 'connection:7',
    dialect: { readBy: () => [] },
    later: () => void sent.push('row'),
  } as unknown as Transaction;
  const leave = async (): Promise<readonly string[]> => {
    sent.length = 0;
    await own.leave(tx, [{ kind: 'created', customerId: 3, websiteId: 2 }]);
    return sent;
  };
  return { own, tx, leave, asked, sent };
}

describe('Changes of this host', () => {
  it('leave no row where nobody observes them', async () => {
    expect(await roomOf([], {}).leave()).to.deep.equal([]);
  });

  it('leave one where an observer is there that nobody speaks for', async () => {
    expect(await roomOf(['a', 'b'], { a: false }).leave()).to.deep.equal(['row', 'ring']);
  });

  it('leave none where all observers say that they would do nothing with it, and one where any would', async () => {
    expect(await roomOf(['a', 'b'], { a: false, b: false }).leave()).to.deep.equal([]);
    expect(await roomOf(['a', 'b'], { a: false, b: true }).leave()).to.deep.equal(['row', 'ring']);
  });

  it('are asked for by their website, which a move of many does not know, and by their cause', async () => {
    const { own, tx, leave, asked, sent } = roomOf(['a'], { a: false });
    await leave();
    await own.leaveMoves(tx, [1, 2]);
    expect(sent).to.deep.equal([]);
    expect(asked).to.deep.equal([
      { websiteId: 2, cause: 'connection:7' },
      { websiteId: null, cause: 'connection:7' },
    ]);
  });
});
