import { Empty, Grid, type GridColumn, gridPage, gridState, Moment, page, screen } from '../../admin/index.ts';
import { type Hold, holdStates, type HoldState as State } from '../guard/hold/hold.ts';
import { GuardHolds } from '../guard/holds.ts';
import { HoldState, holdStateWords } from './hold-words.tsx';

const columns: readonly GridColumn<Hold>[] = [
  { key: 'id', label: 'Hold', cell: ({ id }) => <a href={`/admin/held-changes/${id}`}>#{id}</a> },
  {
    key: 'connection',
    label: 'Connection',
    cell: ({ connection }) =>
      connection === null ? (
        <span class="muted">deleted</span>
      ) : (
        <a href={`/admin/connections/${connection}`}>{connection}</a>
      ),
  },
  { key: 'state', label: 'Status', cell: (hold) => <HoldState hold={hold} /> },
  { key: 'opened', label: 'Since', cell: ({ openedAt }) => <Moment at={openedAt} /> },
  { key: 'limit', label: 'Limit an Hour', align: 'end', cell: ({ limit }) => limit.toLocaleString('en') },
  { key: 'waiting', label: 'Requests Held', align: 'end', cell: ({ waiting }) => waiting.toLocaleString('en') },
  { key: 'customers', label: 'Customers Held', align: 'end', cell: ({ customers }) => customers.toLocaleString('en') },
  {
    key: 'by',
    label: 'Decided By',
    optional: true,
    cell: ({ decidedBy }) => decidedBy ?? <span class="muted">–</span>,
  },
];

export const heldChangesPage = page('/admin/held-changes', {
  acl: 'provisioning::guard',
  menu: { label: 'Held Changes', under: 'Connections', sortOrder: 21, icon: 'plug' },
  inject: { holds: GuardHolds },
  async view(visit, { holds }) {
    const state = gridState(visit.query, { filters: ['status'], sorts: ['id'], order: 'desc' });
    const status = holdStates.find((known): known is State => known === state.filters.status);
    const before = Number(state.after?.[0]);
    const read = await holds.list({
      status,
      before: Number.isSafeInteger(before) ? before : undefined,
      limit: state.size + 1,
    });
    // Holds are few and read newest first: one walks forward only.
    const { rows, place } = gridPage(read, { ...state, before: undefined }, ({ id }) => [id]);
    return screen({
      title: 'Held Changes',
      lead: 'What the mass-deprovision guard holds back until somebody decides.',
      body: (
        <Grid
          id="holds"
          label="Held changes"
          columns={columns}
          rows={rows}
          rowKey={({ id }) => id}
          state={state}
          place={{ next: place.next }}
          filters={[{ key: 'status', label: 'Status', options: holdStateWords }]}
          empty={
            <Empty title="Nothing is held" icon="shield">
              When an identity provider deactivates or deletes more customers within an hour than a connection's policy
              allows, the rest waits here.
            </Empty>
          }
        />
      ),
    });
  },
});
