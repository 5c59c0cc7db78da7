import { Clock, Database, Environment, onFirstStart } from '../framework/index.ts';
import { Websites } from '../store/index.ts';
import { Connections } from './connection.ts';
import { Tokens } from './token.ts';

/** Where every connection's SCIM requests go; the token tells which connection. */
export const scimBaseUrl = (baseUrl: string): string => `${baseUrl}/scim/v2`;

const defaultCode = 'default';

/** On the very first start: a connection to try things with, its token, and a line that can be pasted. */
export const defaultConnection = onFirstStart(
  'connection.default',
  {
    database: Database,
    connections: Connections,
    tokens: Tokens,
    websites: Websites,
    environment: Environment,
    clock: Clock,
  },
  async ({ database, connections, tokens, websites, environment, clock }, tell) => {
    // It may have been made on the command line before the first start; it then has a token already.
    if ((await connections.list(database)).some(({ code }) => code === defaultCode)) return;
    const website = await websites.default();
    const now = clock.now();
    const { text } = await database.transaction(async (tx) => {
      const connection = await connections.create(
        tx,
        { code: defaultCode, name: 'Default connection', websiteId: website.id },
        now,
      );
      return tokens.issue(tx, connection, { name: 'first start' }, now);
    });
    const url = scimBaseUrl(environment.baseUrl);
    tell('SCIM base URL', url);
    tell('SCIM bearer token', text);
    tell('Try it', `curl -s -H 'Authorization: Bearer ${text}' '${url}/Users?count=5'`);
  },
);
