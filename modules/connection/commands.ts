import { Clock, type Command, command, Database, Environment, UsageError } from '../framework/index.ts';
import { Websites } from '../store/index.ts';
import { type Connection, ConnectionError, Connections, matchPolicies, profiles } from './connection.ts';
import { scimBaseUrl } from './first-start.ts';
import { Tokens } from './token.ts';

const code = { type: 'string', describe: 'Code of the connection', required: true } as const;

const create = command('connection:create', {
  describe: 'Connect an identity provider to a website and print its base URL and token (the token is shown only here)',
  options: {
    code: { ...code, describe: 'Code: stands in URLs; a–z, 0–9 and "-"' },
    name: { type: 'string', describe: 'Name that administrators see', required: true },
    profile: { type: 'string', describe: 'Which identity provider it is', choices: profiles, default: 'generic' },
    website: { type: 'string', describe: 'Code of the website its customers belong to', default: 'base' },
  },
  inject: {
    database: Database,
    connections: Connections,
    tokens: Tokens,
    websites: Websites,
    environment: Environment,
    clock: Clock,
  },
  async run(options, { database, connections, tokens, websites, environment, clock }) {
    const website = await websites.byCode(options.website);
    if (!website)
      throw new ConnectionError('WEBSITE_UNKNOWN', `There is no website with the code "${options.website}".`);
    if (website.id === 0)
      throw new ConnectionError(
        'WEBSITE_UNKNOWN',
        `"${options.website}" is the administration, which has no customers; name a website.`,
      );
    const profile = profiles.find((known) => known === options.profile) ?? 'generic';
    const now = clock.now();
    const { text } = await database.transaction(async (tx) => {
      const made = { code: options.code, name: options.name, profile, websiteId: website.id };
      const connection = await connections.create(tx, made, now);
      return tokens.issue(tx, connection, { name: 'first token' }, now);
    });
    return {
      code: options.code,
      baseUrl: scimBaseUrl(environment.baseUrl),
      token: text,
      authorization: `Bearer ${text}`,
    };
  },
  print: (made) =>
    [
      `Connection:            ${made.code}`,
      `SCIM Base URL:         ${made.baseUrl}`,
      `SCIM Bearer Token:     ${made.token}`,
      `Authorization Header:  ${made.authorization}`,
      'The token is shown only now; token:rotate makes a new one.',
    ].join('\n'),
});

const line = (c: Connection): string =>
  `${c.code.padEnd(20)} ${c.profile.padEnd(14)} website ${c.websiteId}  ${c.active ? 'on    ' : 'paused'}  ${c.name}`;

const list = command('connection:list', {
  describe: 'List the connections',
  inject: { database: Database, connections: Connections },
  run: (_, { database, connections }) => connections.list(database),
  print: (all) =>
    all.length === 0 ? 'There is no connection yet; connection:create makes one.' : all.map(line).join('\n'),
});

const set = command('connection:set', {
  describe: 'Change the name, the profile or a policy of a connection',
  options: {
    code,
    name: { type: 'string', describe: 'New name' },
    profile: { type: 'string', describe: 'Which identity provider it is', choices: profiles },
    match: {
      type: 'string',
      describe: 'Writes to a customer that nobody manages yet: link takes it over, refuse answers 403',
      choices: matchPolicies,
    },
  },
  inject: { database: Database, connections: Connections },
  run(options, { database, connections }) {
    const profile = profiles.find((known) => known === options.profile);
    const match = matchPolicies.find((known) => known === options.match);
    if (options.name === undefined && !profile && !match)
      throw new UsageError('Say what to change: --name, --profile or --match.');
    return database.transaction((tx) =>
      connections.change(tx, options.code, {
        ...(options.name === undefined ? {} : { name: options.name }),
        ...(profile ? { profile } : {}),
        ...(match ? { match } : {}),
      }),
    );
  },
  print: (changed) => `${line(changed)}\nRunning servers follow within 5 seconds.`,
});

const pauseOrResume = (name: string, active: boolean, describe: string): Command =>
  command(name, {
    describe,
    options: { code },
    inject: { database: Database, connections: Connections },
    run: (options, { database, connections }) =>
      database.transaction((tx) => connections.change(tx, options.code, { active })),
    print: (changed) => `${line(changed)}\nRunning servers follow within 5 seconds.`,
  });

/** Commands about connections themselves. */
export const connectionCommands: readonly Command[] = [
  create,
  list,
  set,
  pauseOrResume('connection:pause', false, 'Refuse all requests of a connection until it is resumed'),
  pauseOrResume('connection:resume', true, 'Serve a paused connection again'),
];
