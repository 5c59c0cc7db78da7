import {
  cursorOf,
  Empty,
  Grid,
  type GridFilter,
  gridState,
  LinkButton,
  type Screen,
  screen,
  type Visit,
} from '../../../admin/index.ts';
import type { Connection, Connections } from '../../../connection/index.ts';
import type { Clock, Database } from '../../../framework/index.ts';
import type { Deliveries } from '../../delivery/deliveries.ts';
import type { HeldDeliveries } from '../../delivery/held/held-deliveries.ts';
import { type HookCatalogue, scopeChoices } from '../../scope/catalogue.ts';
import type { Webhooks } from '../../webhook.ts';
import { HeldNotice, mostHeld } from '../held/notice.tsx';
import { newPath } from '../places.ts';
import { stateWords } from '../state.tsx';
import { arranged, paged } from './arranged.ts';
import { webhookColumns } from './columns.tsx';

export interface ListServices {
  readonly database: Database;
  readonly connections: Connections;
  readonly webhooks: Webhooks;
  readonly deliveries: Deliveries;
  readonly held: HeldDeliveries;
  readonly catalogue: HookCatalogue;
  readonly clock: Clock;
}

const filters: readonly GridFilter[] = [
  { key: 'text', label: 'Name, destination or scope' },
  { key: 'state', label: 'Status', options: stateWords },
];

/** The way to the form; miniOrange's values are filled in for its connections, and offered to the others. */
function AddButtons({ connection, both }: { connection: Connection | undefined; both: boolean }) {
  const forMiniOrange = connection?.profile === 'miniorange';
  return (
    <>
      <LinkButton href={newPath(connection, forMiniOrange ? 'miniorange' : undefined)} look="primary">
        Add Webhook
      </LinkButton>
      {both && !forMiniOrange && (
        <LinkButton href={newPath(connection, 'miniorange')}>With miniOrange's Values</LinkButton>
      )}
    </>
  );
}

/** Subscriptions as a screen: of one connection, or all there are. */
export async function listScreen(
  visit: Visit,
  given: ListServices,
  { connection, title, lead }: { connection?: Connection; title: string; lead?: string },
): Promise<Screen> {
  const nowMs = given.clock.now().getTime();
  const state = gridState(visit.query, { filters: ['text', 'state'], sorts: ['name'] });
  const all = await given.webhooks.list(given.database, connection?.id);
  const found = arranged(all, state, nowMs);
  const { rows, next } = paged(found, state);
  const latest = await given.deliveries.latest(
    given.database,
    rows.map(({ id }) => id),
  );
  const known = connection ? [connection] : await given.connections.list(given.database);
  const may = visit.may('webhook::manage');
  // It is decided for all of them.
  const held = connection ? 0 : await given.held.count(given.database, mostHeld);
  return screen({
    title,
    ...(lead === undefined ? {} : { lead }),
    actions: may && all.length > 0 && <AddButtons connection={connection} both={false} />,
    body: (
      <>
        {held > 0 && <HeldNotice count={held} may={may} />}
        <Grid
          id="webhooks"
          label="Webhooks"
          columns={webhookColumns(nowMs, scopeChoices(given.catalogue), connection === undefined)}
          rows={rows.map((webhook) => ({
            webhook,
            connection: known.find(({ id }) => id === webhook.connectionId),
            latest: latest.get(webhook.id),
          }))}
          rowKey={({ webhook }) => webhook.id}
          state={state}
          place={{ next: next === undefined ? undefined : cursorOf(next) }}
          filters={filters}
          total={found.length}
          empty={
            <Empty title="Nobody is told anything yet" icon="bell">
              <p>
                A webhook tells another system within a second what happens to a customer of the store, whoever changed
                it. Every delivery is signed, repeated for up to three days, and can be looked at here.
              </p>
              {may && (
                <div class="button-row center">
                  <AddButtons connection={connection} both />
                </div>
              )}
            </Empty>
          }
        />
      </>
    ),
  });
}
