import { expect } from 'chai';
import { aging } from '../../../modules/framework/index.ts';

/** A loader whose answers the test gives, and a clock that it moves. */
function bench() {
  const calls: { resolve: (value: string) => void; reject: (error: Error) => void }[] = [];
  let time = 0;
  const value = aging(
    () =>
      new Promise<string>((resolve, reject) => {
        calls.push({ resolve, reject });
      }),
    5000,
    () => time,
  );
  return {
    calls,
    value,
    wait(ms: number) {
      time += ms;
    },
  };
}

describe('an aging value', () => {
  it('is loaded once for all who ask at the same time', async () => {
    const { calls, value } = bench();
    const asked = [value.get(), value.get()];
    calls[0]?.resolve('one');
    expect(await Promise.all(asked)).to.deep.equal(['one', 'one']);
    expect(calls).to.have.length(1);
  });

  it('is kept below its age and loaded anew past it', async () => {
    const { calls, value, wait } = bench();
    const first = value.get();
    calls[0]?.resolve('one');
    await first;
    wait(4999);
    expect(await value.get()).to.equal('one');
    expect(calls).to.have.length(1);
    wait(1);
    const second = value.get();
    calls[1]?.resolve('two');
    expect(await second).to.equal('two');
  });

  it('answers the old value where the new one does not come', async () => {
    const { calls, value, wait } = bench();
    const first = value.get();
    calls[0]?.resolve('one');
    await first;
    wait(6000);
    expect(await value.get()).to.equal('one');
    calls[1]?.resolve('two');
    await Promise.resolve();
    await Promise.resolve();
    expect(await value.get()).to.equal('two');
  });

  it('lets one reader wait for a new value that does not come, and no other', async () => {
    const { calls, value, wait } = bench();
    const first = value.get();
    calls[0]?.resolve('one');
    await first;
    wait(6000);
    expect(await value.get()).to.equal('one');
    const soon = new Promise((resolve) => setImmediate(resolve, 'waited'));
    expect(await Promise.race([value.get(), soon])).to.equal('one');
    expect(calls).to.have.length(2);
    calls[1]?.resolve('two');
    await first;
    expect(await value.get()).to.equal('two');
  });

  it('answers the old value where loading fails, and tries again', async () => {
    const { calls, value, wait } = bench();
    const first = value.get();
    calls[0]?.resolve('one');
    await first;
    wait(6000);
    const second = value.get();
    calls[1]?.reject(new Error('down'));
    expect(await second).to.equal('one');
    const third = value.get();
    calls[2]?.resolve('three');
    expect(await third).to.equal('three');
  });

  it('throws when the very first load fails', async () => {
    const { calls, value } = bench();
    const first = value.get();
    calls[0]?.reject(new Error('down'));
    expect(await first.catch((error: Error) => error.message)).to.equal('down');
    const second = value.get();
    calls[1]?.resolve('two');
    expect(await second).to.equal('two');
  });

  it('is loaded anew once expired, and not from a load that began before', async () => {
    const { calls, value } = bench();
    const first = value.get();
    value.expire();
    const second = value.get();
    calls[0]?.resolve('old');
    calls[1]?.resolve('new');
    expect(await first).to.equal('old');
    expect(await second).to.equal('new');
    expect(await value.get()).to.equal('new');
  });
});
