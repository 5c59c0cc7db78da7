import { ActionButton, Card, LinkButton, page, screen } from '../../../admin/index.ts';
import { Storefronts } from '../../../store/index.ts';
import { scimBaseUrl } from '../../first-start.ts';
import { BaseUrl } from '../copy-values.tsx';
import { GuideCard, GuidePanel, MannersCard, TroublesCard } from '../guide/guide-card.tsx';
import { guideSources, type ShownGuide, shownGuide } from '../guide/shown-guide.ts';
import { type IdentityProvider, providerOf } from '../identity-provider.ts';
import { looksOf } from '../looks.ts';
import { type Held, linkServices, publicBecause, whileHeld } from './held-link.tsx';

const tokenId = 'token-use';

/** What the token's place says before, while and after there is one. */
function TokenValue({ held, provider, shown }: { held: Held; provider: IdentityProvider; shown: ShownGuide }) {
  const { link } = held;
  const made = shown.tokens.find(({ publicId }) => publicId === link.tokenPublicId);
  if (link.tokenPublicId === null)
    return (
      <>
        <p class="muted">It is shown once, to be pasted at once.</p>
        <ActionButton action={`/setup/${link.publicId}/token`} look="primary" icon="key">
          Make the Token
        </ActionButton>
      </>
    );
  if (!made || made.revokedAt !== null)
    return (
      <p class="muted">The token that you made was revoked. Ask {link.createdBy} for a new link to make another.</p>
    );
  return (
    <p class="muted" id={tokenId}>
      You made <span class="code">vsb_{made.publicId}_…</span>
      {made.lastUsedAt === null
        ? `; ${provider.name === 'Another provider' ? 'your provider' : provider.name} has not used it yet. Lost it? Ask ${link.createdBy} for a new link.`
        : ', and it was used.'}
    </p>
  );
}

/** The guide: steps at the left; values, what comes in, and known troubles at the right. */
export const setupGuidePage = page('/setup/:link/guide', {
  public: publicBecause,
  inject: { ...linkServices, ...guideSources, storefronts: Storefronts },
  view: (visit, { storefronts, ...given }) =>
    whileHeld(visit, given, async (held) => {
      const { link, connection } = held;
      const shown = await shownGuide(given, connection, visit.query.get('way'));
      const provider = providerOf(connection.profile);
      const store = await storefronts.of(connection.websiteId);
      const at = `/setup/${link.publicId}`;
      return screen({
        title: `Connect ${provider.name === 'Another provider' ? 'your provider' : provider.name} to ${store.name}`,
        layout: 'guest',
        actions: (
          <>
            {link.mayChooseProvider && <LinkButton href={`${at}/provider`}>Another Provider</LinkButton>}
            <LinkButton href={`${at}/check`}>Check Everything</LinkButton>
            <LinkButton href={`${at}/finish`} look="primary" icon="check">
              Finish
            </LinkButton>
          </>
        ),
        body: (
          <div class="two-columns guide-columns">
            <div class="column">
              <GuideCard connection={connection} shown={shown} path={visit.path} />
              <MannersCard connection={connection} shown={shown} />
            </div>
            <div class="column">
              <Card title={`Values for ${provider.name}`} id="values">
                <BaseUrl provider={provider} baseUrl={scimBaseUrl(given.environment.baseUrl)} />
                <div class="copy-value">
                  <p class="label">{provider.token}</p>
                  <TokenValue held={held} provider={provider} shown={shown} />
                </div>
              </Card>
              <GuidePanel shown={shown} path={visit.path} looks={looksOf(visit)} along={[tokenId]} />
              <TroublesCard shown={shown} />
            </div>
          </div>
        ),
      });
    }),
});
