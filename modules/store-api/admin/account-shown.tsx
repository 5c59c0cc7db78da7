import { Card, Copyable, LinkButton, Notice, type Screen, screen } from '../../admin/index.ts';
import type { Connection } from '../../connection/index.ts';
import { type Credentials, credentialsFile, credentialsFileName } from '../account/credentials.ts';
import { accountsPath } from './places.ts';

/** The file travels in the page itself: no address may ever answer it again. */
const fileAddress = (credentials: Credentials): string =>
  `data:text/plain;charset=utf-8;base64,${Buffer.from(credentialsFile(credentials)).toString('base64')}`;

/** The credentials of an account in the one moment in which they are known. */
export function accountShown(connection: Connection, credentials: Credentials): Screen {
  return screen({
    title: 'Save the Credentials',
    back: { href: accountsPath(connection), label: connection.name },
    actions: (
      <LinkButton href={accountsPath(connection)} look="plain">
        Done
      </LinkButton>
    ),
    body: (
      <Card title={`API account ${credentials.name}`}>
        <Notice kind="note">
          <p>
            <strong>Save them now.</strong> The access token is shown only here. Whoever has it can do what the account
            may do.
          </p>
        </Notice>
        <div class="copy-value">
          <a class="button primary" href={fileAddress(credentials)} download={credentialsFileName(credentials.name)}>
            Download Credentials File
          </a>
        </div>
        <div class="copy-value">
          <Copyable label="Client ID" value={credentials.clientId} id="client-id" />
        </div>
        <div class="copy-value">
          <Copyable label="Client Secret" value={credentials.clientSecret} id="client-secret" />
          <p class="field-help">For forms that insist on one; it opens nothing here.</p>
        </div>
        <div class="copy-value">
          <Copyable label="Access Token" value={credentials.accessToken} id="access-token" />
          <p class="field-help">
            Goes into the header <span class="code">X-Auth-Token</span>; miniOrange calls it Client Token.
          </p>
        </div>
        <div class="copy-value">
          <Copyable label="API Path" value={credentials.apiPath} id="api-path" />
        </div>
      </Card>
    ),
  });
}
