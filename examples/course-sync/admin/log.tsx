import { Badge, Empty, Grid, type GridColumn, gridPage, gridState, Moment, page, screen } from 'vestibule/admin';
import { Database } from 'vestibule/framework';
import { type LogAct, type LogEntry, type LogOutcome, logOutcomes, logPage as readLog } from '../log/log.ts';
import { queueCounts } from '../queue/queue.ts';
import { CourseTabs, logPath, title } from './places.tsx';
import { CustomerLink } from './queue.tsx';

const actWords: Readonly<Record<LogAct, string>> = {
  user: 'Save user',
  enrol: 'Enrol',
  unenrol: 'Take out',
};

const outcomeWords: Readonly<Record<LogOutcome, string>> = { done: 'Done', later: 'To be repeated', failed: 'Failed' };
const tones = { done: 'good', later: 'warn', failed: 'bad' } as const;

const columns: readonly GridColumn<LogEntry>[] = [
  { key: 'time', label: 'When', cell: ({ atMs }) => <Moment at={new Date(atMs)} /> },
  { key: 'customer', label: 'Customer', cell: ({ customerId }) => <CustomerLink id={customerId} /> },
  { key: 'act', label: 'What', cell: ({ act }) => actWords[act] },
  { key: 'course', label: 'Course', cell: ({ course }) => course !== null && <span class="code">{course}</span> },
  {
    key: 'outcome',
    label: 'Status',
    cell: ({ outcome }) => <Badge tone={tones[outcome]}>{outcomeWords[outcome]}</Badge>,
  },
  { key: 'note', label: 'What the LMS Said', cell: ({ note }) => <span class="long">{note}</span> },
];

/** What the LMS was asked for, newest first. */
export const logPage = page(logPath, {
  acl: 'course-sync::view',
  inject: { database: Database },
  async view(visit, { database }) {
    const state = gridState(visit.query, { filters: ['customer', 'outcome'], sorts: ['id'], order: 'desc' });
    const { customer, outcome } = state.filters;
    const before = Number(state.after?.[0]);
    const read = await readLog(
      database,
      {
        customerId: customer === undefined ? undefined : /^\d{1,10}$/.test(customer) ? Number(customer) : 0,
        outcome: logOutcomes.find((known) => known === outcome),
      },
      Number.isSafeInteger(before) ? before : undefined,
      state.size + 1,
    );
    const { rows, place } = gridPage(read, { ...state, before: undefined }, ({ id }) => [id]);
    const { failed } = await queueCounts(database);
    return screen({
      title,
      lead: 'What the LMS was asked for, newest first.',
      body: (
        <>
          <CourseTabs current={logPath} failed={failed} />
          <Grid
            id="log"
            label="Log"
            columns={columns}
            rows={rows}
            rowKey={({ id }) => id}
            state={state}
            place={{ next: place.next }}
            filters={[
              { key: 'customer', label: 'Customer ID' },
              { key: 'outcome', label: 'Status', options: outcomeWords },
            ]}
            empty={<Empty title="The LMS was asked for nothing yet" />}
          />
        </>
      ),
    });
  },
});
