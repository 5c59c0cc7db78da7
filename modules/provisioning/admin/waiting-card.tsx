import { DashboardCards, Figures } from '../../admin/index.ts';
import { contribute, Database } from '../../framework/index.ts';
import { upToMost, waitingOf } from './waiting.ts';

/** What an identity provider wants and an administrator has to decide. */
export const waitingCard = contribute(DashboardCards, { database: Database }, ({ database }) => ({
  id: 'provisioning.waiting',
  title: 'Waiting for a Decision',
  href: '/admin/held-changes',
  acl: 'provisioning::guard',
  sortOrder: 30,
  async view(visit) {
    const { holds, matches } = await waitingOf(database);
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
