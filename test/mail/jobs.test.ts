import { expect } from 'chai';
import { createTestHost, Environment, silentLogger } from '../../modules/framework/index.ts';
import type { Delivered, Delivery } from '../../modules/mail/delivery/delivery.ts';
import { createJobs, MailJobs } from '../../modules/mail/delivery/jobs.ts';
import mail from '../../modules/mail/module.ts';

/** Resolves when everything that was ready to run has run. */
const allQueued = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const nothing: Delivered = { sent: 0, failed: 0, withdrawn: 0, waiting: 0, unconfigured: 0 };

/** A delivery each of whose turns ends when it is told to. */
function slowDelivery() {
  const turns: { end: (error?: Error | Partial<Delivered>) => void; stopped: () => boolean }[] = [];
  let begun: () => void = () => {};
  let waiting = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const delivery: Delivery = {
    deliver: (stopped) =>
      new Promise((resolve, reject) => {
        turns.push({ stopped, end: (how) => (how instanceof Error ? reject(how) : resolve({ ...nothing, ...how })) });
        begun();
        waiting = new Promise((again) => {
          begun = again;
        });
      }),
  };
  return { delivery, turns, begins: () => waiting };
}

describe('The mail job', () => {
  const abort = () => new AbortController();
  const purge = async () => 0;

  it('looks when it starts and whenever something is queued, one turn at a time', async () => {
    const slow = slowDelivery();
    const jobs = createJobs({ delivery: slow.delivery, purge, abort: abort(), logger: silentLogger });
    const first = slow.begins();
    jobs.start();
    await first;
    jobs.wake();
    jobs.wake();
    expect(slow.turns).to.have.length(1);
    const second = slow.begins();
    slow.turns[0]?.end();
    await second;
    expect(slow.turns).to.have.length(2);
    slow.turns[1]?.end();
    await jobs.stop();
    jobs.wake();
    await allQueued();
    expect(slow.turns).to.have.length(2);
  });

  it('does nothing by itself before it is started', async () => {
    const slow = slowDelivery();
    const jobs = createJobs({ delivery: slow.delivery, purge, abort: abort(), logger: silentLogger });
    jobs.wake();
    await allQueued();
    expect(slow.turns).to.deep.equal([]);
  });

  it('goes on after a turn that failed, and says so', async () => {
    const slow = slowDelivery();
    const said: string[] = [];
    const logger = { ...silentLogger, error: (_: object, line: string) => void said.push(line) };
    const jobs = createJobs({ delivery: slow.delivery, purge, abort: abort(), logger });
    const first = slow.begins();
    jobs.start();
    await first;
    const look = jobs.look();
    await allQueued();
    expect(slow.turns).to.have.length(1);
    const second = slow.begins();
    slow.turns[0]?.end(new Error('no database'));
    await second;
    slow.turns[1]?.end();
    expect(await look).to.deep.equal(nothing);
    expect(said).to.deep.equal(['the delivery of mails failed; it is tried again']);
    await jobs.stop();
  });

  it('says once that there is no server to send by', async () => {
    const slow = slowDelivery();
    const said: string[] = [];
    const logger = { ...silentLogger, warn: (_: object, line: string) => void said.push(line) };
    const jobs = createJobs({ delivery: slow.delivery, purge, abort: abort(), logger });
    const first = slow.begins();
    jobs.start();
    await first;
    jobs.wake();
    const second = slow.begins();
    slow.turns[0]?.end({ unconfigured: 2 });
    await second;
    slow.turns[1]?.end({ unconfigured: 1 });
    await jobs.stop();
    expect(said).to.have.length(1);
    expect(said[0]).to.contain('no SMTP server is configured');
  });

  it('waits for the mail under way when it stops, and cuts it off when that takes too long', async () => {
    const slow = slowDelivery();
    const cut = abort();
    const jobs = createJobs({ delivery: slow.delivery, purge, abort: cut, logger: silentLogger, grace: 0 });
    const first = slow.begins();
    jobs.start();
    await first;
    cut.signal.addEventListener('abort', () => slow.turns[0]?.end());
    await jobs.stop();
    expect(slow.turns[0]?.stopped()).to.equal(true);
    expect(cut.signal.aborted).to.equal(true);
  });

  async function started(config: Record<string, string>, nodeEnv: 'production' | 'test'): Promise<string[]> {
    const calls: string[] = [];
    const probe = await createTestHost({ modules: [mail] });
    const environment = { ...probe.resolve(Environment), nodeEnv };
    await probe.close();
    const job = {
      start: () => void calls.push('start'),
      stop: async () => void calls.push('stop'),
      wake: () => {},
      look: async () => nothing,
      purge,
    };
    const override = [
      [Environment, environment],
      [MailJobs, job],
    ] as const;
    const host = await createTestHost({ modules: [mail], config, override: override.map(([t, v]) => [t, v] as never) });
    await host.listen();
    await host.close();
    return calls;
  }

  it('runs beside the requests of a server, and ends with it', async () => {
    expect(await started({}, 'production')).to.deep.equal(['start', 'stop']);
  });

  it('is left to a timetable where the configuration says so, and to the test in tests', async () => {
    expect(await started({ 'mail/queue/background': '0' }, 'production')).to.deep.equal(['stop']);
    expect(await started({}, 'test')).to.deep.equal(['stop']);
  });
});
