import type { Activities } from '../activity/index.ts';
import type { Clock, Database, Environment } from '../framework/index.ts';
import type { Websites } from '../store/index.ts';
import { ConnectionError, type Connections, type Profile } from './connection.ts';
import { recordOpening } from './connection-record.ts';
import { scimBaseUrl } from './first-start.ts';
import type { Tokens } from './token.ts';

export interface OpeningNeeds {
  readonly database: Database;
  readonly connections: Connections;
  readonly tokens: Tokens;
  readonly websites: Websites;
  readonly environment: Environment;
  readonly activities: Activities;
  readonly clock: Clock;
}

/** What an identity administrator needs to begin; the token is told only here. */
export interface OpenedConnection {
  readonly code: string;
  readonly baseUrl: string;
  readonly token: string;
  readonly authorization: string;
}

/**
 * Connects an identity provider to a website, with its first token. Both are recorded under the name of who did it.
 * @throws ConnectionError `WEBSITE_UNKNOWN`, and what `Connections.create` refuses
 */
export async function openConnection(
  { database, connections, tokens, websites, environment, activities, clock }: OpeningNeeds,
  given: { readonly code: string; readonly name: string; readonly profile: Profile; readonly website: string },
  by: string,
): Promise<OpenedConnection> {
  const { code, name, profile } = given;
  const website = await websites.byCode(given.website);
  if (!website) throw new ConnectionError('WEBSITE_UNKNOWN', `There is no website with the code "${given.website}".`);
  if (website.id === 0)
    throw new ConnectionError(
      'WEBSITE_UNKNOWN',
      `"${given.website}" is the administration, which has no customers; name a website.`,
    );
  const now = clock.now();
  const { text } = await database.transaction(async (tx) => {
    const connection = await connections.create(tx, { code, name, profile, websiteId: website.id }, now);
    recordOpening(tx, activities, connection, { by, website: website.code, now });
    return tokens.issue(tx, connection, { name: 'first token' }, now, by);
  });
  return { code, baseUrl: scimBaseUrl(environment.baseUrl), token: text, authorization: `Bearer ${text}` };
}
