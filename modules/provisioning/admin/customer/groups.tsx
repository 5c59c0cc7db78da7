import { Badge, type Panel, Panels } from '../../../admin/index.ts';
import { Connections } from '../../../connection/index.ts';
import { contribute } from '../../../framework/index.ts';
import { managingOf } from './managing.ts';

const shown = 50;

/** Which groups of the identity provider a customer is in, and which of them decides the customer group. */
export const customerGroupsPanel = contribute(
  Panels,
  { connections: Connections },
  ({ connections }): Panel => ({
    subject: 'customer',
    title: 'Groups of the identity provider',
    acl: 'connection::view',
    sortOrder: 40,
    async view({ params, database }) {
      const managing = await managingOf(database, Number(params.id));
      if (managing?.connection === undefined || managing.memberships.length === 0) return undefined;
      const { memberships } = managing;
      const connection = await connections.byId(database, managing.connection);
      return (
        <>
          <ul class="events">
            {memberships.slice(0, shown).map(({ id, name, direct, stands, priority }, at) => (
              <li key={id}>
                <span class="long">{name}</span>
                {!direct && <span class="muted">through another group</span>}
                {stands === 1 && at === 0 && <Badge tone="good">decides the customer group</Badge>}
                {stands === 1 && <span class="muted">priority {priority}</span>}
              </li>
            ))}
          </ul>
          {memberships.length > shown && <p class="muted">and {memberships.length - shown} more</p>}
          {connection && (
            <p>
              <a href={`/admin/connections/${encodeURIComponent(connection.code)}/groups`}>Group Mapping</a>
            </p>
          )}
        </>
      );
    },
  }),
);
