import { Activities } from '../../activity/index.ts';
import { Clock, type Command, command, Database, Environment } from '../../framework/index.ts';
import { Websites } from '../../store/index.ts';
import { Connections, profiles } from '../connection.ts';
import { ConnectionEditor } from '../connection-editor.ts';
import { scimBaseUrl } from '../first-start.ts';
import { openConnection } from '../opening.ts';
import { Tokens } from '../token.ts';
import { byCommand } from './by-command.ts';
import { followsSoon, lineOf, pageOf, withWarnings } from './shown-connection.ts';
import { listed } from './shown-token.ts';

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
    activities: Activities,
    clock: Clock,
  },
  run: ({ code, name, website, ...given }, needs) => {
    const profile = profiles.find((known) => known === given.profile) ?? 'generic';
    return openConnection(needs, { code, name, profile, website }, byCommand);
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

const list = command('connection:list', {
  describe: 'List the connections with their switches that are off and their tokens that are about to expire',
  inject: { database: Database, connections: Connections, tokens: Tokens, clock: Clock },
  run: async (_, { database, connections, tokens, clock }) =>
    withWarnings(await connections.list(database), await tokens.list(database), clock.now()),
  print: (all) =>
    all.length === 0
      ? 'There is no connection yet; connection:create makes one.'
      : all.flatMap((one) => [lineOf(one), ...one.warnings.map(({ message }) => `  ! ${message}`)]).join('\n'),
});

const show = command('connection:show', {
  describe: 'Show a connection with its switches and limits, and what its tokens may do',
  options: { code: { ...code, position: 0 } },
  inject: { database: Database, connections: Connections, tokens: Tokens, environment: Environment, clock: Clock },
  async run(options, { database, connections, tokens, environment, clock }) {
    const connection = await connections.byCode(database, options.code);
    const held = await tokens.list(database, connection.id);
    const now = clock.now();
    return {
      ...connection,
      baseUrl: scimBaseUrl(environment.baseUrl),
      tokens: held.map((token) => listed(token, connection.code, now)),
    };
  },
  print: (shown) => pageOf(shown),
});

const pauseOrResume = (name: string, active: boolean, describe: string): Command =>
  command(name, {
    describe,
    options: { code },
    inject: { editor: ConnectionEditor },
    run: (options, { editor }) => editor.change(options.code, { active }, byCommand),
    print: (changed) => followsSoon(changed),
  });

/** Commands about connections themselves. */
export const connectionCommands: readonly Command[] = [
  create,
  list,
  show,
  pauseOrResume('connection:pause', false, 'Refuse all requests of a connection until it is resumed'),
  pauseOrResume('connection:resume', true, 'Serve a paused connection again'),
];
