import { Clock, Database } from '../../framework/index.ts';
import { momentOf } from '../access/sessions.ts';
import { type AdministratorAccount, type AdministratorSort, Administrators } from '../administrator.ts';
import { page } from '../http/page.ts';
import { Badge } from '../kit/badge.tsx';
import { LinkButton } from '../kit/button.tsx';
import { Grid, type GridColumn } from '../kit/grid.tsx';
import { gridPage, gridState } from '../kit/grid-state.ts';
import { Moment } from '../kit/moment.tsx';
import { screen } from '../kit/screen.ts';
import { Roles } from '../role/role.ts';
import { UsersTabs } from './users-tabs.tsx';

/** A word for the state of an account. */
export function AccountState({ account, now }: { account: AdministratorAccount; now: Date }) {
  if (!account.active) return <Badge>Inactive</Badge>;
  if (account.lockedUntil !== null && momentOf(account.lockedUntil) > now) return <Badge tone="bad">Locked</Badge>;
  return <Badge tone="good">Active</Badge>;
}

const columns = (now: Date): readonly GridColumn<AdministratorAccount>[] => [
  {
    key: 'user',
    label: 'User Name',
    sortable: true,
    cell: ({ id, user }) => <a href={`/admin/users/${id}`}>{user}</a>,
  },
  { key: 'name', label: 'Name', cell: ({ firstName, lastName }) => `${firstName} ${lastName}`.trim() },
  { key: 'email', label: 'E-mail', sortable: true, cell: ({ email }) => email },
  { key: 'role', label: 'Role', cell: ({ role }) => role || <span class="muted">none</span> },
  { key: 'state', label: 'Status', cell: (account) => <AccountState account={account} now={now} /> },
  {
    key: 'factor',
    label: 'Second Factor',
    cell: ({ secondFactor }) => (secondFactor ? <Badge tone="good">On</Badge> : <Badge>Off</Badge>),
  },
  { key: 'login', label: 'Last Login', cell: ({ lastLogin }) => <Moment at={lastLogin} /> },
  { key: 'created', label: 'Created', optional: true, cell: ({ createdAt }) => <Moment at={createdAt} /> },
  { key: 'id', label: 'ID', optional: true, sortable: true, align: 'end', cell: ({ id }) => id },
];

const keyOf = (sort: string, { id, user, email }: AdministratorAccount): readonly (string | number)[] =>
  sort === 'id' ? [id, id] : [sort === 'email' ? email : user, id];

export const usersPage = page('/admin/users', {
  acl: 'admin::users',
  menu: { label: 'Users & Roles', sortOrder: 70, icon: 'key' },
  inject: { administrators: Administrators, roles: Roles, database: Database, clock: Clock },
  async view(visit, { administrators, roles, database, clock }) {
    const state = gridState(visit.query, { filters: ['text', 'role', 'active'], sorts: ['user', 'email', 'id'] });
    const known = await roles.list(database);
    const { text, role, active } = state.filters;
    const read = await administrators.list(database, {
      text,
      role: role === undefined ? undefined : Number(role) || 0,
      active: active === undefined ? undefined : active === '1',
      sort: state.sort as AdministratorSort,
      order: state.order,
      after: state.after,
      before: state.before,
      limit: state.size + 1,
    });
    const { rows, place } = gridPage(read, state, (row) => keyOf(state.sort, row));
    return screen({
      title: 'Users & Roles',
      actions: (
        <LinkButton href="/admin/users/new" look="primary">
          Add User
        </LinkButton>
      ),
      body: (
        <>
          <UsersTabs visit={visit} current="users" />
          <Grid
            id="users"
            label="Administrators"
            columns={columns(clock.now())}
            rows={rows}
            rowKey={({ id }) => id}
            state={state}
            place={place}
            filters={[
              { key: 'text', label: 'Name or e-mail' },
              {
                key: 'role',
                label: 'Role',
                options: Object.fromEntries(known.map(({ id, name }) => [String(id), name])),
              },
              { key: 'active', label: 'Status', options: { 1: 'Active', 0: 'Inactive' } },
            ]}
          />
        </>
      ),
    });
  },
});
