import { action, Button, Card, Form, FormButtons, page, redirect, screen, type Visit } from '../../admin/index.ts';
import { Database, Environment } from '../../framework/index.ts';
import { listed } from '../commands/shown-token.ts';
import { type Connection, Connections } from '../connection.ts';
import { ConnectionEditor } from '../connection-editor.ts';
import { scimBaseUrl } from '../first-start.ts';
import { Tokens } from '../token.ts';
import { arrivalSources, arrivalsOf } from './arrivals.ts';
import { actorOfVisit, askedConnection } from './asked-connection.ts';
import { BaseUrl } from './copy-values.tsx';
import { providerOf } from './identity-provider.ts';
import { LivePanel } from './live-panel.tsx';
import { PausedNotice } from './paused-notice.tsx';
import { sentToggles, Toggles } from './toggles.tsx';
import { TokenList } from './token-list.tsx';

const Switches = ({ connection, visit }: { connection: Connection; visit: Visit }) => (
  <Form action={`/admin/connections/${connection.code}`} id="toggles" class="card">
    <div class="card-body">
      <Toggles policy={connection.policy} />
      {visit.may('connection::manage') && (
        <FormButtons>
          <Button look="primary">Save Config</Button>
        </FormButtons>
      )}
    </div>
  </Form>
);

/** What an identity provider is given, whether it may come, and whether it does. */
export const scimConfigurationPage = page('/admin/connections/:code', {
  acl: 'connection::view',
  tab: { of: 'connection', label: 'SCIM Configuration', sortOrder: 10 },
  inject: { ...arrivalSources, connections: Connections, tokens: Tokens, environment: Environment },
  async view(visit, { connections, tokens, environment, ...sources }) {
    const { database, clock } = sources;
    const connection = await askedConnection(visit, connections, database);
    const held = await tokens.list(database, connection.id);
    const provider = providerOf(connection.profile);
    const now = clock.now();
    return screen({
      title: connection.name,
      body: (
        <>
          <PausedNotice connection={connection} />
          <div class="two-columns">
            <div class="column">
              <Card
                title={`Values for ${provider.name}`}
                aside={
                  <span class="card-links">
                    {visit.may('connection::tokens') && (
                      <a href={`/admin/connections/${connection.code}/invitations/new`}>
                        Invite an identity administrator
                      </a>
                    )}
                    <a href={`/admin/connections/${connection.code}/guide`}>Setup Guide</a>
                  </span>
                }
              >
                <BaseUrl provider={provider} baseUrl={scimBaseUrl(environment.baseUrl)} />
                <div class="copy-value">
                  <p class="label">SCIM Bearer Token</p>
                  <p class="muted">
                    A token is shown once, when it is made: alone and as the whole <em>Authorization Header</em>.{' '}
                    {provider.name}{' '}
                    {provider.token === 'SCIM Bearer Token' ? 'calls it the same' : `calls it ${provider.token}`}. Lost
                    it? Rotate: the old one goes on until the new one is in place.
                  </p>
                </div>
              </Card>
              <Card title="Tokens">
                <TokenList
                  tokens={held.map((token) => listed(token, connection.code, now))}
                  code={connection.code}
                  may={visit.may('connection::tokens')}
                />
              </Card>
              <LivePanel arrivals={await arrivalsOf(sources, connection, held)} />
            </div>
            <div class="column">
              <Switches connection={connection} visit={visit} />
            </div>
          </div>
        </>
      ),
    });
  },
});

export const saveToggles = action('/admin/connections/:code', {
  acl: 'connection::manage',
  inject: { database: Database, connections: Connections, editor: ConnectionEditor },
  async perform(visit, { database, connections, editor }) {
    const { code } = await askedConnection(visit, connections, database);
    await editor.change(code, { policy: sentToggles(visit.form) }, actorOfVisit(visit));
    return redirect(`/admin/connections/${code}`, {
      done: 'You saved the configuration. Running servers follow within 5 seconds.',
    });
  },
});
