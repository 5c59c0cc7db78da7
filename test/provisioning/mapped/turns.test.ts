import { expect } from 'chai';
import { ExpressionsPending } from '../../../modules/attribute-mapping/index.ts';
import { withExpressions } from '../../../modules/provisioning/user/expressions.ts';
import { Turns } from '../../../modules/provisioning/user/turns.ts';
import { ScimError } from '../../../modules/scim/index.ts';

/** Work that ends when it is told to. */
function held() {
  let end = () => {};
  const done = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { done, end };
}

describe('Turns', () => {
  it('let so many work at a time, and the others in their order', async () => {
    const turns = new Turns(2, 10);
    const works = [held(), held(), held(), held()];
    const begun: number[] = [];
    const all = works.map(({ done }, i) =>
      turns.take(async () => {
        begun.push(i);
        await done;
        return i;
      }),
    );
    await new Promise(setImmediate);
    expect(begun).to.deep.equal([0, 1]);
    works[1]?.end();
    await new Promise(setImmediate);
    expect(begun).to.deep.equal([0, 1, 2]);
    for (const { end } of works) end();
    expect(await Promise.all(all)).to.deep.equal([0, 1, 2, 3]);
  });

  it('pass on from work that fails', async () => {
    const turns = new Turns(1, 10);
    const failed = turns.take(() => Promise.reject(new Error('no')));
    const next = turns.take(async () => 'next');
    expect(await failed.catch(String)).to.equal('Error: no');
    expect(await next).to.equal('next');
    expect(await turns.take(async () => 'free')).to.equal('free');
  });

  it('send away whom there is no room for', async () => {
    const turns = new Turns(1, 1);
    const { done, end } = held();
    const working = [turns.take(() => done), turns.take(async () => undefined)];
    const refusal = await turns.take(async () => undefined).catch((error: unknown) => error);
    expect(refusal).to.be.instanceOf(ScimError).and.include({ status: 503 });
    end();
    await Promise.all(working);
  });
});

describe('A use case whose user is another one each time', () => {
  it('is given up after three rounds, as 503', async () => {
    const evaluated: unknown[] = [];
    const evaluate = async (user: unknown) => {
      evaluated.push(user);
      return {};
    };
    const mapping = { evaluates: true, evaluate };
    const room = { mapping: { of: () => mapping } } as unknown as Parameters<typeof withExpressions>[0];
    const context = { caller: { connection: {} } } as unknown as Parameters<typeof withExpressions>[1];
    let rounds = 0;
    const outcome = await withExpressions(room, context, () =>
      Promise.reject(new ExpressionsPending({ userName: String(rounds++) })),
    ).catch((error: unknown) => error);
    expect(outcome).to.be.instanceOf(ScimError).and.include({ status: 503 });
    expect(evaluated).to.deep.equal([{ userName: '0' }, { userName: '1' }, { userName: '2' }]);
  });
});
