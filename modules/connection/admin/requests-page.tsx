import { page, screen } from '../../admin/index.ts';
import { Connections } from '../connection.ts';
import { Tokens } from '../token.ts';
import { arrivalSources, arrivalsOf } from './arrivals.ts';
import { askedConnection } from './asked-connection.ts';
import { LivePanel } from './live-panel.tsx';
import { looksOf } from './looks.ts';

/** What came in lately, alone: this is what the panels of other pages fetch again and again. */
export const requestsPage = page('/admin/connections/:code/requests', {
  acl: 'connection::view',
  inject: { ...arrivalSources, connections: Connections, tokens: Tokens },
  async view(visit, { connections, tokens, ...sources }) {
    const { database } = sources;
    const connection = await askedConnection(visit, connections, database);
    const held = await tokens.list(database, connection.id);
    return screen({
      title: 'Latest Requests',
      back: { href: `/admin/connections/${connection.code}`, label: connection.name },
      body: <LivePanel arrivals={await arrivalsOf(sources, connection, held)} looks={looksOf(visit)} />,
    });
  },
});
