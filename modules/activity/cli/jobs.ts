import { command } from '../../framework/index.ts';
import { ActivityJobs } from '../jobs/jobs.ts';

/** `activity:seal` and `activity:purge`, which servers do by themselves. */
export const jobCommands = [
  command('activity:seal', {
    describe: 'Seal every record of activity that waits for it (servers do so by themselves)',
    inject: { jobs: ActivityJobs },
    run: async (_, { jobs }) => ({ sealed: await jobs.seal() }),
    print: ({ sealed }) => `${sealed} records were sealed.`,
  }),
  command('activity:purge', {
    describe: 'Remove records of activity that are past activity/retention/days (servers do so by themselves)',
    inject: { jobs: ActivityJobs },
    run: async (_, { jobs }) => ({ removed: await jobs.purge() }),
    print: ({ removed }) => `${removed} records were removed.`,
  }),
];
