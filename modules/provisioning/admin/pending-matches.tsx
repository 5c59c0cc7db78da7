import {
  action,
  Badge,
  confirmation,
  Empty,
  Grid,
  type GridColumn,
  gridPage,
  gridState,
  LinkButton,
  Moment,
  page,
  redirect,
  screen,
  type Tone,
  type Visit,
} from '../../admin/index.ts';
import { ConnectionError } from '../../connection/index.ts';
import { Clock, Database, HttpError, type Route } from '../../framework/index.ts';
import { type MatchRequest, MatchRequests, type MatchState, matchStates } from '../adoption/match-requests.ts';

const acl = 'provisioning::matches';

const states: Readonly<Record<MatchState, readonly [Tone, string]>> = {
  pending: ['warn', 'Waits'],
  approved: ['good', 'One person'],
  denied: ['neutral', 'Two persons'],
};

const by = ({ matchedBy }: MatchRequest): string => (matchedBy === 'id' ? 'its id' : `the same ${matchedBy}`);

const columns: readonly GridColumn<MatchRequest>[] = [
  { key: 'userName', label: 'User', cell: ({ userName }) => <strong>{userName}</strong> },
  {
    key: 'customer',
    label: 'Taken for Customer',
    cell: ({ customerId, email }) => (
      <>
        {email ?? 'no address'} <small class="muted">#{customerId}</small>
      </>
    ),
  },
  { key: 'by', label: 'Because of', cell: by },
  {
    key: 'connection',
    label: 'Connection',
    cell: ({ connection }) => <a href={`/admin/connections/${connection}`}>{connection}</a>,
  },
  { key: 'last', label: 'Last Asked', cell: ({ lastAt }) => <Moment at={lastAt} /> },
  {
    key: 'state',
    label: 'Status',
    cell: ({ state }) => <Badge tone={states[state][0]}>{states[state][1]}</Badge>,
  },
];

export const pendingMatchesPage = page('/admin/pending-matches', {
  acl,
  menu: { label: 'Pending Matches', under: 'Connections', sortOrder: 22, icon: 'plug' },
  inject: { database: Database, requests: MatchRequests },
  async view(visit, { database, requests }) {
    const state = gridState(visit.query, { filters: ['state'], sorts: ['id'], order: 'desc' });
    const asked = matchStates.find((known) => known === state.filters.state);
    const before = Number(state.after?.[0]);
    const read = await requests.list(database, {
      state: asked ?? 'pending',
      before: Number.isSafeInteger(before) ? before : undefined,
    });
    const { rows, place } = gridPage(read.slice(0, state.size + 1), { ...state, before: undefined }, ({ id }) => [id]);
    return screen({
      title: 'Pending Matches',
      lead: 'Users whom a connection takes for customers that nobody manages. Decide whether the two are one person.',
      body: (
        <Grid
          id="matches"
          label="Pending matches"
          columns={columns}
          rows={rows}
          rowKey={({ id }) => id}
          state={state}
          place={{ next: place.next }}
          filters={[
            {
              key: 'state',
              label: 'Status',
              options: { pending: 'Waits', approved: 'One person', denied: 'Two persons' },
            },
          ]}
          actions={({ id, state: now }) =>
            now === 'pending' && (
              <span class="button-pair">
                <LinkButton href={`/admin/pending-matches/${id}/approve`}>Approve</LinkButton>
                <LinkButton href={`/admin/pending-matches/${id}/deny`}>Deny</LinkButton>
              </span>
            )
          }
          empty={
            <Empty title="Nobody waits" icon="people">
              With the policy “Customers nobody manages: wait for an administrator”, users who look like customers of
              the store wait here.
            </Empty>
          }
        />
      ),
    });
  },
});

/** @throws HttpError 404 */
async function askedRequest(visit: Visit, database: Database, requests: MatchRequests): Promise<MatchRequest> {
  const id = Number(visit.params.id) || 0;
  const [found] = await requests.list(database, { before: id + 1 });
  if (found?.id !== id) throw new HttpError(404, 'NOT_FOUND', 'There is no such match; it may have been settled.');
  return found;
}

const verbs = {
  approve: {
    confirm: 'They Are One',
    done: (one: MatchRequest) => `The next attempt of ${one.connection} takes customer ${one.customerId} over.`,
    text: 'The next attempt of the identity provider takes the customer over: orders and password stay, and from then on the provider keeps the customer up to date.',
  },
  deny: {
    confirm: 'They Are Two',
    done: (one: MatchRequest) => `${one.userName} is never taken for customer ${one.customerId} again.`,
    text: 'The customer stays as it is, and this user is never taken for it again.',
  },
} as const;

const inject = { database: Database, requests: MatchRequests, clock: Clock };

const decision = (verb: 'approve' | 'deny'): readonly Route[] => [
  page(`/admin/pending-matches/:id/${verb}`, {
    acl,
    inject,
    async view(visit, { database, requests }) {
      const one = await askedRequest(visit, database, requests);
      return confirmation({
        title: `${one.userName} and customer ${one.customerId}: ${verb === 'approve' ? 'one person?' : 'two persons?'}`,
        action: `/admin/pending-matches/${one.id}/${verb}`,
        confirm: verbs[verb].confirm,
        back: '/admin/pending-matches',
        children: (
          <>
            <p>
              <strong>{one.userName}</strong> of {one.connection} and the customer{' '}
              <strong>{one.email ?? `#${one.customerId}`}</strong> have {by(one)}.
            </p>
            <p>{verbs[verb].text}</p>
          </>
        ),
      });
    },
  }),
  action(`/admin/pending-matches/:id/${verb}`, {
    acl,
    inject,
    async perform(visit, { database, requests, clock }) {
      const actor = visit.signedIn?.user ?? 'administration';
      try {
        const one = await database.transaction((tx) =>
          requests[verb](tx, Number(visit.params.id) || 0, actor, clock.now()),
        );
        return redirect('/admin/pending-matches', { done: verbs[verb].done(one) });
      } catch (error) {
        if (!(error instanceof ConnectionError)) throw error;
        return redirect('/admin/pending-matches', { problem: error.message });
      }
    },
  }),
];

export const matchDecisions: readonly Route[] = [...decision('approve'), ...decision('deny')];
