import { Clock, CommandError, command, Database, UsageError } from 'vestibule/framework';
import { type LogOutcome, logOutcomes, logPage } from '../log/log.ts';
import { CourseJobs } from '../queue/jobs.ts';
import { queueLines, retryLines } from '../queue/queue.ts';

const within = (limit: number): number => Math.min(Math.max(Math.trunc(limit), 1), 1_000);
const moment = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

/** `course:queue` */
export const queueCommand = command('course:queue', {
  describe: 'List the customers for whom something waits or has failed',
  options: {
    state: { type: 'string', describe: 'Only these', choices: ['waiting', 'failed'] },
    after: { type: 'number', describe: 'Only customers behind this number', default: 0 },
    limit: { type: 'number', describe: 'How many at most (1 to 1000)', default: 100 },
  },
  inject: { database: Database, clock: Clock },
  run: ({ state, after, limit }, { database, clock }) =>
    queueLines(
      database,
      { state: state as 'waiting' | 'failed' | undefined },
      after,
      within(limit),
      clock.now().getTime(),
    ),
  print: (lines) =>
    lines.length === 0
      ? 'Nothing waits.'
      : lines
          .map(
            ({ customerId, state, attempts, nextMs, note }) =>
              `${String(customerId).padStart(8)}  ${state.padEnd(7)}  ${state === 'waiting' ? `next ${moment(nextMs)}` : ''}${attempts === 0 ? '' : `  ${attempts} attempts`}${note === null ? '' : `  ${note}`}`,
          )
          .join('\n'),
});

/** `course:log` */
export const logCommand = command('course:log', {
  describe: 'List what the LMS was asked for, newest first',
  options: {
    customer: { type: 'number', describe: 'Only of the customer with this ID' },
    outcome: { type: 'string', describe: 'Only what ended like this', choices: logOutcomes },
    before: { type: 'number', describe: 'Only entries before this number' },
    limit: { type: 'number', describe: 'How many at most (1 to 1000)', default: 50 },
  },
  inject: { database: Database },
  run: ({ customer, outcome, before, limit }, { database }) =>
    logPage(database, { customerId: customer, outcome: outcome as LogOutcome | undefined }, before, within(limit)),
  print: (entries) =>
    entries.length === 0
      ? 'There is no such entry.'
      : entries
          .map(
            ({ id, atMs, customerId, act, course, outcome, note }) =>
              `${String(id).padStart(8)}  ${moment(atMs)}  customer ${customerId}  ${act}${course === null ? '' : ` ${course}`}  ${outcome}${note === null ? '' : `  ${note}`}`,
          )
          .join('\n'),
});

/** `course:retry` */
export const retryCommand = command('course:retry', {
  describe: 'Let what has failed be tried again: of one customer, or everything',
  options: {
    customer: { type: 'number', describe: 'ID of the customer', position: 0 },
    all: { type: 'boolean', describe: 'Everything that has failed', default: false },
  },
  inject: { database: Database, clock: Clock },
  async run({ customer, all }, { database, clock }) {
    if ((customer === undefined) !== all) throw new UsageError('Say the ID of a customer, or --all.');
    const retried = await database.transaction((tx) => retryLines(tx, customer, clock.now().getTime()));
    if (retried === 0 && customer !== undefined)
      throw new CommandError(`Nothing waits for customer ${customer}; course:queue shows for whom something does.`);
    return { retried };
  },
  print: ({ retried }) => `${retried} ${retried === 1 ? 'customer is' : 'customers are'} tried again.`,
});

/** `course:run` */
export const runCommand = command('course:run', {
  describe: "Do what is due now, here: look at changed mappings, read the store's orders, tell the LMS",
  inject: { jobs: CourseJobs },
  async run(_options, { jobs }) {
    const orders = await jobs.readOrders();
    return { orders, customers: await jobs.look() };
  },
  print: ({ orders, customers }) => `${orders} orders were read, and ${customers} customers looked at.`,
});
