import { Badge, Card, Copyable, Empty, LinkButton, Moment, Notice, page, screen } from '../../admin/index.ts';
import { askedConnection, type Connection, storeHash } from '../../connection/index.ts';
import type { ApiAccount } from '../account/api-account.ts';
import { type ApiAccountState, stateOf } from '../account/state.ts';
import { scopeWords } from './account-form.tsx';
import { newAccountPath, revokePath } from './places.ts';
import { services } from './services.ts';

const tone = { active: 'good', expired: 'neutral', revoked: 'neutral' } as const;
const word = { active: 'Active', expired: 'Expired', revoked: 'Revoked' } as const;
/** Of those that are over the newest are enough. */
const mostOver = 5;

function Ends({ account: { revokedAt, expiresAt }, state }: { account: ApiAccount; state: ApiAccountState }) {
  if (revokedAt !== null)
    return (
      <>
        revoked <Moment at={revokedAt} />
      </>
    );
  if (expiresAt === null) return <>never expires</>;
  return (
    <>
      {state === 'expired' ? 'expired' : 'expires'} <Moment at={expiresAt} />
    </>
  );
}

function LastUse({ account: { lastUsedAt, lastUsedAddress, lastUsedAgent } }: { account: ApiAccount }) {
  if (lastUsedAt === null) return <span class="muted">Never used</span>;
  return (
    <span>
      Last used <Moment at={lastUsedAt} />
      {lastUsedAddress && (
        <>
          {' '}
          from <span class="code">{lastUsedAddress}</span>
        </>
      )}
      {lastUsedAgent && <> by {lastUsedAgent}</>}
    </span>
  );
}

interface RowProps {
  readonly account: ApiAccount;
  readonly connection: Connection;
  readonly now: Date;
  readonly may: boolean;
}

function Row({ account, connection, now, may }: RowProps) {
  const state = stateOf(account, now);
  return (
    <li class={state === 'active' ? undefined : 'is-over'}>
      <div>
        <p>
          <strong>{account.name}</strong> <span class="muted">Client ID</span>{' '}
          <span class="code">{account.publicId}</span> <Badge tone={tone[state]}>{word[state]}</Badge>
        </p>
        <p>
          <LastUse account={account} />
        </p>
        <p class="muted">
          {account.scopes.map((scope) => scopeWords.get(scope)?.short ?? scope).join(', ')}
          {' · '}
          {account.addresses.length === 0 ? 'from any address' : `from ${account.addresses.join(', ')}`}
          {' · '}
          <Ends account={account} state={state} />
        </p>
      </div>
      {may && state === 'active' && (
        <LinkButton href={revokePath(connection, account.publicId)} look="danger">
          Revoke<span class="visually-hidden"> the account {account.name}</span>
        </LinkButton>
      )}
    </li>
  );
}

/** What an importer is given besides the credentials, and what it will find. */
function ApiPath({ connection, apiPath }: { connection: Connection; apiPath: string }) {
  return (
    <Card title="Where importers call">
      <div class="copy-value">
        <Copyable label="API Path" value={apiPath} id="api-path" />
        <p class="field-help">
          Paths and fields are those of BigCommerce's V3 API: <span class="code">customers</span>,{' '}
          <span class="code">customers/addresses</span>, <span class="code">hooks</span>. The access token of an account
          goes into the header <span class="code">X-Auth-Token</span>.
        </p>
      </div>
      <div class="copy-value">
        <Copyable label="Store Hash" value={storeHash(connection.id)} id="store-hash" />
      </div>
      {connection.policy.visibility === 'managed' && (
        <Notice kind="note">
          <p>
            Importers see only the customers that this connection manages. To let them import everybody, choose “all of
            the website” for visible customers under Policies and Safeguards.
          </p>
        </Notice>
      )}
    </Card>
  );
}

/** The tab API Accounts of a connection. */
export const accountsPage = page('/admin/connections/:code/api-accounts', {
  acl: 'store-api::view',
  tab: { of: 'connection', label: 'API Accounts', sortOrder: 55 },
  inject: services,
  async view(visit, { database, connections, accounts, clock }) {
    const connection = await askedConnection(visit, connections, database);
    const now = clock.now();
    const all = await accounts.list(visit.database, connection.id);
    const active = all.filter((account) => stateOf(account, now) === 'active');
    const over = all.filter((account) => stateOf(account, now) !== 'active').slice(0, mostOver);
    const may = visit.may('store-api::manage');
    const add = may && active.length < 2 && (
      <LinkButton href={newAccountPath(connection)} look="primary" icon="key">
        Create API Account
      </LinkButton>
    );
    return screen({
      title: connection.name,
      actions: all.length > 0 && add,
      body: (
        <>
          <Card title="API Accounts">
            {all.length === 0 ? (
              <Empty title="No importer has access yet" icon="key">
                <p>
                  An API account lets a program read and write customers and webhooks in the shape of BigCommerce's API,
                  as importers made for it do, with the rules of this connection.
                </p>
                <div class="button-row center">{add}</div>
              </Empty>
            ) : (
              <ul class="token-list">
                {[...active, ...over].map((account) => (
                  <Row key={account.id} {...{ account, connection, now, may }} />
                ))}
              </ul>
            )}
          </Card>
          <ApiPath connection={connection} apiPath={accounts.apiPath(connection)} />
        </>
      ),
    });
  },
});
