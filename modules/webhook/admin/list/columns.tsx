import { ActionButton, type GridColumn, Moment, usePage } from '../../../admin/index.ts';
import type { Connection } from '../../../connection/index.ts';
import type { Delivery } from '../../delivery/deliveries.ts';
import type { ScopeChoice } from '../../scope/catalogue.ts';
import type { Webhook } from '../../webhook.ts';
import { DeliveryBadge } from '../delivery/words.tsx';
import { scopeLabel } from '../form/scope-picker.tsx';
import { deliveryPath, shortened, shortNameOf, webhookPath } from '../places.ts';
import { StateBadge, StateReason } from '../state.tsx';

/** A subscription as lists show it. */
export interface ListedWebhook {
  readonly webhook: Webhook;
  readonly connection: Connection | undefined;
  /** Its newest delivery. */
  readonly latest: Delivery | undefined;
}

function Last({ delivery }: { delivery: Delivery | undefined }) {
  if (!delivery) return <span class="muted">none yet</span>;
  return (
    <>
      <a href={deliveryPath(delivery)}>
        <Moment at={new Date(delivery.createdMs)} />
      </a>{' '}
      <DeliveryBadge delivery={delivery} />
    </>
  );
}

/** How it fares; one that was switched off by itself is switched on from here. */
function Status({ webhook, nowMs }: { webhook: Webhook; nowMs: number }) {
  const { visit } = usePage();
  return (
    <div class="fares">
      <StateBadge webhook={webhook} nowMs={nowMs} />{' '}
      <small class="muted">
        <StateReason webhook={webhook} nowMs={nowMs} />
      </small>
      {webhook.disabledBecause !== null && visit.may('webhook::manage') && (
        <ActionButton action={webhookPath(webhook, 'switch')} fields={{ on: '1' }}>
          Switch On Again<span class="visually-hidden"> {shortNameOf(webhook)}</span>
        </ActionButton>
      )}
    </div>
  );
}

const connectionColumn: GridColumn<ListedWebhook> = {
  key: 'connection',
  label: 'Connection',
  cell: ({ connection }) =>
    connection ? (
      <a href={`/admin/connections/${connection.code}/webhooks`}>{connection.name}</a>
    ) : (
      <span class="muted">none</span>
    ),
};

/** The columns of a list; on the tab of a connection its name says nothing. */
export const webhookColumns = (
  nowMs: number,
  choices: readonly ScopeChoice[],
  all: boolean,
): readonly GridColumn<ListedWebhook>[] => [
  {
    key: 'name',
    label: 'Webhook',
    cell: ({ webhook }) => (
      <span class="long">
        <a href={webhookPath(webhook)}>{shortNameOf(webhook)}</a>
        <br />
        <small class="muted code">{shortened(webhook.destination, 100)}</small>
      </span>
    ),
  },
  ...(all ? [connectionColumn] : []),
  {
    key: 'scope',
    label: 'Is Told',
    cell: ({ webhook }) => (
      <div>
        {scopeLabel(webhook.scope, choices)}
        <br />
        <small class="muted code">{webhook.scope}</small>
      </div>
    ),
  },
  {
    key: 'state',
    label: 'Status',
    cell: ({ webhook }) => <Status webhook={webhook} nowMs={nowMs} />,
  },
  {
    key: 'last',
    label: 'Last Delivery',
    cell: ({ latest }) => (
      <div>
        <Last delivery={latest} />
      </div>
    ),
  },
  { key: 'id', label: 'ID', optional: true, align: 'end', cell: ({ webhook }) => webhook.id },
  {
    key: 'created',
    label: 'Created',
    optional: true,
    cell: ({ webhook }) => <Moment at={new Date(webhook.createdMs)} />,
  },
];
