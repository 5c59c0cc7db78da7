import { Card, LinkButton, Notice, type Screen, screen } from '../../admin/index.ts';
import type { Connection } from '../connection.ts';
import type { OpenedConnection } from '../opening.ts';
import { BaseUrl, TokenValues } from './copy-values.tsx';
import { directory, fromDirectory } from './guide/directory.ts';
import { providerOf } from './identity-provider.ts';
import { LivePanel } from './live-panel.tsx';
import { Steps } from './steps.tsx';

/** Step 3: the values to be pasted. The token is told here and never again. */
export function openedScreen(
  connection: Connection,
  { baseUrl, token }: OpenedConnection,
  from: 'directory' | undefined,
): Screen {
  const way = from && `?way=${connection.profile === 'generic' ? directory.id : fromDirectory}`;
  const provider = providerOf(connection.profile);
  return screen({
    title: connection.name,
    back: { href: '/admin/connections', label: 'Connections' },
    lead: `Paste these values into ${provider.name === 'Another provider' ? 'the console of your identity provider' : provider.name}.`,
    actions: (
      <>
        <LinkButton href={`/admin/connections/${connection.code}`}>Done</LinkButton>
        <LinkButton href={`/admin/connections/${connection.code}/guide${way ?? ''}`} look="primary" icon="list">
          Open Setup Guide
        </LinkButton>
      </>
    ),
    body: (
      <>
        <Steps current={3} />
        <div class="two-columns">
          <Card title={`Values for ${provider.name}`}>
            <Notice kind="note">
              <p>
                <strong>Copy the token now.</strong> It is shown only here: the store keeps a digest of it. A new one
                can be made at any time.
              </p>
            </Notice>
            <BaseUrl provider={provider} baseUrl={baseUrl} />
            <TokenValues provider={provider} text={token} />
          </Card>
          <LivePanel arrivals={{ connection, requests: [], operations: [], used: undefined, stranger: undefined }} />
        </div>
      </>
    ),
  });
}
