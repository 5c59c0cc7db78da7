import { DashboardCards, Figures } from '../../admin/index.ts';
import { Connections } from '../../connection/index.ts';
import { contribute } from '../../framework/index.ts';
import { figuresOf, upToMost } from './figures.ts';

/** What an identity provider wants and an administrator has to decide. */
export const waitingCard = contribute(DashboardCards, { connections: Connections }, ({ connections }) => ({
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
}));
