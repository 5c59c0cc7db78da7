import { Badge, Card, Empty, LinkButton, Moment, type Tone } from '../../../admin/index.ts';
import type { Connection } from '../../connection.ts';
import type { SetupLink, SetupLinkState } from '../../setup/setup-link.ts';

const words: Readonly<Record<SetupLinkState, readonly [Tone, string]>> = {
  open: ['info', 'Not opened yet'],
  taken: ['good', 'In use'],
  done: ['neutral', 'Done'],
  revoked: ['neutral', 'Revoked'],
  expired: ['neutral', 'Expired'],
};

export const isOpen = ({ state }: SetupLink): boolean => state === 'open' || state === 'taken';

/** Links that are over and still shown. */
const mostOver = 3;

function Row({ link, code }: { link: SetupLink; code: string }) {
  const [tone, word] = words[link.state];
  return (
    <li class={isOpen(link) ? undefined : 'is-over'}>
      <div>
        <p>
          <strong>{link.name}</strong> <Badge tone={tone}>{word}</Badge>{' '}
          {link.tokenPublicId !== null && <Badge tone="info">Made a token</Badge>}
        </p>
        <p>
          {link.lastUsedAt === null ? (
            <span class="muted">
              {link.mailedTo === null ? 'Never used' : `Mailed to ${link.mailedTo}; never used`}
            </span>
          ) : (
            <>
              Last used <Moment at={link.lastUsedAt} />
              {link.lastUsedAddress && (
                <>
                  {' '}
                  from <span class="code">{link.lastUsedAddress}</span>
                </>
              )}
            </>
          )}
        </p>
        <p class="muted">
          Made by {link.createdBy}, {link.state === 'expired' ? 'expired' : 'expires'} <Moment at={link.expiresAt} />
        </p>
      </div>
      {isOpen(link) && (
        <LinkButton href={`/admin/connections/${code}/invitations/${link.publicId}/revoke`} look="danger">
          Revoke<span class="visually-hidden"> the link of {link.name}</span>
        </LinkButton>
      )}
    </li>
  );
}

/** The links with which identity administrators set this connection up, and the way to make one. */
export function InvitationsCard({ connection, links }: { connection: Connection; links: readonly SetupLink[] }) {
  const open = links.filter(isOpen);
  const over = links.filter((link) => !isOpen(link)).slice(0, mostOver);
  return (
    <Card title="Identity administrators" id="invitations">
      {open.length === 0 && over.length === 0 ? (
        <Empty title="Nobody is invited" icon="person">
          Somebody else looks after the identity provider? A link gives them this guide, its values and one token,
          without an account here.
        </Empty>
      ) : (
        <ul class="token-list">
          {[...open, ...over].map((link) => (
            <Row key={link.id} link={link} code={connection.code} />
          ))}
        </ul>
      )}
      <div class="button-row">
        <LinkButton href={`/admin/connections/${connection.code}/invitations/new`} icon="person">
          Invite an Identity Administrator
        </LinkButton>
      </div>
    </Card>
  );
}
