import { Database } from '../../framework/index.ts';
import { page } from '../http/page.ts';
import { LinkButton } from '../kit/button.tsx';
import { Grid } from '../kit/grid.tsx';
import { gridState } from '../kit/grid-state.ts';
import { screen } from '../kit/screen.ts';
import { counted } from '../kit/words.ts';
import { Roles } from '../role/role.ts';
import { UsersTabs } from './users-tabs.tsx';

export const rolesPage = page('/admin/roles', {
  acl: 'admin::roles',
  menu: { label: 'Users & Roles', sortOrder: 71, icon: 'key' },
  inject: { roles: Roles, database: Database },
  async view(visit, { roles, database }) {
    return screen({
      title: 'Users & Roles',
      actions: (
        <LinkButton href="/admin/roles/new" look="primary">
          Add Role
        </LinkButton>
      ),
      body: (
        <>
          <UsersTabs visit={visit} current="roles" />
          <Grid
            id="roles"
            label="Roles"
            columns={[
              { key: 'name', label: 'Role', cell: ({ id, name }) => <a href={`/admin/roles/${id}`}>{name}</a> },
              { key: 'users', label: 'Used by', cell: ({ users }) => counted(Number(users), 'administrator') },
            ]}
            rows={await roles.list(database)}
            rowKey={({ id }) => id}
            state={gridState(visit.query, { sorts: ['name'] })}
          />
        </>
      ),
    });
  },
});
