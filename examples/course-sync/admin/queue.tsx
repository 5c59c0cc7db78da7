import {
  ActionButton,
  action,
  Badge,
  counted,
  Empty,
  Grid,
  type GridColumn,
  gridPage,
  gridState,
  Moment,
  page,
  redirect,
  screen,
  usePage,
} from 'vestibule/admin';
import { Clock, Database } from 'vestibule/framework';
import { CourseJobs } from '../queue/jobs.ts';
import { type QueueLine, queueCounts, queueLines, retryLines } from '../queue/queue.ts';
import { CourseTabs, queuePath, title } from './places.tsx';

export function CustomerLink({ id }: { readonly id: number }) {
  const { visit } = usePage();
  return visit.may('customer::view') ? <a href={`/admin/customers/${id}`}>{id}</a> : <span>{id}</span>;
}

const states = {
  waiting: <Badge>Waiting</Badge>,
  again: <Badge tone="warn">To be repeated</Badge>,
  working: <Badge tone="info">Working</Badge>,
  failed: <Badge tone="bad">Failed</Badge>,
};

const columns: readonly GridColumn<QueueLine>[] = [
  { key: 'customer', label: 'Customer', cell: ({ customerId }) => <CustomerLink id={customerId} /> },
  {
    key: 'state',
    label: 'Status',
    cell: ({ state, attempts }) => states[state === 'waiting' && attempts > 0 ? 'again' : state],
  },
  { key: 'note', label: 'What the LMS Said', cell: ({ note }) => <span class="long">{note}</span> },
  { key: 'since', label: 'Since', cell: ({ sinceMs }) => <Moment at={new Date(sinceMs)} /> },
  {
    key: 'next',
    label: 'Next Attempt',
    cell: ({ state, nextMs }) => <Moment at={state === 'waiting' ? new Date(nextMs) : null} />,
  },
  { key: 'attempts', label: 'Attempts', align: 'end', optional: true, cell: ({ attempts }) => attempts },
];

const numberIn = (text: string | undefined): number | undefined =>
  /^\d{1,10}$/.test(text ?? '') ? Number(text) : undefined;

/** For whom something waits or has failed. */
export const queuePage = page(queuePath, {
  acl: 'course-sync::view',
  inject: { database: Database, clock: Clock },
  async view(visit, { database, clock }) {
    const state = gridState(visit.query, { filters: ['state', 'customer'], sorts: ['customer'] });
    const wanted = (['waiting', 'failed'] as const).find((one) => one === state.filters.state);
    const { customer } = state.filters;
    const read = await queueLines(
      database,
      { state: wanted, customerId: customer === undefined ? undefined : (numberIn(customer) ?? 0) },
      Number(state.after?.[0] ?? 0) || 0,
      state.size + 1,
      clock.now().getTime(),
    );
    const { rows, place } = gridPage(read, { ...state, before: undefined }, ({ customerId }) => [customerId]);
    const { failed } = await queueCounts(database);
    const may = visit.may('course-sync::manage');
    const retry = ({ customerId, state: at }: QueueLine) =>
      at !== 'working' && (
        <ActionButton action={`${queuePath}/retry`} fields={{ customer: String(customerId) }} look="quiet">
          Try Again<span class="visually-hidden"> customer {customerId}</span>
        </ActionButton>
      );
    return screen({
      title,
      lead: 'What an LMS does not answer is tried again for three days; what it refuses waits for you.',
      actions: may && failed > 0 && (
        <ActionButton action={`${queuePath}/retry`} look="primary">
          Try Everything Again
        </ActionButton>
      ),
      body: (
        <>
          <CourseTabs current={queuePath} failed={failed} />
          <Grid
            id="queue"
            label="Queue"
            columns={columns}
            rows={rows}
            rowKey={({ customerId }) => customerId}
            state={state}
            place={{ next: place.next }}
            filters={[
              { key: 'state', label: 'Status', options: { waiting: 'Waiting', failed: 'Failed' } },
              { key: 'customer', label: 'Customer ID' },
            ]}
            {...(may ? { actions: retry } : {})}
            empty={<Empty title="Nothing waits, and nothing has failed" icon="check" />}
          />
        </>
      ),
    });
  },
});

/** One customer's, or everything that has failed. */
export const retryAction = action(`${queuePath}/retry`, {
  acl: 'course-sync::manage',
  inject: { database: Database, clock: Clock, jobs: CourseJobs },
  async perform(visit, { database, clock, jobs }) {
    const customer = visit.form.has('customer') ? (numberIn(visit.form.get('customer') ?? '') ?? 0) : undefined;
    const retried = await database.transaction((tx) => retryLines(tx, customer, clock.now().getTime()));
    jobs.wake();
    if (retried === 0) return redirect(queuePath, { note: 'There is nothing to be tried again any more.' });
    return redirect(queuePath, { done: `${counted(retried, 'customer')} will be tried again.` });
  },
});
