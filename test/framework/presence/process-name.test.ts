import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { expect } from 'chai';
import { hasEnded, heldBy, nameOf, newHolder, processName } from '../../../modules/framework/presence/process-name.ts';

/** A process that lives until it is told otherwise. */
async function other() {
  const child = spawn('sleep', ['600'], { stdio: 'ignore' });
  await once(child, 'spawn');
  return {
    name: nameOf(child.pid ?? 0),
    async kill() {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

describe('The name of a process', () => {
  it('begins what it claims, and fits into the columns for that', () => {
    const holder = newHolder();
    expect(holder.startsWith(heldBy(processName).slice(0, -1))).to.equal(true);
    expect(holder)
      .to.match(/^[a-z0-9]+(\.[a-z0-9]+){3}$/)
      .and.have.length.at.most(36);
    expect(newHolder()).to.not.equal(holder);
  });

  it('does not say that this process has ended, nor one that lives', async () => {
    const living = await other();
    try {
      expect([hasEnded(processName), hasEnded(living.name)]).to.deep.equal([false, false]);
    } finally {
      await living.kill();
    }
  });

  it('says of a killed process of this place that it has ended, and not of one from elsewhere', async () => {
    const killed = await other();
    await killed.kill();
    const [place = '', ...rest] = killed.name.split('.');
    const elsewhere = [`${place}x`, ...rest].join('.');
    // Without /proc nothing can be known of others, and everything is waited for.
    expect([hasEnded(killed.name), hasEnded(elsewhere)]).to.deep.equal([existsSync('/proc/self/stat'), false]);
  });

  it('tells a process from a later one that got its id', async () => {
    const living = await other();
    try {
      const [place, pid, start = ''] = living.name.split('.');
      const earlier = (Number.parseInt(start, 36) - 1).toString(36);
      expect(hasEnded(`${place}.${pid}.${earlier}`)).to.equal(existsSync('/proc/self/stat'));
    } finally {
      await living.kill();
    }
  });
});
