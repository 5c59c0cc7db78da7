import { Activities } from '../../../activity/index.ts';
import { Card, page, screen, Tabs } from '../../../admin/index.ts';
import { Database, Environment } from '../../../framework/index.ts';
import { Connections } from '../../connection.ts';
import { scimBaseUrl } from '../../first-start.ts';
import { Tokens } from '../../token.ts';
import { askedConnection } from '../asked-connection.ts';
import { ConnectionUsers, usersOf } from '../connection-users.ts';
import { providerOf } from '../identity-provider.ts';
import { arrivalsOf, LivePanel } from '../live-panel.tsx';
import { commonTroubles } from './guide.ts';
import { GuideSteps, Troubles } from './guide-steps.tsx';
import { guideOf } from './guides.ts';
import { reached } from './milestones.ts';

/** How this connection's provider is set up, with the values of this store filled in. */
export const guidePage = page('/admin/connections/:code/guide', {
  acl: 'connection::view',
  tab: { of: 'connection', label: 'Setup Guide', sortOrder: 90 },
  inject: {
    database: Database,
    connections: Connections,
    tokens: Tokens,
    activities: Activities,
    users: ConnectionUsers,
    environment: Environment,
  },
  async view(visit, { database, connections, tokens, activities, users, environment }) {
    const connection = await askedConnection(visit, connections, database);
    const guide = guideOf(connection.profile);
    const variant = guide.variants.find(({ id }) => id === visit.query.get('way')) ?? guide.variants[0];
    const held = await tokens.list(database, connection.id);
    const arrivals = await arrivalsOf(database, activities, connection, held);
    const counted = await usersOf(users, database, [connection.id], 1);
    const milestones = reached({
      contacted: arrivals.used !== undefined || arrivals.requests.length > 0,
      users: counted.get(connection.id) ?? 0,
      operations: arrivals.operations,
    });
    return screen({
      title: connection.name,
      body: (
        <div class="two-columns guide-columns">
          <Card title={`Connect ${providerOf(connection.profile).name}`}>
            <p>{guide.intro}</p>
            {guide.variants.length > 1 && (
              <Tabs
                label="Ways to set it up"
                tabs={guide.variants.map(({ id, label }) => ({
                  label,
                  href: `${visit.path}?way=${id}`,
                  current: id === variant?.id,
                }))}
              />
            )}
            <GuideSteps
              steps={variant?.steps ?? []}
              milestones={milestones}
              baseUrl={scimBaseUrl(environment.baseUrl)}
            />
          </Card>
          <div class="column">
            <Card title="Token">
              <p>
                {held.length === 0 ? 'This connection has no token yet. ' : 'The token was shown when it was made. '}
                <a href={`/admin/connections/${connection.code}`}>SCIM Configuration</a> makes a new one, or lets one
                take over from the other.
              </p>
            </Card>
            <LivePanel arrivals={arrivals} />
            <Card title="When something is wrong">
              <Troubles troubles={[...guide.troubles, ...commonTroubles]} />
            </Card>
          </div>
        </div>
      ),
    });
  },
});
