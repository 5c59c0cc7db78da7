import { CustomerSaved } from '../../../modules/customer/index.ts';
import { Clock, connect, createTestHost, defineModule, observe } from '../../../modules/framework/index.ts';
import { GuardJobs } from '../../../modules/provisioning/guard/job/guard-jobs.ts';
import provisioning from '../../../modules/provisioning/module.ts';

/**
 * A process that carries out what was decided and is killed in the middle of a transaction, or right after its commit:
 * that of the `survived + 1`st customer that it changes. `node … killed-process.ts <database url> <now> <survived> <when>`
 */
const [url = '', now = '', survived = '', when = ''] = process.argv.slice(2);
let saved = 0;
const dieAt = (): void => {
  if (++saved > Number(survived)) process.kill(process.pid, 'SIGKILL');
};
const killer = defineModule({
  name: 'killer',
  version: '1.0.0',
  host: '^1',
  sequence: ['provisioning'],
  observers: [
    when === 'committed'
      ? observe(CustomerSaved, { id: 'killer.killed', when: 'committed', handle: dieAt })
      : observe(CustomerSaved, { id: 'killer.killed', when: 'transaction', handle: dieAt }),
  ],
});
const host = await createTestHost({
  modules: [provisioning, killer],
  database: await connect({ url }),
  override: [[Clock, { now: () => new Date(now) }]],
});
await host.resolve(GuardJobs).drain();
