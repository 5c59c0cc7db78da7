import {
  action,
  Button,
  Card,
  confirmation,
  DefinitionList,
  FormButtons,
  LinkButton,
  Panels,
  page,
  QueryForm,
  redirect,
  type Screen,
  screen,
} from '../../admin/index.ts';
import { type Connection, ConnectionError, Connections } from '../../connection/index.ts';
import { contribute, Database, HttpError, type Route } from '../../framework/index.ts';
import { type DeletedConnection, fateOf } from '../departure/delete-connection.ts';
import { ConnectionDepartures } from '../departure/departures.ts';
import { connectionDeletionPage, deletionOf } from './connection-deletion.tsx';
import { pageTasks, tasksOf } from './tasks.ts';

const acl = 'provisioning::departure';
const inject = { database: Database, connections: Connections, departures: ConnectionDepartures };

/** The end of the policies page: the way to take the connection away. */
export const deletionPanel = contribute(Panels, {}, () => ({
  subject: 'connection.policies',
  title: 'Delete',
  acl,
  sortOrder: 90,
  view: ({ params: { code = '' } }) => (
    <>
      <p>
        Takes the connection away with its tokens, mapping and groups. Customers stay in the store; you choose what
        becomes of them, and see it before anything is done.
      </p>
      <div class="button-row">
        <LinkButton href={`/admin/connections/${code}/delete`} look="danger">
          Delete Connection …
        </LinkButton>
      </div>
    </>
  ),
}));

/** Asks what becomes of the customers. */
function choiceScreen(connection: Connection, others: readonly Connection[], problem?: string): Screen {
  const { code, name } = connection;
  const choices: readonly (readonly [value: string, label: string, help: string])[] = [
    ['keep', 'Leave them as they are', 'They log in as before, and nobody manages them.'],
    [
      'deactivate',
      'Deactivate them',
      'They can log in no more; their sessions end. Protected customers stay as they are.',
    ],
    ...others.map(
      ({ code: to, name: theirs }) =>
        [`transfer:${to}`, `Hand them to ${theirs}`, 'That connection manages them from then on.'] as const,
    ),
  ];
  return screen({
    title: `Delete ${name}`,
    back: { href: `/admin/connections/${code}/policies`, label: name },
    status: problem === undefined ? 200 : 422,
    body: (
      <Card title="What becomes of its customers?">
        {problem !== undefined && <p class="field-error">{problem}</p>}
        <QueryForm action={`/admin/connections/${code}/delete`} id="fate">
          <fieldset class="choices">
            <legend class="visually-hidden">What becomes of its customers</legend>
            {choices.map(([value, label, help], at) => (
              <label key={value} class="check">
                <input type="radio" name="customers" value={value} checked={at === 0} />
                <span>
                  {label} <small>{help}</small>
                </span>
              </label>
            ))}
          </fieldset>
          <FormButtons>
            <Button look="primary">See What Would Happen</Button>
            <LinkButton href={`/admin/connections/${code}/policies`}>Cancel</LinkButton>
          </FormButtons>
        </QueryForm>
      </Card>
    ),
  });
}

const fates: Readonly<Record<string, string>> = { keep: 'stay as they are', deactivate: 'are deactivated' };

const Outcome = ({ dry }: { dry: DeletedConnection }) => (
  <>
    <p>
      Nothing has been changed yet. Running servers learn first that the connection is paused, so this takes some
      seconds longer than its work. It can't be undone.
    </p>
    <DefinitionList
      items={[
        ['Its customers', fates[dry.customers] ?? `go to ${dry.customers.replace('transfer:', '')}`],
        ['Users', dry.users.toLocaleString('en')],
        ['Remembered deletions', dry.tombstones.toLocaleString('en')],
        ['Customers deactivated', dry.deactivated.toLocaleString('en')],
        ['Protected customers', dry.protected.toLocaleString('en')],
        ['Groups removed', dry.groups.toLocaleString('en')],
        ['Tokens removed', dry.tokens.toLocaleString('en')],
        ...Object.entries(dry.belongings).map(
          ([label, n]) =>
            [`${label.slice(0, 1).toUpperCase()}${label.slice(1)} removed`, n.toLocaleString('en')] as const,
        ),
      ]}
    />
  </>
);

export const deleteConnectionPage = page('/admin/connections/:code/delete', {
  acl,
  inject,
  async view(visit, { database, connections, departures }) {
    const all = await connections.list(database);
    const connection = all.find(({ code }) => code === visit.params.code);
    if (!connection) throw new HttpError(404, 'NOT_FOUND', 'There is no such connection; it may have been deleted.');
    const others = all.filter(({ id, websiteId }) => id !== connection.id && websiteId === connection.websiteId);
    const asked = visit.query.get('customers') ?? '';
    const customers = fateOf(asked);
    if (!customers) return choiceScreen(connection, others);
    try {
      const dry = await departures.delete({ code: connection.code, customers, dryRun: true });
      return confirmation({
        title: `Delete the connection ${connection.name}?`,
        action: `/admin/connections/${connection.code}/delete`,
        confirm: 'Delete Connection',
        back: `/admin/connections/${connection.code}/policies`,
        fields: { customers: asked },
        children: <Outcome dry={dry} />,
      });
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error;
      return choiceScreen(connection, others, error.message);
    }
  },
});

export const deleteConnectionAction = action('/admin/connections/:code/delete', {
  acl,
  fresh: true,
  inject: { ...inject, ...pageTasks },
  async perform(visit, { departures, ...parts }) {
    const code = visit.params.code ?? '';
    const customers = fateOf(visit.form.get('customers') ?? '');
    if (!customers)
      return redirect(`/admin/connections/${code}/delete`, { problem: 'Choose what becomes of its customers.' });
    try {
      // Whatever is refused is refused here; the work itself takes longer than a browser should wait.
      await departures.delete({ code, customers, dryRun: true });
      const work = () => departures.delete({ code, customers, dryRun: false });
      await tasksOf(parts).start(deletionOf(code), visit.signedIn?.user ?? '', work);
      return redirect(`/admin/deleted-connections/${code}`);
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error;
      return redirect(`/admin/connections/${code}/delete`, { problem: error.message });
    }
  },
});

export const deletionRoutes: readonly Route[] = [deleteConnectionPage, deleteConnectionAction, connectionDeletionPage];
