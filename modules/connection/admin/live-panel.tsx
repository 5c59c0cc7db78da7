import type { Activities, StoredActivity } from '../../activity/index.ts';
import { Badge, Card, Moment, type Tone } from '../../admin/index.ts';
import type { Database } from '../../framework/index.ts';
import type { Connection } from '../connection.ts';
import type { BearerToken } from '../token.ts';
import { providerOf } from './identity-provider.ts';
import { isRequest, noteInWords, requestInWords } from './request-words.ts';

/** What came in lately. */
export interface Arrivals {
  readonly connection: Connection;
  readonly requests: readonly StoredActivity[];
  /** Of all that came lately, not only those that are shown. */
  readonly operations: readonly string[];
  /** The token that was used last. */
  readonly used: BearerToken | undefined;
}

const shown = 6;

export async function arrivalsOf(
  database: Database,
  activities: Activities,
  connection: Connection,
  tokens: readonly BearerToken[],
): Promise<Arrivals> {
  const recent = await activities.recent(database, { connectionId: connection.id, limit: 25 });
  const [used] = tokens
    .filter(({ lastUsedAt }) => lastUsedAt !== null)
    .toSorted((a, b) => ((a.lastUsedAt ?? '') < (b.lastUsedAt ?? '') ? 1 : -1));
  const requests = recent.filter(isRequest);
  return {
    connection,
    requests: requests.slice(0, shown),
    operations: requests.filter(({ outcome }) => outcome === 'done').map(({ operation }) => operation),
    used,
  };
}

/** Looks again so often, four seconds apart; then it stops, so that a forgotten window keeps no session alive. */
const mostLooks = 75;

const tones: Readonly<Record<string, Tone>> = { done: 'good', unchanged: 'neutral', refused: 'warn', failed: 'bad' };
const outcomes: Readonly<Record<string, string>> = {
  done: 'Done',
  unchanged: 'OK',
  refused: 'Refused',
  failed: 'Failed',
};

/** "Waiting for the first request", then what came, in plain words. It renews itself with scripts, else by its link. */
export function LivePanel(given: { arrivals: Arrivals; looks?: number; href?: string }) {
  const { connection, requests, used } = given.arrivals;
  const { looks = 0, href = `/admin/connections/${connection.code}/requests` } = given;
  const waiting = requests.length === 0 && used === undefined;
  const polling =
    looks < mostLooks
      ? {
          'hx-get': `${href}?look=${looks + 1}`,
          'hx-select': '#live',
          'hx-target': '#live',
          'hx-swap': 'outerHTML',
          'hx-trigger': 'load delay:4s',
        }
      : {};
  const name = providerOf(connection.profile).name;
  return (
    <div id="live" class={waiting ? 'live is-waiting' : 'live'} {...polling}>
      <Card title={waiting ? 'Waiting for the first request' : 'Requests'} aside={<a href={href}>Look now</a>}>
        {waiting ? (
          <p class="muted">
            Nothing has come in yet{connection.profile === 'generic' ? '' : ` from ${name}`}. Paste the values and use
            its own connection test; what arrives is shown here within seconds.
          </p>
        ) : (
          <>
            {used && (
              <p class="live-lead">
                <Badge tone="good">Authenticated</Badge> <UsedBy token={used} />
              </p>
            )}
            {requests.length > 0 && (
              <ul class="arrivals">
                {requests.map((request) => (
                  <Arrival key={request.id} request={request} />
                ))}
              </ul>
            )}
          </>
        )}
      </Card>
    </div>
  );
}

function Arrival({ request }: { request: StoredActivity }) {
  return (
    <li>
      <Badge tone={tones[request.outcome] ?? 'neutral'}>
        {request.status === 503 && request.outcome === 'refused' ? 'Held' : outcomes[request.outcome]} {request.status}
      </Badge>
      <div>
        {requestInWords(request)}
        {request.reason && <p class="arrival-reason">{request.reason}</p>}
        {request.notes?.map((note) => (
          <p key={note} class="muted">
            {noteInWords(note)}
          </p>
        ))}
      </div>
      <small class="muted">
        <Moment at={request.at} />
      </small>
    </li>
  );
}

/** When a token was used last, from where, and by which program. */
export function UsedBy({ token }: { token: BearerToken }) {
  if (token.lastUsedAt === null) return <span class="muted">Never used</span>;
  return (
    <span>
      Last used <Moment at={token.lastUsedAt} />
      {token.lastUsedAddress && (
        <>
          {' '}
          from <span class="code">{token.lastUsedAddress}</span>
        </>
      )}
      {token.lastUsedAgent && <> by {token.lastUsedAgent}</>}
    </span>
  );
}
