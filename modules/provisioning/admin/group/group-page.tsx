import {
  action,
  Badge,
  Button,
  counted,
  Empty,
  Form,
  FormButtons,
  Grid,
  type GridColumn,
  gridPage,
  gridState,
  Notice,
  page,
  redirect,
  screen,
} from '../../../admin/index.ts';
import { type Connection, Connections, type GroupPolicy, orRefuse } from '../../../connection/index.ts';
import { type CustomerGroup, CustomerGroups } from '../../../customer/index.ts';
import { Clock, Database } from '../../../framework/index.ts';
import { GroupJobs } from '../../group/jobs.ts';
import { type AskedAssignment, assignGroups, isForCustomers } from './assignment.ts';
import { listedGroups, type ShownGroup } from './group-list.ts';

const path = '/admin/connections/:code/groups' as const;
const form = 'group-form';
/** Most customer groups that are offered: every row of the table lists them. */
const offered = 200;
const rooms = { database: Database, connections: Connections, customerGroups: CustomerGroups };

const policyWords: Readonly<Record<GroupPolicy, string>> = {
  create: 'A new group stands for the customer group of its name, which is made where there is none.',
  match: 'A new group stands for the customer group of its name where there is one.',
  none: 'A new group stands for no customer group until it is mapped here.',
};

/** The tab "Group Mapping": which customer group each group of the connection stands for, and which one wins. */
const groupPage = page(path, {
  acl: 'provisioning::groups',
  tab: { of: 'connection', label: 'Group Mapping', sortOrder: 30 },
  inject: rooms,
  async view(visit, { database, connections, customerGroups }) {
    const connection = await orRefuse(() => connections.byCode(database, visit.params.code ?? ''));
    const state = gridState(visit.query, { filters: ['name'], sorts: ['name'] });
    const { rows, place } = gridPage(await listedGroups(database, connection.id, state), state, ({ key }) => [key]);
    const choices = (await customerGroups.list(database)).filter(({ id }) => isForCustomers(id));
    return screen({
      title: 'Group Mapping',
      body: (
        <div class="stack">
          <p class="muted">
            {policyWords[connection.groups]} Who is in several groups gets the customer group of the lowest priority
            number. Groups come before a row of the attribute mapping that gives one.
          </p>
          {choices.length > offered && (
            <Notice kind="note">
              The first {offered} of {choices.length.toLocaleString('en')} customer groups are offered here. For any
              other: <code>npm run -s cli -- group:map --connection {connection.code}</code>
            </Notice>
          )}
          <Grid
            id="groups"
            label="Groups"
            columns={columnsOf(choices)}
            rows={rows}
            rowKey={({ id }) => id}
            state={state}
            place={place}
            filters={[{ key: 'name', label: 'Name begins with' }]}
            empty={
              <Empty title="No groups yet" icon="people">
                <p>They appear here as soon as the identity provider pushes the first one.</p>
              </Empty>
            }
          />
          {rows.length > 0 && visit.may('provisioning::groups-edit') && (
            <Form action={`/admin/connections/${encodeURIComponent(connection.code)}/groups`} id={form}>
              <FormButtons>
                <Button look="primary">Save Mapping</Button>
              </FormButtons>
            </Form>
          )}
        </div>
      ),
    });
  },
});

/** The fields belong to the form below the table, which has a form of its own for its filters. */
function columnsOf(choices: readonly CustomerGroup[]): readonly GridColumn<ShownGroup>[] {
  return [
    {
      key: 'name',
      label: 'Group',
      cell: ({ displayName, id, customerGroupId, priority, groupId }) => (
        <div>
          {displayName} <small class="muted">{id}</small>
          <input type="hidden" name="group" form={form} value={`${groupId}:${customerGroupId ?? ''}:${priority}`} />
        </div>
      ),
    },
    { key: 'members', label: 'Members', align: 'end', cell: ({ members }) => members.toLocaleString('en') },
    {
      key: 'customerGroup',
      label: 'Customer Group',
      cell: ({ groupId, displayName, customerGroupId }) => {
        const gone = customerGroupId !== null && !choices.some(({ id }) => id === customerGroupId);
        return (
          <div>
            <select name={`customerGroup-${groupId}`} form={form} aria-label={`Customer group of ${displayName}`}>
              <option value="">None</option>
              {gone && (
                <option value={String(customerGroupId)} selected>
                  {`Deleted (${customerGroupId})`}
                </option>
              )}
              {choices
                .filter(({ id }, at) => at < offered || id === customerGroupId)
                .map(({ id, code }) => (
                  <option key={id} value={String(id)} selected={id === customerGroupId}>
                    {code}
                  </option>
                ))}
            </select>
            {gone && <Badge tone="warn">The store has deleted it</Badge>}
          </div>
        );
      },
    },
    {
      key: 'priority',
      label: 'Priority',
      cell: ({ groupId, displayName, priority }) => (
        <input
          class="short"
          name={`priority-${groupId}`}
          form={form}
          value={String(priority)}
          inputMode="numeric"
          aria-label={`Priority of ${displayName}`}
        />
      ),
    },
  ];
}

/** Priorities that the column holds and people can read. */
const most = 9_999;

/** What the form asks for: only groups that differ from what was shown; undefined for one that can't be. */
function askedIn(fields: URLSearchParams): readonly AskedAssignment[] | string {
  const asked: AskedAssignment[] = [];
  for (const shown of fields.getAll('group')) {
    const [, id, group = '', rank = ''] = /^(\d{1,10}):(\d{0,10}):(-?\d{1,9})$/.exec(shown) ?? [];
    if (id === undefined) continue;
    const before = { customerGroupId: group === '' ? null : Number(group), priority: Number(rank) };
    const chosen = fields.get(`customerGroup-${id}`) ?? '';
    const priority = fields.get(`priority-${id}`)?.trim() ?? rank;
    if (priority !== rank && !(/^\d{1,4}$/.test(priority) && Number(priority) <= most)) return priority;
    const next = {
      customerGroupId: /^\d{1,10}$/.test(chosen) ? Number(chosen) : null,
      priority: Number(priority),
    };
    if (next.customerGroupId !== before.customerGroupId || next.priority !== before.priority)
      asked.push({ groupId: Number(id), before, ...next });
  }
  return asked;
}

const back = ({ code }: Connection): `/admin${string}` => `/admin/connections/${encodeURIComponent(code)}/groups`;

const saveGroups = action(path, {
  acl: 'provisioning::groups-edit',
  inject: { ...rooms, jobs: GroupJobs, clock: Clock },
  async perform(visit, { database, connections, customerGroups, jobs, clock }) {
    const connection = await orRefuse(() => connections.byCode(database, visit.params.code ?? ''));
    const asked = askedIn(visit.form);
    if (typeof asked === 'string')
      return redirect(back(connection), {
        problem: `Nothing was saved: a priority is a whole number from 0 to ${most}, and “${asked.slice(0, 40)}” is none.`,
      });
    const { changed, conflicts } = await database.transaction((tx) =>
      assignGroups(tx, customerGroups, connection.id, asked, clock.now()),
    );
    if (changed > 0) jobs.kick();
    const done = `${counted(changed, 'group')} changed; the members follow within moments.`;
    if (conflicts.length > 0)
      return redirect(back(connection), {
        problem: `${changed > 0 ? `${done} ` : ''}Not changed, because somebody else has changed it or its customer group since this page was opened: ${conflicts.join(', ')}. The page shows what is there now.`,
      });
    return redirect(back(connection), changed === 0 ? { note: 'Nothing was changed.' } : { done });
  },
});

export const groupPages = [groupPage, saveGroups];
