import { CommandError, command, UsageError } from 'vestibule/framework';
import { Lms } from '../lms/lms.ts';
import { OrderWalk } from '../order/walk.ts';

/** `course:check` */
export const checkCommand = command('course:check', {
  describe: 'Ask the LMS for a course: whether it answers, takes the token and knows the course',
  options: { course: { type: 'string', describe: 'The course, as the map calls it', required: true, position: 0 } },
  inject: { lms: Lms },
  async run({ course }, { lms }) {
    return { course, name: (await lms.course(course)) ?? null };
  },
  print: ({ course, name }) =>
    name === null ? 'This LMS is told of enrolments and can be asked nothing.' : `${course} is "${name}".`,
});

/** `course:orders` */
export const ordersCommand = command('course:orders', {
  describe: "Read the store's own orders again from a day on; what was read before changes nothing",
  options: { from: { type: 'string', describe: 'A day (UTC), such as 2026-11-01', required: true } },
  inject: { walk: OrderWalk },
  async run({ from }, { walk }) {
    const moment = /^\d{4}-\d\d-\d\d$/.test(from) ? new Date(`${from}T00:00:00Z`) : undefined;
    if (!moment || Number.isNaN(moment.getTime())) throw new UsageError('--from is a day such as 2026-11-01.');
    if (!(await walk.possible()))
      throw new CommandError(
        'This database has no sales_order and sales_order_item: send orders to /course-sync/orders.',
      );
    await walk.from(moment);
    return { from };
  },
  print: ({ from }) => `Orders are read from ${from} on, once course_sync/orders/walk is on.`,
});
