import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { onBothEngines } from '../../setup/databases.ts';
import { type Company, openCompany } from './company.ts';

onBothEngines('A process that is killed', (engine) => {
  let company: Company;
  let url: string;
  let dispose: () => Promise<void>;
  const anna = { actor: 'anna' };
  beforeEach(async () => {
    const opened = await engine.open({ file: true, migrated: true });
    ({ url, dispose } = opened);
    company = await openCompany(engine, 30, { database: opened });
    await company.deactivateAll(company.users.slice(0, 20));
    await company.jobs.stop();
  });
  afterEach(async () => {
    await company.close();
    await dispose();
  });

  /** Runs the jobs in a process of its own, which dies in the transaction of its sixth customer, or right after it. */
  async function runAndKill(when: 'transaction' | 'committed'): Promise<void> {
    const script = fileURLToPath(new URL('./killed-process.ts', import.meta.url));
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', script, url, company.host.now().toISOString(), '5', when],
      {
        stdio: ['ignore', 'inherit', 'inherit'],
      },
    );
    const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
    expect(signal).to.equal('SIGKILL');
  }

  const goOn = async () => {
    company.host.advance(61);
    company.jobs.start();
    await company.jobs.drain();
  };

  it('while it carries out what was approved leaves nothing half-done, and nothing undone or done twice', async function () {
    this.timeout(60_000);
    const holdId = await company.openHold();
    await company.holds.approve(holdId, anna);
    await runAndKill('transaction');
    expect(await company.active()).to.equal(15);
    expect(await company.holds.show(holdId)).to.include({ status: 'approved', waiting: 5, done: 5 });
    await goOn();
    expect(await company.active()).to.equal(10);
    expect(await company.holds.show(holdId)).to.include({ status: 'done', waiting: 0, done: 10, failed: 0 });
    const records = (await company.host.records()).filter(({ operation }) => operation === 'user.deactivate');
    expect(records).to.have.length(20);
  });

  // A process takes seconds to start, and nothing of these two depends on the engine.
  if (engine.name === 'sqlite') return;

  it('right after a commit has marked what it did', async function () {
    this.timeout(60_000);
    const holdId = await company.openHold();
    await company.holds.approve(holdId, anna);
    await runAndKill('committed');
    expect(await company.active()).to.equal(14);
    expect(await company.holds.show(holdId)).to.include({ status: 'approved', waiting: 4, done: 6 });
    await goOn();
    expect(await company.active()).to.equal(10);
  });

  it('while it brings customers back leaves the others to whoever comes next', async function () {
    this.timeout(60_000);
    const holdId = await company.openHold();
    await company.holds.restore(holdId, anna);
    await runAndKill('transaction');
    expect(await company.active()).to.equal(25);
    await goOn();
    expect(await company.active()).to.equal(30);
    const records = (await company.host.records()).filter(({ operation }) => operation === 'user.restore');
    expect(records).to.have.length(10);
  });
});
