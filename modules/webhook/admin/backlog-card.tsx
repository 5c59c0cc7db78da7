import { type Concern, type DashboardCard, DashboardCards, Figures } from '../../admin/index.ts';
import { Clock, contribute, type Executor } from '../../framework/index.ts';
import { type Backlog, Deliveries } from '../delivery/deliveries.ts';
import { spanWords } from './delivery/words.tsx';
import { allPath } from './places.ts';

const whole = (count: number): string => count.toLocaleString('en');

/** A long backlog is not counted anew for everybody who looks at the dashboard; milliseconds. */
const goodFor = 5_000;

function BacklogFigures({ backlog }: { backlog: Backlog }) {
  const { waiting, oldestMs, failing, disabled } = backlog;
  return (
    <>
      <Figures
        items={[
          { label: 'Waiting', value: whole(waiting) },
          { label: 'Oldest', value: waiting === 0 ? '–' : spanWords(oldestMs) },
          { label: 'Failing', value: whole(failing), href: `${allPath}?state=failing` },
          { label: 'Switched off', value: whole(disabled), href: `${allPath}?state=disabled` },
        ]}
      />
      {disabled > 0 && (
        <p>
          {disabled === 1 ? 'A webhook was' : `${whole(disabled)} webhooks were`} switched off, because nothing could be
          delivered: <a href={`${allPath}?state=disabled`}>see why</a>.
        </p>
      )}
    </>
  );
}

/** How much is on its way to receivers, and which of them do not take it. */
export const backlogCard = contribute(
  DashboardCards,
  { deliveries: Deliveries, clock: Clock },
  ({ deliveries, clock }): DashboardCard => {
    let counted: { readonly atMs: number; readonly backlog: Promise<Backlog> } | undefined;
    const read = (db: Executor): Promise<Backlog> => {
      const atMs = clock.now().getTime();
      if (!counted || atMs - counted.atMs >= goodFor) counted = { atMs, backlog: deliveries.backlog(db) };
      counted.backlog.catch(() => {
        counted = undefined;
      });
      return counted.backlog;
    };
    return {
      id: 'webhook.backlog',
      title: 'Webhook Backlog',
      href: allPath,
      acl: 'webhook::view',
      sortOrder: 35,
      view: async ({ database }) => <BacklogFigures backlog={await read(database)} />,
      concerns: async ({ database }) => concernsOf(await read(database)),
    };
  },
);

const webhooks = (count: number, one: string, many: string): string =>
  count === 1 ? `A webhook ${one}` : `${whole(count)} webhooks ${many}`;

function concernsOf({ failing, disabled }: Backlog): readonly Concern[] {
  const found: Concern[] = [];
  if (disabled > 0)
    found.push({
      tone: 'bad',
      text: `${webhooks(disabled, 'was', 'were')} switched off, because nothing could be delivered.`,
      href: `${allPath}?state=disabled`,
    });
  if (failing > 0)
    found.push({
      tone: 'warn',
      text: `${webhooks(failing, 'fails', 'fail')}: it is tried again.`,
      href: `${allPath}?state=failing`,
    });
  return found;
}
