import {
  Badge,
  Card,
  counted,
  DefinitionList,
  Grid,
  gridState,
  LinkButton,
  Moment,
  page,
  type Screen,
  screen,
  type Visit,
} from '../../admin/index.ts';
import { HttpError } from '../../framework/index.ts';
import { GuardError } from '../guard/error.ts';
import { GuardHolds, type HeldItem, type PassedCustomer, type ShownHold } from '../guard/holds.ts';
import { HoldState, ItemState, lossWords, requestWords } from './hold-words.tsx';

const shownRows = 100;

/** The hold that the address names. @throws HttpError 404 */
export async function askedHold(visit: Visit, holds: GuardHolds, limit = shownRows): Promise<ShownHold> {
  try {
    return await holds.show(Number(visit.params.id) || 0, limit);
  } catch (error) {
    if (error instanceof GuardError) throw new HttpError(404, 'NOT_FOUND', 'There is no such hold.');
    throw error;
  }
}

export type HoldVerb = 'approve' | 'deny' | 'lift' | 'restore';

/** What may be decided about it now. */
export const decisionsOf = (hold: ShownHold): readonly HoldVerb[] => [
  ...(hold.status === 'open' ? (['approve', 'deny'] as const) : []),
  ...(hold.denied > 0 ? (['lift'] as const) : []),
  ...(hold.passed > hold.restored && hold.status !== 'approved' && hold.restore !== 'running'
    ? (['restore'] as const)
    : []),
];

const labels = { approve: 'Approve', deny: 'Deny', lift: 'Lift Denial', restore: 'Restore Customers' } as const;
const looks = { approve: 'danger', deny: 'primary', lift: 'plain', restore: 'plain' } as const;

const Denied = ({ hold: { denied, deniedUntil } }: { hold: ShownHold }) => (
  <>
    {counted(denied, 'customer')} until <Moment at={deniedUntil} />; the same requests are refused with 403
  </>
);

const Facts = ({ hold }: { hold: ShownHold }) => (
  <DefinitionList
    items={[
      ['Status', <HoldState key="state" hold={hold} />],
      ['Connection', hold.connection ?? 'deleted'],
      ['Opened', <Moment key="opened" at={hold.openedAt} />],
      [
        'Limit',
        `${counted(hold.limit, 'customer')} within an hour; the request that opened this hold would have made ${hold.wouldBe.toLocaleString('en')}`,
      ],
      [
        'Requests',
        `${hold.waiting} waiting${hold.waiting === 0 ? '' : ` about ${counted(hold.customers, 'customer')}`}, ${hold.done} carried out, ${hold.failed} failed, ${hold.withdrawn} taken back`,
      ],
      ['Passed before', `${counted(hold.passed, 'customer')}, ${hold.restored} of them brought back`],
      [
        'Decided',
        hold.decidedBy === null ? undefined : `by ${hold.decidedBy}${hold.comment ? `: ${hold.comment}` : ''}`,
      ],
      ['Denied', hold.denied === 0 ? undefined : <Denied key="denied" hold={hold} />],
      [
        'Restore',
        hold.restore === null ? undefined : hold.restore === 'running' ? 'under way' : `done, by ${hold.restoredBy}`,
      ],
    ]}
  />
);

const state = gridState(new URLSearchParams(), { sorts: ['id'] });

const Held = ({ held }: { held: readonly HeldItem[] }) => (
  <Grid
    id="held"
    label="Held requests"
    state={state}
    rows={held}
    rowKey={({ id }) => id}
    columns={[
      { key: 'what', label: 'Request', cell: (item) => requestWords(item) },
      { key: 'subject', label: 'About', cell: ({ subject, resource }) => subject ?? resource },
      { key: 'status', label: 'Status', cell: (item) => <ItemState item={item} /> },
    ]}
    actions={({ customers, tries, outcome, hadPassword }) => (
      <small class="muted">
        {customers === 1 ? '1 customer' : `${customers} customers`}, sent {tries === 1 ? 'once' : `${tries} times`}
        {hadPassword ? ', without the password that it came with' : ''}
        {outcome === null ? '' : `: ${outcome}`}
      </small>
    )}
    empty={<p class="muted">No request is held.</p>}
  />
);

const Passed = ({ losses }: { losses: readonly PassedCustomer[] }) => (
  <Grid
    id="passed"
    label="Customers whom it cost something"
    state={state}
    rows={losses}
    rowKey={({ eventId }) => eventId}
    columns={[
      { key: 'at', label: 'When', cell: ({ at }) => <Moment at={at} /> },
      { key: 'who', label: 'Customer', cell: ({ email, customerId }) => email ?? `${customerId} (row deleted)` },
      { key: 'what', label: 'What', cell: ({ kind }) => lossWords(kind) },
    ]}
    actions={({ restoredAt, failure }) =>
      restoredAt !== null ? <Badge tone="good">Brought back</Badge> : failure && <small class="muted">{failure}</small>
    }
    empty={<p class="muted">Nothing passed.</p>}
  />
);

export const heldChangePage = page('/admin/held-changes/:id', {
  acl: 'provisioning::guard',
  inject: { holds: GuardHolds },
  async view(visit, { holds }): Promise<Screen> {
    const hold = await askedHold(visit, holds);
    return screen({
      title: `Hold ${hold.id}`,
      back: { href: '/admin/held-changes', label: 'Held Changes' },
      lead: `Of the connection ${hold.connection ?? '(deleted)'}.`,
      actions:
        visit.may('provisioning::guard-decide') &&
        decisionsOf(hold).map((verb) => (
          <LinkButton key={verb} href={`/admin/held-changes/${hold.id}/${verb}`} look={looks[verb]}>
            {labels[verb]}
          </LinkButton>
        )),
      body: (
        <>
          <Card title="What happened">
            <Facts hold={hold} />
          </Card>
          <Card
            title="Held requests"
            aside={hold.held.length >= shownRows && <small class="muted">the first {shownRows}</small>}
          >
            <Held held={hold.held} />
          </Card>
          <Card
            title="What had passed"
            aside={hold.losses.length >= shownRows && <small class="muted">the first {shownRows}</small>}
          >
            <Passed losses={hold.losses} />
          </Card>
        </>
      ),
    });
  },
});
