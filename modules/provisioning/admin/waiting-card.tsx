import { type Concern, counted, type DashboardCard, DashboardCards, Figures } from '../../admin/index.ts';
import { Connections } from '../../connection/index.ts';
import { contribute } from '../../framework/index.ts';
import { figuresOf, upToMost } from './figures.ts';

/** What an identity provider wants and an administrator has to decide. */
export const waitingCard = contribute(
  DashboardCards,
  { connections: Connections },
  ({ connections }): DashboardCard => ({
    id: 'provisioning.waiting',
    title: 'Waiting for a Decision',
    href: '/admin/held-changes',
    acl: 'provisioning::guard',
    sortOrder: 30,
    async view(visit) {
      const { holds, matches } = await figuresOf(visit.database, await connections.list(visit.database));
      const items = [{ label: 'Held changes', value: upToMost(holds), href: '/admin/held-changes' }];
      if (visit.may('provisioning::matches'))
        items.push({ label: 'Pending matches', value: upToMost(matches), href: '/admin/pending-matches' });
      return (
        <>
          <Figures items={items} />
          {holds > 0 && (
            <p>
              The mass-deprovision guard holds changes back: nobody loses anything until you{' '}
              <a href="/admin/held-changes">decide</a>.
            </p>
          )}
        </>
      );
    },
    async concerns(visit) {
      const { holds, matches } = await figuresOf(visit.database, await connections.list(visit.database));
      const found: Concern[] = [];
      if (holds > 0)
        found.push({
          tone: 'bad',
          text: `The mass-deprovision guard holds back ${holds === 1 ? 'a change' : `${upToMost(holds)} changes`}: decide.`,
          href: '/admin/held-changes',
        });
      if (matches > 0 && visit.may('provisioning::matches'))
        found.push({
          tone: 'warn',
          text: `${counted(matches, 'customer')} may be somebody whom an identity provider sends: decide.`,
          href: '/admin/pending-matches',
        });
      return found;
    },
  }),
);
