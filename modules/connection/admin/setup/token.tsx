import { Activities } from '../../../activity/index.ts';
import { action, Card, LinkButton, Notice, redirect, type Screen, screen } from '../../../admin/index.ts';
import { Environment } from '../../../framework/index.ts';
import { ConnectionError } from '../../connection.ts';
import { scimBaseUrl } from '../../first-start.ts';
import { makeSetupToken } from '../../setup/make-token.ts';
import { Tokens } from '../../token.ts';
import { BaseUrl, TokenValues } from '../copy-values.tsx';
import { providerOf } from '../identity-provider.ts';
import { type Held, linkServices, publicBecause, whileHeld } from './held-link.tsx';

/** The token in the one moment in which it is known. */
function shownOnce({ link, connection }: Held, baseUrl: string, text: string, rotates: boolean): Screen {
  const provider = providerOf(connection.profile);
  return screen({
    title: 'Copy the Token',
    layout: 'guest',
    actions: (
      <LinkButton href={`/setup/${link.publicId}/guide`} look="primary">
        To the Guide
      </LinkButton>
    ),
    body: (
      <Card title={`Values for ${provider.name}`}>
        <Notice kind="note">
          <p>
            <strong>Paste the token now.</strong> It is shown only here, and this link makes no other.
            {rotates && ' The token before it goes on until one of you ends it, so nothing is interrupted.'}
          </p>
        </Notice>
        <TokenValues provider={provider} text={text} />
        <BaseUrl provider={provider} baseUrl={baseUrl} />
      </Card>
    ),
  });
}

const refused = ({ link }: Held, message: string): Screen =>
  screen({
    title: 'No Token Was Made',
    status: 409,
    layout: 'guest',
    back: { href: `/setup/${link.publicId}/guide`, label: 'Guide' },
    body: (
      <div class="card narrow">
        <div class="card-body">
          <p>{message}</p>
        </div>
      </div>
    ),
  });

/** Makes the one token of a link. */
export const makeTokenOfLink = action('/setup/:link/token', {
  public: publicBecause,
  inject: { ...linkServices, tokens: Tokens, activities: Activities, environment: Environment },
  perform: (visit, { environment, tokens, activities, ...given }) =>
    whileHeld(visit, given, async (held) => {
      if (held.link.tokenPublicId !== null) return redirect(`/setup/${held.link.publicId}/guide`);
      try {
        const { text, rotates } = await given.database.transaction((tx) =>
          makeSetupToken(tx, { links: given.links, tokens, activities }, held),
        );
        return shownOnce(held, scimBaseUrl(environment.baseUrl), text, rotates);
      } catch (error) {
        if (!(error instanceof ConnectionError)) throw error;
        return refused(held, error.message);
      }
    }),
});
