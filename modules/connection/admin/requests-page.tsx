import { Activities } from '../../activity/index.ts';
import { page, screen } from '../../admin/index.ts';
import { Database } from '../../framework/index.ts';
import { Connections } from '../connection.ts';
import { Tokens } from '../token.ts';
import { askedConnection } from './asked-connection.ts';
import { arrivalsOf, LivePanel } from './live-panel.tsx';

/** What came in lately, alone: this is what the panels of other pages fetch again and again. */
export const requestsPage = page('/admin/connections/:code/requests', {
  acl: 'connection::view',
  inject: { database: Database, connections: Connections, tokens: Tokens, activities: Activities },
  async view(visit, { database, connections, tokens, activities }) {
    const connection = await askedConnection(visit, connections, database);
    const held = await tokens.list(database, connection.id);
    const looks = Math.max(0, Number(visit.query.get('look')) || 0);
    return screen({
      title: 'Latest Requests',
      back: { href: `/admin/connections/${connection.code}`, label: connection.name },
      body: <LivePanel arrivals={await arrivalsOf(database, activities, connection, held)} looks={looks} />,
    });
  },
});
