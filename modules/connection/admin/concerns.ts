import { type Concern, counted } from '../../admin/index.ts';
import type { ListedToken } from '../commands/shown-token.ts';
import type { Connection } from '../connection.ts';
import type { Health } from './health.ts';

const homeOf = ({ code }: Connection): string => `/admin/connections/${code}`;
export const rotationOf = (connection: Connection): string => `${homeOf(connection)}/tokens/rotate`;

/** The tokens that one is warned of, the nearest end first. */
export const ending = (all: readonly Health[]): readonly { connection: Connection; token: ListedToken }[] =>
  all
    .flatMap(({ connection, tokens }) => tokens.map((token) => ({ connection, token })))
    .filter(({ token }) => token.warning !== null)
    .sort((a, b) => String(a.token.expiresAt).localeCompare(String(b.token.expiresAt)));

const within = (days: number): string => (days === 1 ? 'a day' : `${days} days`);

/** What a connection needs. A provider that was never set up does not miss its token. */
function concernsOf({ connection, tokens, users, lastRequest, errors }: Health, reports: boolean): readonly Concern[] {
  const { name, code, active, policy } = connection;
  const found: Concern[] = [];
  if (!active)
    found.push({ tone: 'warn', text: `${name} is paused: its requests are refused.`, href: homeOf(connection) });
  if (active && policy.scim && tokens.length === 0 && (users > 0 || lastRequest !== null))
    found.push({
      tone: 'bad',
      text: `${name} has no token that works: make one.`,
      href: `${homeOf(connection)}/tokens/new`,
    });
  if (errors > 0)
    found.push({
      tone: 'warn',
      text: `${counted(errors, 'request')} of ${name} ${errors === 1 ? 'was' : 'were'} refused or failed within a day.`,
      href: reports
        ? `/admin/reports/provisioning?${new URLSearchParams({ application: code, status: 'failure' })}`
        : homeOf(connection),
    });
  return found;
}

/** What the light on the dashboard tells of connections. */
export function connectionConcerns(all: readonly Health[], may: { readonly reports: boolean }): readonly Concern[] {
  const tokens = ending(all).map(({ connection, token }): Concern => {
    const days = token.warning?.days ?? 0;
    return {
      tone: days <= 1 ? 'bad' : 'warn',
      text: `The token "${token.name}" of ${connection.name} ends within ${within(days)}: rotate it.`,
      href: rotationOf(connection),
    };
  });
  return [...all.flatMap((health) => concernsOf(health, may.reports)), ...tokens];
}
