import { Moment, type Panel, Panels } from '../../admin/index.ts';
import { contribute } from '../../framework/index.ts';
import { Activities } from '../activity.ts';
import { Outcome, recordHref } from './report/columns.tsx';

const shown = 10;

/** The newest records about a customer, on the customer's page. */
export const customerActivity = contribute(
  Panels,
  { activities: Activities },
  ({ activities }): Panel => ({
    subject: 'customer',
    title: 'Activity',
    acl: 'activity::view',
    sortOrder: 80,
    async view({ params, database }) {
      const customerId = Number(params.id);
      const found = await activities.recent(database, { customerId, limit: shown + 1 });
      const items = found.slice(0, shown);
      if (items.length === 0) return <p class="muted">No identity provider has done anything to this customer.</p>;
      return (
        <>
          <ul class="events">
            {items.map((item) => (
              <li key={item.id}>
                <a href={recordHref(item.id)}>
                  <Moment at={item.at} />
                </a>
                <code>{item.operation}</code>
                <Outcome {...item} />
                <span class="long">{item.reason ?? item.changed?.join(', ')}</span>
              </li>
            ))}
          </ul>
          {found.length > shown && (
            <p>
              <a href={`/admin/reports/provisioning?user=${customerId}`}>Everything about this customer</a>
            </p>
          )}
        </>
      );
    },
  }),
);
