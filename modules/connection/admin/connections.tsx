import { mostFailures } from '../../activity/index.ts';
import { Empty, Grid, type GridColumn, gridState, LinkButton, Moment, page, screen } from '../../admin/index.ts';
import { Clock } from '../../framework/index.ts';
import { Websites } from '../../store/index.ts';
import { type Health, healthOf, healthServices, mostUsers, upTo } from './health.ts';
import { StateBadge, TokenEnd } from './health-badges.tsx';
import { providerOf } from './identity-provider.ts';

const columns = (now: Date, websites: ReadonlyMap<number, string>): readonly GridColumn<Health>[] => [
  {
    key: 'name',
    label: 'Connection',
    sortable: true,
    cell: ({ connection: { code, name } }) => (
      <>
        <a href={`/admin/connections/${code}`}>{name}</a>
        <br />
        <small class="muted">{code}</small>
      </>
    ),
  },
  { key: 'provider', label: 'Identity Provider', cell: ({ connection }) => providerOf(connection.profile).name },
  { key: 'state', label: 'Status', cell: (health) => <StateBadge health={health} /> },
  { key: 'last', label: 'Last Request', sortable: true, cell: ({ lastRequest }) => <Moment at={lastRequest} /> },
  { key: 'users', label: 'Users', align: 'end', cell: ({ users }) => upTo(users, mostUsers) },
  {
    key: 'errors',
    label: 'Errors, 24 h',
    align: 'end',
    cell: ({ connection: { code }, errors }) =>
      errors === 0 ? (
        0
      ) : (
        <a href={`/admin/connections/${code}/activity?status=failure`}>
          {errors >= mostFailures ? `${mostFailures}+` : errors}
        </a>
      ),
  },
  { key: 'token', label: 'Token', cell: (health) => <TokenEnd health={health} now={now} /> },
  {
    key: 'website',
    label: 'Website',
    optional: true,
    cell: ({ connection }) => websites.get(connection.websiteId) ?? connection.websiteId,
  },
  {
    key: 'created',
    label: 'Created',
    optional: true,
    cell: ({ connection }) => <Moment at={connection.createdAt} />,
  },
];

const keyOf: Readonly<Record<string, (health: Health) => string>> = {
  name: ({ connection }) => connection.name.toLowerCase(),
  last: ({ lastRequest }) => lastRequest ?? '',
};

/** There are few connections: they are sorted and filtered here, and shown on one page. */
function arranged(all: readonly Health[], { sort, order, filters }: ReturnType<typeof gridState>): readonly Health[] {
  const key = keyOf[sort] ?? (() => '');
  const text = filters.text?.toLowerCase() ?? '';
  const found = all.filter(({ connection: { name, code } }) => `${name} ${code}`.toLowerCase().includes(text));
  const sorted = found.toSorted((a, b) => key(a).localeCompare(key(b)));
  return order === 'desc' ? sorted.reverse() : sorted;
}

export const connectionsPage = page('/admin/connections', {
  acl: 'connection::view',
  menu: { label: 'Connections', sortOrder: 20, icon: 'plug' },
  inject: {
    ...healthServices,
    websites: Websites,
    clock: Clock,
  },
  async view(visit, { websites, clock, ...sources }) {
    const now = clock.now();
    const state = gridState(visit.query, { filters: ['text'], sorts: ['name', 'last'] });
    const names = new Map((await websites.websites()).map(({ id, name }) => [id, name]));
    const all = await healthOf(visit.database, sources, now);
    const add = visit.may('connection::manage') && (
      <LinkButton href="/admin/connections/new" look="primary" icon="plug">
        Add Connection
      </LinkButton>
    );
    return screen({
      title: 'Connections',
      lead: 'Identity providers that keep the customers of this store up to date.',
      actions: all.length > 0 ? add : undefined,
      body: (
        <Grid
          id="connections"
          label="Connections"
          columns={columns(now, names)}
          rows={arranged(all, state)}
          rowKey={({ connection }) => connection.id}
          state={state}
          filters={[{ key: 'text', label: 'Name or code' }]}
          total={all.length}
          empty={
            <Empty title="No identity provider is connected yet" icon="plug">
              <p>
                A connection gives an identity provider such as Okta or Microsoft Entra ID an address and a token of
                this store. Its users then become customers, and stay up to date.
              </p>
              <div class="button-row center">{add}</div>
            </Empty>
          }
        />
      ),
    });
  },
});
