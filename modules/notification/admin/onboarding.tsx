import { Badge, LinkButton, Moment, type Panel, Panels, type Tone } from '../../admin/index.ts';
import { type CustomerColumn, CustomerColumns, CustomerMassActions } from '../../customer/index.ts';
import { Clock, contribute } from '../../framework/index.ts';
import { invitationKinds } from '../invitation/selection.ts';
import { Onboarding, type OnboardingProgress, type OnboardingState } from '../onboarding/onboarding.ts';
import { invitationAddresses, invitationLabels } from './invitation.tsx';

const words: Readonly<Record<OnboardingState, readonly [string, Tone]>> = {
  'not-invited': ['Not invited', 'neutral'],
  queued: ['Mail queued', 'info'],
  undelivered: ['Undelivered', 'bad'],
  sent: ['Sent', 'info'],
  opened: ['Opened', 'info'],
  expired: ['Expired', 'warn'],
  done: ['Done', 'good'],
};

/** At most as many as are asked for at once. */
const atOnce = 1_000;

const column = contribute(
  CustomerColumns,
  { onboarding: Onboarding, clock: Clock },
  ({ onboarding, clock }): CustomerColumn => ({
    key: 'onboarding',
    label: 'Onboarding',
    acl: 'notification::onboarding',
    sortOrder: 20,
    options: async () => Object.fromEntries(Object.entries(words).map(([state, [label]]) => [state, label])),
    async read(db, ids) {
      const marks = new Map<number, { value: string; label: string; tone: Tone }>();
      for (let first = 0; first < ids.length; first += atOnce)
        for (const [id, { state }] of await onboarding.of(db, ids.slice(first, first + atOnce), clock.now()))
          marks.set(id, { value: state, label: words[state][0], tone: words[state][1] });
      return marks;
    },
  }),
);

const massActions = invitationKinds.map((kind, at) =>
  contribute(CustomerMassActions, {}, () => ({
    label: invitationLabels[kind],
    acl: 'notification::invite',
    action: invitationAddresses[kind],
    sortOrder: 10 + at,
  })),
);

const panel = contribute(
  Panels,
  { onboarding: Onboarding, clock: Clock },
  ({ onboarding, clock }): Panel => ({
    subject: 'customer',
    title: 'Onboarding',
    acl: 'notification::onboarding',
    sortOrder: 20,
    async view(visit) {
      const id = Number(visit.params.id);
      const progress = (await onboarding.of(visit.database, [id], clock.now())).get(id);
      if (!progress) return undefined;
      return (
        <>
          <Progress {...progress} />
          {visit.may('notification::invite') && (
            <div class="button-row">
              <LinkButton href={`/admin/customers/${id}/invite`} icon="mail">
                {invitationLabels.activation}
              </LinkButton>
            </div>
          )}
        </>
      );
    },
  }),
);

function Progress({ state, at, note }: OnboardingProgress) {
  const [label, tone] = words[state];
  return (
    <p>
      <Badge tone={tone}>{label}</Badge> {at !== null && <Moment at={new Date(at)} />} {note}
    </p>
  );
}

/** How far customers have come: a column of their grid, a panel of their page, and what is done to those picked. */
export const onboardingContributions = [column, ...massActions, panel];
