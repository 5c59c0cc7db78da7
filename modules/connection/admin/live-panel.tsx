import type { StoredActivity } from '../../activity/index.ts';
import { Badge, Card, Moment, type Tone, usePage } from '../../admin/index.ts';
import type { Connection } from '../connection.ts';
import type { BearerToken } from '../token.ts';
import type { Arrivals } from './arrivals.ts';
import { providerOf } from './identity-provider.ts';
import { noteInWords, requestInWords } from './request-words.ts';

/** Looks again so often, four seconds apart; then it stops, so that a forgotten window keeps no session alive. */
const mostLooks = 75;

const tones: Readonly<Record<string, Tone>> = { done: 'good', unchanged: 'neutral', refused: 'warn', failed: 'bad' };
const outcomes: Readonly<Record<string, string>> = {
  done: 'Done',
  unchanged: 'OK',
  refused: 'Refused',
  failed: 'Failed',
};

export interface LivePanelProps {
  readonly arrivals: Arrivals;
  readonly looks?: number;
  /** A page with the panel; its own unless said. */
  readonly href?: string;
  /** Ids of what else of that page is renewed with the panel. */
  readonly along?: readonly string[];
}

/** "Waiting for the first request", then what came, in plain words. It renews itself with scripts, else by its link. */
export function LivePanel(given: LivePanelProps) {
  const { connection, requests, used, stranger } = given.arrivals;
  const { looks = 0, href = `/admin/connections/${connection.code}/requests` } = given;
  const waiting = requests.length === 0 && used === undefined;
  const polling =
    looks < mostLooks
      ? {
          'hx-get': `${href}${href.includes('?') ? '&' : '?'}look=${looks + 1}`,
          'hx-select': '#live',
          'hx-select-oob': given.along?.map((id) => `#${id}`).join(',') || undefined,
          'hx-target': '#live',
          'hx-swap': 'outerHTML',
          'hx-trigger': 'load delay:4s',
        }
      : {};
  const name = providerOf(connection.profile).name;
  return (
    <div id="live" class={waiting ? 'live is-waiting' : 'live'} {...polling}>
      <Card title={waiting ? 'Waiting for the first request' : 'Requests'} aside={<a href={href}>Look now</a>}>
        {stranger && <Stranger request={stranger} connection={connection} />}
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
                {requests.map((request, at) => (
                  <Arrival key={request.id} request={request} before={requests[at - 1]} />
                ))}
              </ul>
            )}
          </>
        )}
      </Card>
    </div>
  );
}

/** A request that nobody knows whose it was: most likely that of whoever is about to paste the token. */
function Stranger({ request, connection }: { request: StoredActivity; connection: Connection }) {
  const guest = !usePage().visit.path.startsWith('/admin/');
  const who = connection.profile === 'generic' ? 'your identity provider' : providerOf(connection.profile).name;
  return (
    <ul class="arrivals stranger">
      <li>
        <Badge tone="warn">Refused {request.status}</Badge>
        <div>
          A request came with a token that this store does not know.
          <p class="arrival-reason">Was it {who}? Then copy the token once more, all of it, and paste it again.</p>
          {/* Where others come from is nothing for guests. */}
          {!guest &&
            request.notes?.map((note) => (
              <p key={note} class="muted">
                {note}
              </p>
            ))}
        </div>
        <small class="muted">
          <Moment at={request.at} />
        </small>
      </li>
    </ul>
  );
}

/** A request in words; a reason that is that of the one above is not said again. */
function Arrival({ request, before }: { request: StoredActivity; before: StoredActivity | undefined }) {
  const again = request.reason !== undefined && request.reason === before?.reason;
  return (
    <li>
      <Badge tone={tones[request.outcome] ?? 'neutral'}>
        {request.status === 503 && request.outcome === 'refused' ? 'Held' : outcomes[request.outcome]} {request.status}
      </Badge>
      <div>
        {requestInWords(request)}
        {request.reason && <p class="arrival-reason">{again ? 'For the same reason.' : request.reason}</p>}
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
