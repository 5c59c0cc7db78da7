import {
  ActionButton,
  Empty,
  Grid,
  type GridColumn,
  type GridFilter,
  gridHref,
  gridPage,
  gridState,
  LinkButton,
  Moment,
  Notice,
  usePage,
  type Visit,
} from '../../../admin/index.ts';
import type { Executor } from '../../../framework/index.ts';
import type { Deliveries, Delivery } from '../../delivery/deliveries.ts';
import type { Webhook } from '../../webhook.ts';
import { deliveryPath, webhookPath } from '../places.ts';
import { logFilters, logSearch } from './search.ts';
import { DeliveryBadge, deliveryWords, spanWords } from './words.tsx';

export interface LogPage {
  readonly webhook: Webhook;
  readonly state: ReturnType<typeof gridState>;
  readonly rows: readonly Delivery[];
  readonly next: string | undefined;
  readonly problem: string | undefined;
}

/** A page of a subscription's log, newest first, as the address asks for it. */
export async function logPage(
  { query }: Pick<Visit, 'query'>,
  given: { readonly database: Executor; readonly deliveries: Deliveries },
  webhook: Webhook,
): Promise<LogPage> {
  const state = gridState(query, { filters: logFilters, sorts: ['id'], order: 'desc' });
  const search = logSearch(state.filters);
  if ('problem' in search) return { webhook, state, rows: [], next: undefined, problem: search.problem };
  const before = Number(state.after?.[0]);
  const read = await given.deliveries.page(
    given.database,
    { ...search.filter, webhookId: webhook.id },
    Number.isSafeInteger(before) ? before : undefined,
    state.size + 1,
  );
  // It is read newest first: one walks forward only.
  const { rows, place } = gridPage(read, { ...state, before: undefined }, ({ id }) => [id]);
  return { webhook, state, rows, next: place.next, problem: undefined };
}

export function CustomerLink({ id }: { id: number | null }) {
  const { visit } = usePage();
  if (id === null) return <span class="muted">–</span>;
  return visit.may('customer::view') ? <a href={`/admin/customers/${id}`}>{id}</a> : <span>{id}</span>;
}

const columns: readonly GridColumn<Delivery>[] = [
  {
    key: 'time',
    label: 'Happened',
    cell: (delivery) => (
      <a href={deliveryPath(delivery)}>
        <Moment at={new Date(delivery.createdMs)} />
      </a>
    ),
  },
  { key: 'scope', label: 'What', cell: ({ scope }) => <span class="code">{scope}</span> },
  { key: 'customer', label: 'Customer', align: 'end', cell: ({ customerId }) => <CustomerLink id={customerId} /> },
  {
    key: 'state',
    label: 'Status',
    cell: (delivery) => (
      <div>
        <DeliveryBadge delivery={delivery} />
        {delivery.attempts > 1 && <small class="muted">{` ${delivery.attempts} attempts`}</small>}
      </div>
    ),
  },
  { key: 'note', label: 'Note', cell: ({ note }) => <span class="long">{note}</span> },
  { key: 'attempts', label: 'Attempts', align: 'end', optional: true, cell: ({ attempts }) => attempts },
  {
    key: 'duration',
    label: 'Took',
    align: 'end',
    optional: true,
    cell: ({ durationMs }) => (durationMs === null ? '' : spanWords(durationMs)),
  },
  {
    key: 'next',
    label: 'Next Attempt',
    optional: true,
    cell: ({ nextMs }) => <Moment at={nextMs === null ? null : new Date(nextMs)} />,
  },
  { key: 'message', label: 'Message ID', optional: true, cell: ({ messageId }) => <code>{messageId}</code> },
];

const filters: readonly GridFilter[] = [
  { key: 'state', label: 'Status', options: deliveryWords },
  { key: 'customer', label: 'Customer ID' },
  { key: 'from', label: 'from', type: 'date', within: 'timespan' },
  { key: 'to', label: 'to', type: 'date', within: 'timespan' },
];

const hasEnded = ({ state }: Delivery): boolean => state === 'delivered' || state === 'failed';

const replayButton = (delivery: Delivery) =>
  hasEnded(delivery) && (
    <ActionButton action={deliveryPath(delivery, 'replay')} look="quiet">
      Replay<span class="visually-hidden"> delivery {delivery.id}</span>
    </ActionButton>
  );

/** What was sent to a subscription, what waits, and what became of it. */
export function DeliveryLog({ log }: { log: LogPage }) {
  const { visit } = usePage();
  const { webhook, state, rows, next, problem } = log;
  const may = visit.may('webhook::manage');
  const span = gridHref(webhookPath(webhook, 'replay'), new URLSearchParams(state.filters), {});
  return (
    <section class="log" aria-labelledby="log-title">
      <div class="log-head">
        <h2 id="log-title">Deliveries</h2>
        {may && rows.length > 0 && <LinkButton href={span}>Replay a Timespan</LinkButton>}
      </div>
      {problem !== undefined && <Notice kind="problem">{problem}</Notice>}
      <Grid
        id="deliveries"
        label="Deliveries"
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        state={state}
        place={{ next }}
        filters={filters}
        {...(may ? { actions: replayButton } : {})}
        empty={
          <Empty title="Nothing was sent yet" icon="list">
            What happens from now on is listed here, each delivery with its attempts and what the receiver answered.
          </Empty>
        }
      />
    </section>
  );
}
