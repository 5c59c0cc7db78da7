import { type Command, command } from '../../framework/index.ts';
import type { Delivered } from '../delivery/delivery.ts';
import { MailJobs } from '../delivery/jobs.ts';

/** `mail:deliver`, for a timetable where servers don't deliver by themselves. */
export const deliverCommand: Command = command('mail:deliver', {
  describe: 'Send every mail that is due, and remove those past mail/queue/retention (servers do so by themselves)',
  inject: { jobs: MailJobs },
  async run(_, { jobs }): Promise<Delivered & { removed: number }> {
    const delivered = await jobs.look();
    return { ...delivered, removed: await jobs.purge() };
  },
  print: ({ sent, failed, waiting, unconfigured }) =>
    `${sent} sent, ${failed} failed, ${waiting} are tried again later${unconfigured === 0 ? '' : `, ${unconfigured} kept: no SMTP server is configured (mail:list says how)`}.`,
});
