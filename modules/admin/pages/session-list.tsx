import type { ListedSession } from '../access/session.ts';
import { Badge } from '../kit/badge.tsx';
import { ActionButton } from '../kit/button.tsx';
import { Empty } from '../kit/empty.tsx';
import { Moment } from '../kit/moment.tsx';

/** A browser in a few words, from what it says of itself. */
export function agentName(agent: string | null): string {
  if (!agent) return 'unknown';
  const browser = /(Edg|OPR|Firefox|Chrome|Safari)\/(\d+)/.exec(agent);
  if (!browser || !agent.startsWith('Mozilla/')) return agent.slice(0, 60);
  const names: Readonly<Record<string, string>> = { Edg: 'Edge', OPR: 'Opera' };
  const system = /Windows|Macintosh|Android|iPhone|iPad|Linux/.exec(agent)?.[0].replace('Macintosh', 'macOS');
  const name = browser[1] ?? '';
  return `${names[name] ?? name} ${browser[2]}${system ? ` on ${system}` : ''}`;
}

/** Open sessions, each with a button that ends it. */
export function SessionList({
  sessions,
  current,
  users = false,
  action = '/admin/account/sessions/end',
}: {
  sessions: readonly ListedSession[];
  current: number | undefined;
  /** Shows whose they are. */
  users?: boolean;
  action?: string;
}) {
  if (sessions.length === 0) return <Empty title="No open sessions" icon="person" />;
  return (
    <ul class="sessions">
      {sessions.map((session) => (
        <li key={session.id}>
          <div>
            <strong>
              {users && (
                <>
                  <a href={`/admin/users/${session.administratorId}`}>{session.user}</a>
                  {' · '}
                </>
              )}
              {session.kind === 'bearer' ? 'API token' : agentName(session.agent)}
            </strong>{' '}
            {session.id === current && <Badge tone="info">This session</Badge>}
            <p class="muted">
              {session.address ?? 'unknown address'} · last used <Moment at={session.usedAt} /> · ends at the latest{' '}
              <Moment at={session.expiresAt} />
            </p>
          </div>
          {session.id !== current && (
            <ActionButton action={action} fields={{ session: String(session.id) }}>
              End
              <span class="visually-hidden">
                {' '}
                the session of {session.user} from {session.address}
              </span>
            </ActionButton>
          )}
        </li>
      ))}
    </ul>
  );
}
