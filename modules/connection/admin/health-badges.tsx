import { Badge, type Tone } from '../../admin/index.ts';
import type { Health } from './health.ts';

/** The state of a connection in a word, the worst thing first. */
export function stateOf({ connection, tokens, lastRequest, errors }: Health): { tone: Tone; words: string } {
  if (!connection.active) return { tone: 'warn', words: 'Paused' };
  if (!connection.policy.scim) return { tone: 'warn', words: 'SCIM off' };
  if (tokens.length === 0) return { tone: 'bad', words: 'No token' };
  if (lastRequest === null) return { tone: 'info', words: 'Waiting' };
  return errors > 0 ? { tone: 'warn', words: 'Errors' } : { tone: 'good', words: 'Healthy' };
}

export function StateBadge({ health }: { health: Health }) {
  const { tone, words } = stateOf(health);
  return <Badge tone={tone}>{words}</Badge>;
}

const day = 86_400_000;

/** When the token that lasts longest ends. */
export function TokenEnd({ health: { tokens }, now }: { health: Health; now: Date }) {
  if (tokens.length === 0) return <span class="muted">none</span>;
  const ends = tokens.map(({ expiresAt }) => expiresAt);
  if (ends.includes(null)) return <>Never expires</>;
  const last = ends.reduce((a, b) => ((a ?? '') > (b ?? '') ? a : b)) ?? '';
  const days = Math.floor((Date.parse(`${last.replace(' ', 'T')}Z`) - now.getTime()) / day);
  const words = days < 1 ? 'within a day' : days === 1 ? 'in a day' : `in ${days} days`;
  return days <= 14 ? <Badge tone={days <= 1 ? 'bad' : 'warn'}>Expires {words}</Badge> : <>Expires {words}</>;
}
