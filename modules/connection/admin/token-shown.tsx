import { Card, LinkButton, Notice, type Screen, screen } from '../../admin/index.ts';
import type { Connection } from '../connection.ts';
import { BaseUrl, TokenValues } from './copy-values.tsx';
import { providerOf } from './identity-provider.ts';

/** A token in the one moment in which it is known. */
export function tokenShown(connection: Connection, baseUrl: string, text: string, next: string): Screen {
  const provider = providerOf(connection.profile);
  return screen({
    title: 'Copy the Token',
    back: { href: `/admin/connections/${connection.code}`, label: connection.name },
    actions: (
      <LinkButton href={`/admin/connections/${connection.code}`} look="primary">
        Done
      </LinkButton>
    ),
    body: (
      <Card title={`Values for ${provider.name}`}>
        <Notice kind="note">
          <p>
            <strong>Copy the token now.</strong> It is shown only here. {next}
          </p>
        </Notice>
        <TokenValues provider={provider} text={text} />
        <BaseUrl provider={provider} baseUrl={baseUrl} />
      </Card>
    ),
  });
}
