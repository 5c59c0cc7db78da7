import {
  action,
  DashboardCards,
  FirstSteps,
  Form,
  Grid,
  gridPage,
  gridState,
  type MenuLink,
  MenuLinks,
  page,
  redirect,
  Subjects,
  screen,
  TextField,
} from '../../../modules/admin/index.ts';
import { contribute, defineModule } from '../../../modules/framework/index.ts';

/** A text that does harm where it is not escaped. */
export const hostile = `<img src=x onerror="alert(1)">"'&\u202e`;
const ships = Array.from({ length: 45 }, (_, at) => ({ id: at + 1, name: `Ship ${String(at + 1).padStart(2, '0')}` }));

/** A module with pages, tabs, a card and a first step, as another developer would write it. */
export const harbour = defineModule({
  name: 'harbour',
  version: '1.0.0',
  sequence: ['admin'],
  acl: { 'harbour::see': 'See ships' },
  routes: [
    page('/admin/ships', {
      acl: 'harbour::see',
      menu: { label: 'Ships', sortOrder: 25 },
      view(visit) {
        const state = gridState(visit.query, { filters: ['name'], sorts: ['id'] });
        const behind = ships.filter(
          ({ id, name }) => id > Number(state.after?.[0] ?? 0) && name.includes(state.filters.name ?? ''),
        );
        const { rows, place } = gridPage(behind.slice(0, state.size + 1), state, ({ id }) => [id]);
        const columns = [
          { key: 'id', label: 'ID', sortable: true, cell: ({ id }: { id: number }) => id },
          { key: 'name', label: 'Name', cell: ({ name }: { name: string }) => name },
        ];
        const filters = [{ key: 'name', label: 'Name' }];
        return screen({
          title: 'Ships',
          body: <Grid id="ships" label="Ships" {...{ columns, rows, state, place, filters }} rowKey={({ id }) => id} />,
        });
      },
    }),
    page('/admin/ships/:code', {
      acl: 'harbour::see',
      tab: { of: 'ship', label: 'Hull', sortOrder: 10 },
      view: () =>
        screen({
          title: 'ignored',
          body: (
            <Form action="/admin/ships/a">
              <TextField name="name" label={hostile} value={hostile} error={hostile} />
            </Form>
          ),
        }),
    }),
    page('/admin/ships/:code/crew', {
      acl: 'harbour::see',
      tab: { of: 'ship', label: 'Crew', sortOrder: 5 },
      view: () => screen({ title: '', body: 'crew' }),
    }),
    page('/admin/fleets', {
      acl: 'harbour::see',
      menu: { label: 'Fleets', under: 'Ships', sortOrder: 26 },
      view: () => screen({ title: 'Fleets', body: 'none' }),
    }),
    action('/admin/ships/:code', {
      acl: 'harbour::see',
      perform: (visit) => redirect('/admin/ships', { done: `Saved ${visit.params.code}: ${visit.form.get('name')}` }),
    }),
  ],
  contributes: [
    contribute(MenuLinks, {}, (): MenuLink => ({ label: 'Pilot', href: '/pilot', icon: 'chart', sortOrder: 20 })),
    contribute(MenuLinks, {}, (): MenuLink => ({ label: 'Charts', href: '/charts', icon: 'book', sortOrder: 10 })),
    contribute(Subjects, {}, () => ({
      name: 'ship',
      parent: { href: '/admin/ships', label: 'Ships' },
      title: async ({ code }) => (code === 'none' ? undefined : `The ${code} ${hostile}`),
    })),
    contribute(DashboardCards, {}, () => ({
      id: 'harbour.tide',
      title: 'Tide',
      acl: 'harbour::see',
      sortOrder: 5,
      view: () => <b>high water</b>,
    })),
    contribute(FirstSteps, {}, () => ({
      label: 'Launch a ship',
      href: '/admin/ships',
      acl: 'harbour::see',
      sortOrder: 1,
      done: async () => false,
    })),
  ],
});
