import { type Command, command, Database, UsageError } from '../../framework/index.ts';
import { readAddresses } from '../address/address-list.ts';
import {
  type ConnectionChanges,
  ConnectionError,
  Connections,
  groupPolicies,
  matchPolicies,
  profiles,
} from '../connection.ts';
import { type ConnectionPolicy, type PolicySwitch, policySwitches } from '../policy/policy.ts';
import { followsSoon } from './shown-connection.ts';

const onOrOff = (describe: string) => ({ type: 'string', describe, choices: ['on', 'off'] }) as const;

const options = {
  code: { type: 'string', describe: 'Code of the connection', required: true },
  name: { type: 'string', describe: 'New name' },
  profile: { type: 'string', describe: 'Which identity provider it is', choices: profiles },
  match: {
    type: 'string',
    describe: 'Writes to a customer that nobody manages yet: link takes it over, refuse answers 403',
    choices: matchPolicies,
  },
  groups: {
    type: 'string',
    describe:
      'Customer group of a new SCIM group: match takes the one of its name, create makes it if there is none, none leaves customers alone; what is mapped already stays (group:unmap ends it)',
    choices: groupPolicies,
  },
  scim: onOrOff('Enable SCIM Provisioning: off refuses SCIM alone (connection:pause refuses all that it serves)'),
  newCustomers: onOrOff('Enable New Customer Creation: off refuses people that the store does not know'),
  create: onOrOff('Create: POST of users and groups'),
  update: onOrOff('Update: changes of users and groups'),
  deactivate: onOrOff('Deactivate: taking the right to log in from a user'),
  delete: onOrOff('Delete: DELETE of users and groups'),
  addresses: {
    type: 'string',
    describe: 'Where its requests may come from: addresses and networks with commas, or any',
  },
  rateLimit: { type: 'string', describe: 'Requests per second in the long run: a number, 0 for no limit, or default' },
} as const;

/** Reads the policy among the options; what is not said stays as it is. */
function policyFrom(given: Readonly<Record<string, unknown>>): Partial<ConnectionPolicy> {
  const switches = (Object.keys(policySwitches) as PolicySwitch[])
    .filter((name) => given[name] !== undefined)
    .map((name) => [name, given[name] === 'on']);
  return {
    ...Object.fromEntries(switches),
    ...(given.addresses === undefined ? {} : { addresses: readAddresses(String(given.addresses)) }),
    ...(given.rateLimit === undefined ? {} : { requestsPerSecond: readRate(String(given.rateLimit)) }),
  };
}

function readRate(text: string): number | null {
  if (text === 'default') return null;
  if (/^\d{1,7}$/.test(text)) return Number(text);
  throw new ConnectionError(
    'RATE_INVALID',
    `"${text}" is no number of requests per second; write such as 50, 0 for no limit or default.`,
  );
}

const set = command('connection:set', {
  describe: 'Change the name, the profile or a policy of a connection',
  options,
  inject: { database: Database, connections: Connections },
  run(given, { database, connections }) {
    const profile = profiles.find((known) => known === given.profile);
    const match = matchPolicies.find((known) => known === given.match);
    const groups = groupPolicies.find((known) => known === given.groups);
    const changes: ConnectionChanges = {
      ...(given.name === undefined ? {} : { name: given.name }),
      ...(profile ? { profile } : {}),
      ...(match ? { match } : {}),
      ...(groups ? { groups } : {}),
    };
    const policy = policyFrom(given);
    if (Object.keys({ ...changes, ...policy }).length === 0)
      throw new UsageError(
        'Say what to change: --name, --profile, --match, --groups, --scim, --new-customers, --create, --update, --deactivate, --delete, --addresses or --rate-limit.',
      );
    return database.transaction((tx) => connections.change(tx, given.code, { ...changes, policy }));
  },
  print: (changed) => followsSoon(changed),
});

/** The command that changes policies. */
export const policyCommands: readonly Command[] = [set];
