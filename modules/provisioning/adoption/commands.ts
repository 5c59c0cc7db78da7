import { Connections } from '../../connection/index.ts';
import { Clock, type Command, command, Database, UsageError } from '../../framework/index.ts';
import { type MatchRequest, MatchRequests, matchStates } from './match-requests.ts';

const by = 'command line';
const id = { type: 'string', describe: 'Number of the request (match:list)', required: true, position: 0 } as const;

function readId(text: string): number {
  if (/^\d{1,10}$/.test(text)) return Number(text);
  throw new UsageError(`"${text}" is no number of a match request; match:list shows them.`);
}

const lineOf = ({
  id,
  connection,
  userName,
  customerId,
  email,
  matchedBy,
  state,
  lastAt,
  times,
}: MatchRequest): string =>
  `${id}  ${state}  "${userName}" of ${connection} is taken for customer ${customerId} (${email ?? 'no address'}) by ${matchedBy}; asked ${times === 1 ? 'once' : `${times} times`}, last ${lastAt} UTC`;

const list = command('match:list', {
  describe:
    'List who was taken for which customer that no connection manages, newest first; those that wait unless said',
  options: {
    connection: { type: 'string', describe: 'Only those of this connection' },
    state: { type: 'string', describe: 'Which ones', choices: [...matchStates, 'all'], default: 'pending' },
  },
  inject: { database: Database, connections: Connections, requests: MatchRequests },
  async run(given, { database, connections, requests }) {
    const only = given.connection === undefined ? undefined : await connections.byCode(database, given.connection);
    const state = matchStates.find((known) => known === given.state);
    return requests.list(database, { connectionId: only?.id, state });
  },
  print: (all) => (all.length === 0 ? 'No match request waits.' : all.map(lineOf).join('\n')),
});

const approve = command('match:approve', {
  describe: 'Say that the two are one person: the next attempt of the identity provider takes the customer over',
  options: { id },
  inject: { database: Database, requests: MatchRequests, clock: Clock },
  run: (given, { database, requests, clock }) =>
    database.transaction((tx) => requests.approve(tx, readId(given.id), by, clock.now())),
  print: (request) =>
    `"${request.userName}" may take customer ${request.customerId} over; the next attempt of "${request.connection}" does.`,
});

const deny = command('match:deny', {
  describe: 'Say that the two are not one person: this customer is never taken for that userName again',
  options: { id },
  inject: { database: Database, requests: MatchRequests, clock: Clock },
  run: (given, { database, requests, clock }) =>
    database.transaction((tx) => requests.deny(tx, readId(given.id), by, clock.now())),
  print: (request) => `"${request.userName}" of "${request.connection}" is not customer ${request.customerId}.`,
});

/** Commands about customers that an identity provider wants to take over. */
export const matchCommands: readonly Command[] = [list, approve, deny];
