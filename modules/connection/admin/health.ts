import { ActivityReports, type ReportedActivity } from '../../activity/index.ts';
import type { Executor } from '../../framework/index.ts';
import { type ListedToken, listed } from '../commands/shown-token.ts';
import { type Connection, Connections } from '../connection.ts';
import { Tokens } from '../token.ts';
import { ConnectionUsers, mostUsersCounted, usersOf } from './connection-users.ts';

/** Figures are counted no further: beyond, the page says "1,000+". */
export const mostUsers = mostUsersCounted - 1;

/** How a connection fares. */
export interface Health {
  readonly connection: Connection;
  /** Those that work, the newest first. */
  readonly tokens: readonly ListedToken[];
  /** UTC as the database holds it; null before the first request. */
  readonly lastRequest: string | null;
  readonly users: number;
  /** Requests of the last day that were refused or failed, and the newest of them. */
  readonly errors: number;
  readonly lastError: ReportedActivity | undefined;
}

/** What health is read from. */
export const healthServices = {
  connections: Connections,
  tokens: Tokens,
  reports: ActivityReports,
  users: ConnectionUsers,
};

export interface HealthSources {
  readonly connections: Connections;
  readonly tokens: Tokens;
  readonly reports: ActivityReports;
  readonly users: readonly ConnectionUsers[];
}

/** All connections with their health; the number of statements does not grow with them. */
export async function healthOf(database: Executor, sources: HealthSources, now: Date): Promise<readonly Health[]> {
  const { connections, tokens, reports, users } = sources;
  const all = await connections.list(database);
  const held = await tokens.list(database);
  const counted = await usersOf(
    users,
    database,
    all.map(({ id }) => id),
    mostUsersCounted,
  );
  const items = await reports.lastFailures(database, now);
  return all.map((connection) => {
    const own = held.filter((token) => token.connectionId === connection.id);
    const errors = items.filter(({ connectionId }) => connectionId === connection.id);
    return {
      connection,
      tokens: own.map((token) => listed(token, connection.code, now)).filter(({ state }) => state === 'active'),
      lastRequest: newestOf(own.map(({ lastUsedAt }) => lastUsedAt)),
      users: counted.get(connection.id) ?? 0,
      errors: errors.length,
      lastError: errors[0],
    };
  });
}

const newestOf = (times: readonly (string | null)[]): string | null =>
  times.reduce((newest, at) => (at !== null && (newest === null || at > newest) ? at : newest), null);

/** `1,000+` where counting has stopped. */
export const upTo = (count: number, most: number): string =>
  count > most ? `${most.toLocaleString('en')}+` : count.toLocaleString('en');
