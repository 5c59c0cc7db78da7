import { expect } from 'chai';
import { ActivityJobs } from '../../modules/activity/jobs/jobs.ts';
import activity from '../../modules/activity/module.ts';
import { createTestHost, Environment } from '../../modules/framework/index.ts';

describe('The background work of the record', () => {
  async function started(config: Record<string, string>): Promise<boolean> {
    let runs = false;
    const probe = await createTestHost({ modules: [activity] });
    const environment = { ...probe.resolve(Environment), nodeEnv: 'production' as const };
    await probe.close();
    const idle = { seal: async () => 0, purge: async () => 0, stop: async () => {} };
    const host = await createTestHost({
      modules: [activity],
      config,
      override: [
        [Environment, environment],
        [
          ActivityJobs,
          {
            ...idle,
            start: () => {
              runs = true;
            },
          } as unknown as ActivityJobs,
        ],
      ],
    });
    await host.listen();
    await host.close();
    return runs;
  }

  it('runs beside the requests', async () => {
    expect(await started({})).to.equal(true);
  });

  it('is left to a timetable where the configuration says so', async () => {
    expect(await started({ 'activity/jobs/background': '0' })).to.equal(false);
  });
});
