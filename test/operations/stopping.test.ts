import { expect } from 'chai';
import { createTestHost, onFirstStart, onStop, onStopping, route } from '../../modules/framework/index.ts';
import { room } from '../framework/kernel.ts';

describe('A host that is stopped', () => {
  it('ends jobs while requests go on, and disconnects when both are over', async () => {
    const trace: string[] = [];
    let stop = (): Promise<void> => Promise.resolve();
    let ended = (): void => {};
    const job = new Promise<void>((resolve) => {
      ended = resolve;
    });
    const test = await createTestHost({
      modules: [
        room('jobs', {
          routes: [
            route('GET /slow', {
              public: 'test',
              async handle(_request, response) {
                void stop().then(() => trace.push('stopped'));
                // Waits for the job: were it told to end only after this request, neither would.
                await job;
                trace.push('answered');
                response.json({});
              },
            }),
          ],
          hooks: [
            onStopping('jobs.end', {}, () => {
              trace.push('job ends');
              ended();
            }),
            onStopping('jobs.fail', {}, () => Promise.reject(new Error('no'))),
            onStop('jobs.flush', {}, () => void trace.push('flushed')),
          ],
        }),
      ],
    });
    const { url } = await test.listen();
    stop = () => test.host.stop();
    expect((await fetch(`${url}/slow`)).status).to.equal(200);
    await test.close();
    expect(trace).to.deep.equal(['job ends', 'answered', 'flushed', 'stopped']);
  });

  it('has done what it does on its first start, which nobody would do later', async () => {
    const trace: string[] = [];
    let goOn = (): void => {};
    const paused = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    let begun = (): void => {};
    const first = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const test = await createTestHost({
      modules: [
        room('a', {
          hooks: [
            onFirstStart('a.first', {}, async () => {
              begun();
              await paused;
              trace.push('first start');
            }),
            onStop('a.stop', {}, () => void trace.push('stopped')),
          ],
        }),
      ],
    });
    const listening = test.listen();
    await first;
    const stopping = test.host.stop();
    setImmediate(goOn);
    await Promise.all([listening, stopping]);
    await test.close();
    expect(trace).to.deep.equal(['first start', 'stopped']);
  });
});
