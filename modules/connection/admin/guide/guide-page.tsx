import { Card, page, screen } from '../../../admin/index.ts';
import { Connections } from '../../connection.ts';
import { SetupLinks } from '../../setup/setup-link.ts';
import { askedConnection } from '../asked-connection.ts';
import { InvitationsCard } from '../invitation/invitations-card.tsx';
import { looksOf } from '../looks.ts';
import { GuideCard, GuidePanel, MannersCard, TroublesCard } from './guide-card.tsx';
import { guideSources, shownGuide } from './shown-guide.ts';

/** How this connection's provider is set up, with the values of this store filled in. */
export const guidePage = page('/admin/connections/:code/guide', {
  acl: 'connection::view',
  tab: { of: 'connection', label: 'Setup Guide', sortOrder: 90 },
  inject: { ...guideSources, connections: Connections, links: SetupLinks },
  async view(visit, { connections, links, ...sources }) {
    const connection = await askedConnection(visit, connections, sources.database);
    const shown = await shownGuide(sources, connection, visit.query.get('way'));
    const mayInvite = visit.may('connection::tokens');
    return screen({
      title: connection.name,
      body: (
        <div class="two-columns guide-columns">
          <div class="column">
            <GuideCard connection={connection} shown={shown} path={visit.path} />
            <MannersCard connection={connection} shown={shown} />
          </div>
          <div class="column">
            <Card title="Token">
              <p>
                {shown.tokens.length === 0
                  ? 'This connection has no token yet. '
                  : 'The token was shown when it was made. '}
                <a href={`/admin/connections/${connection.code}`}>SCIM Configuration</a> makes a new one, or lets one
                take over from the other.
              </p>
            </Card>
            {mayInvite && (
              <InvitationsCard
                connection={connection}
                links={await links.list(sources.database, connection.id, sources.clock.now())}
              />
            )}
            <GuidePanel shown={shown} path={visit.path} looks={looksOf(visit)} />
            <TroublesCard shown={shown} />
          </div>
        </div>
      ),
    });
  },
});
