import { type Command, command, type OptionDeclaration, UsageError } from '../../framework/index.ts';
import { readAddresses } from '../address/address-list.ts';
import { type ConnectionChanges, ConnectionError, groupPolicies, matchPolicies, profiles } from '../connection.ts';
import { ConnectionEditor } from '../connection-editor.ts';
import type { ConnectionPolicy } from '../policy/policy.ts';
import { readDomains, readNumber } from '../policy/policy-check.ts';
import {
  type PolicyChoice,
  type PolicyNumber,
  type PolicySwitch,
  policyChoices,
  policyNumbers,
  policySwitches,
} from '../policy/policy-words.ts';
import { byCommand } from './by-command.ts';
import { followsSoon } from './shown-connection.ts';

const onOrOff = (describe: string) => ({ type: 'string', describe, choices: ['on', 'off'] }) as const;
const [switchNames, choiceNames, numberNames] = [
  Object.keys(policySwitches) as PolicySwitch[],
  Object.keys(policyChoices) as PolicyChoice[],
  Object.keys(policyNumbers) as PolicyNumber[],
];

/** An option for each policy that is named in words: switches, choices and numbers. */
const policyOptions: Readonly<Record<string, OptionDeclaration>> = Object.fromEntries([
  ...switchNames.map((name) => {
    const { label, describe } = policySwitches[name];
    return [name, onOrOff(`${label}: ${describe}`)] as const;
  }),
  ...choiceNames.map((name) => {
    const { label, describe, values } = policyChoices[name];
    return [name, { type: 'string', describe: `${label}: ${describe}`, choices: values }] as const;
  }),
  ...numberNames.map((name) => {
    const { describe, from, to } = policyNumbers[name];
    return [name, { type: 'string', describe: `${from} to ${to}: ${describe}` }] as const;
  }),
]);

const options = {
  code: { type: 'string', describe: 'Code of the connection', required: true },
  name: { type: 'string', describe: 'New name' },
  profile: { type: 'string', describe: 'Which identity provider it is', choices: profiles },
  match: {
    type: 'string',
    describe:
      'Writes to a customer that nobody manages yet: link takes it over, ask waits for an administrator (match:list), refuse answers 403',
    choices: matchPolicies,
  },
  verifiedDomains: {
    type: 'string',
    describe: 'Only customers with addresses of these domains are taken over: domains with commas, or any',
  },
  groups: {
    type: 'string',
    describe:
      'Customer group of a new SCIM group: match takes the one of its name, create makes it if there is none, none leaves customers alone; what is mapped already stays (group:unmap ends it)',
    choices: groupPolicies,
  },
  ...policyOptions,
  passwords: onOrOff('Accept passwords: a password that the provider sends becomes the one of the customer'),
  scope: {
    type: 'string',
    describe: 'Only users that match this SCIM filter are created or changed, such as userType eq "Employee"; or all',
  },
  defaultGroup: {
    type: 'string',
    describe: "Code of the customer group of new customers; store is the store's own default group",
  },
  addresses: {
    type: 'string',
    describe: 'Where its requests may come from: addresses and networks with commas, or any',
  },
  rateLimit: { type: 'string', describe: 'Requests per second in the long run: a number, 0 for no limit, or default' },
} as const;

type Given = Readonly<Record<string, unknown>>;

/** The options among `names` that were given, each read by `read`. */
const readGiven = <N extends string>(given: Given, names: readonly N[], read: (text: string, name: N) => unknown) =>
  Object.fromEntries(
    names.filter((name) => given[name] !== undefined).map((name) => [name, read(String(given[name]), name)]),
  );

/** Reads the policy among the options; what is not said stays as it is. */
function policyFrom(given: Given): Partial<ConnectionPolicy> {
  const { rateLimit, ...others } = given;
  return {
    ...readGiven(others, [...switchNames, 'passwords'], (text) => text === 'on'),
    ...readGiven(others, choiceNames, (text) => text),
    ...readGiven(others, numberNames, (text, name) => readNumber(name, text)),
    ...readGiven(others, ['addresses'], readAddresses),
    ...readGiven(others, ['verifiedDomains'], readDomains),
    ...readGiven(others, ['scope'], (text) => (text.trim() === 'all' ? null : text.trim())),
    ...readGiven(others, ['defaultGroup'], (text) => (text === 'store' ? null : text)),
    ...(rateLimit === undefined ? {} : { requestsPerSecond: readRate(String(rateLimit)) }),
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

const kebab = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
const changeable = Object.keys(options).filter((name) => name !== 'code');

const set = command('connection:set', {
  describe: 'Change the name, the profile or a policy of a connection',
  options,
  inject: { editor: ConnectionEditor },
  run(given, { editor }) {
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
        `Say what to change: ${changeable.slice(0, -1).map(kebab).join(', ')} or ${changeable.slice(-1).map(kebab)}.`,
      );
    return editor.change(given.code, { ...changes, policy }, byCommand);
  },
  print: (changed) => followsSoon(changed),
});

/** The command that changes policies. */
export const policyCommands: readonly Command[] = [set];
