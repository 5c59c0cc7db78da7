import { Badge, Empty, LinkButton, Moment } from '../../admin/index.ts';
import type { ListedToken } from '../commands/shown-token.ts';
import { familyOf, type Scope, scopes } from '../scopes.ts';
import { UsedBy } from './live-panel.tsx';

const tone = { active: 'good', expired: 'neutral', revoked: 'neutral' } as const;
const word = { active: 'Active', expired: 'Expired', revoked: 'Revoked' } as const;

function scopeWords(held: readonly Scope[]): string {
  const all = scopes.every((scope) => held.includes(scope));
  return (all ? ['All scopes', ...held.slice(scopes.length)] : held).join(', ');
}

function Limits({ token }: { token: ListedToken }) {
  return (
    <p class="muted">
      {scopeWords(token.scopes)}
      {' · '}
      {token.addresses.length === 0 ? 'from any address' : `from ${token.addresses.join(', ')}`}
      {' · '}
      {token.revokedAt !== null ? (
        <>
          revoked <Moment at={token.revokedAt} />
        </>
      ) : token.expiresAt === null ? (
        'never expires'
      ) : (
        <>
          {token.state === 'expired' ? 'expired' : 'expires'} <Moment at={token.expiresAt} />
        </>
      )}
    </p>
  );
}

/** One token: everything but its text, which exists nowhere any more. */
function Row({ token, code, may }: { token: ListedToken; code: string; may: boolean }) {
  const { publicId, name, state } = token;
  return (
    <li class={state === 'active' ? undefined : 'is-over'}>
      <div>
        <p>
          <strong>{name}</strong> <span class="code muted">vsb_{publicId}_…</span>{' '}
          <Badge tone={tone[state]}>{word[state]}</Badge>{' '}
          {state === 'active' && token.replacedBy !== null && <Badge tone="info">Being replaced</Badge>}{' '}
          {token.warning && <Badge tone="warn">Expires soon</Badge>}
        </p>
        <p>
          <UsedBy token={token} />
        </p>
        <Limits token={token} />
      </div>
      {may && state === 'active' && (
        <LinkButton href={`/admin/connections/${code}/tokens/${publicId}/revoke`} look="danger">
          Revoke<span class="visually-hidden"> the token {name}</span>
        </LinkButton>
      )}
    </li>
  );
}

const isRotating = (tokens: readonly ListedToken[]): boolean =>
  tokens.some(
    ({ state, replacedBy }) =>
      state === 'active' && tokens.some((other) => other.state === 'active' && other.publicId === replacedBy),
  );

/** The tokens of a connection; of those that are over only the newest. */
export function TokenList({ tokens, code, may }: { tokens: readonly ListedToken[]; code: string; may: boolean }) {
  // API accounts have a tab of their own.
  const shown = tokens.filter((token) => familyOf(token.scopes) !== 'store');
  const active = shown.filter(({ state }) => state === 'active');
  const over = shown.filter(({ state }) => state !== 'active').slice(0, 3);
  const forScim = active.filter((token) => familyOf(token.scopes) === 'scim').length;
  return (
    <>
      {active.length === 0 && (
        <Empty title="No token works" icon="key">
          Without one every request is answered with 401.
        </Empty>
      )}
      <ul class="token-list">
        {[...active, ...over].map((token) => (
          <Row key={token.id} token={token} code={code} may={may} />
        ))}
      </ul>
      {may && (
        <div class="button-row">
          {isRotating(active) ? (
            <>
              <LinkButton href={`/admin/connections/${code}/tokens/rotation/complete`} look="primary">
                Complete Rotation
              </LinkButton>
              <LinkButton href={`/admin/connections/${code}/tokens/rotation/cancel`}>Cancel Rotation</LinkButton>
            </>
          ) : (
            <>
              {forScim > 0 && (
                <LinkButton href={`/admin/connections/${code}/tokens/rotate`} icon="key">
                  Rotate Token
                </LinkButton>
              )}
              {Math.min(forScim, active.length - forScim) < 2 && (
                <LinkButton href={`/admin/connections/${code}/tokens/new`}>New Token</LinkButton>
              )}
            </>
          )}
        </div>
      )}
    </>
  );
}
