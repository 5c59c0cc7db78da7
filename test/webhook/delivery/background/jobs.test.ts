import { expect } from 'chai';
import { silentLogger } from '../../../../modules/framework/index.ts';
import type { Dispatcher } from '../../../../modules/webhook/delivery/background/dispatcher.ts';
import { createJobs } from '../../../../modules/webhook/delivery/background/jobs.ts';
import { deliveryHooks } from '../../../../modules/webhook/delivery/provisions.ts';
import webhook from '../../../../modules/webhook/module.ts';

/** Resolves when everything that was ready to run has run. */
const allQueued = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A dispatcher whose looks end when they are told to. */
function slowDispatcher() {
  const looks: ((error?: Error) => void)[] = [];
  let [stopped, busy] = [false, Promise.resolve()];
  const dispatcher: Dispatcher = {
    look: () =>
      new Promise((resolve, reject) => {
        looks.push((error) => (error ? reject(error) : resolve(0)));
      }),
    idle: () => busy,
    attempts: () => 0,
    stop: () => {
      stopped = true;
    },
  };
  const under = (work: Promise<void>): void => {
    busy = work;
  };
  return { dispatcher, looks, under, stopped: () => stopped };
}

describe('The job that delivers', () => {
  const purge = async () => 0;
  const room = (logger = silentLogger) => {
    const slow = slowDispatcher();
    const abort = new AbortController();
    return { ...slow, abort, jobs: createJobs({ dispatcher: slow.dispatcher, purge, abort, logger, grace: 0 }) };
  };

  it('looks when it starts, and once more for whatever rang while it looked', async () => {
    const { jobs, looks } = room();
    jobs.wake();
    await allQueued();
    expect(looks, 'before it is started').to.have.length(0);
    jobs.start();
    jobs.wake();
    jobs.wake();
    expect(looks).to.have.length(1);
    looks[0]?.();
    await allQueued();
    expect(looks).to.have.length(2);
    looks[1]?.();
    await allQueued();
    expect(looks).to.have.length(2);
    await jobs.stop();
  });

  it('goes on after a look that failed, and says so', async () => {
    const said: string[] = [];
    const { jobs, looks } = room({ ...silentLogger, error: (_: object, line: string) => void said.push(line) });
    jobs.start();
    looks[0]?.(new Error('no database'));
    await allQueued();
    expect(said).to.deep.equal(['looking for deliveries of webhooks failed; it is tried again']);
    jobs.wake();
    expect(looks).to.have.length(2);
    looks[1]?.();
    await jobs.stop();
  });

  it('ends when what is under way has ended, and cuts it when that takes too long', async () => {
    const { jobs, looks, abort, stopped, under } = room();
    jobs.start();
    looks[0]?.();
    under(new Promise((resolve) => abort.signal.addEventListener('abort', () => resolve())));
    await jobs.stop();
    expect([stopped(), abort.signal.aborted]).to.deep.equal([true, true]);
    jobs.wake();
    expect(looks).to.have.length(1);
  });

  /** What the hooks of the module do to the job. */
  async function started(nodeEnv: string, background: boolean): Promise<string[]> {
    const calls: string[] = [];
    const jobs = { start: () => void calls.push('start'), stop: async () => void calls.push('stop') };
    const resolved = { jobs, environment: { nodeEnv }, settings: { get: async () => background } };
    for (const { run } of deliveryHooks) await run(resolved, () => {});
    expect(webhook.hooks).to.include.members(deliveryHooks);
    return calls;
  }

  it('runs in servers, unless the configuration leaves it to others; in tests nothing runs by itself', async () => {
    expect(await started('production', true)).to.deep.equal(['start', 'stop']);
    expect(await started('production', false)).to.deep.equal(['stop']);
    expect(await started('test', true)).to.deep.equal(['stop']);
  });
});
