import { type ConnectionChanges, groupPolicies, matchPolicies, profiles } from '../../connection.ts';
import type { ConnectionPolicy } from '../../policy/policy.ts';
import { readDomains } from '../../policy/policy-check.ts';
import {
  type PolicyChoice,
  type PolicyNumber,
  type PolicySwitch,
  policyChoices,
  policyNumbers,
  policySwitches,
} from '../../policy/policy-words.ts';
import { Body } from './body.ts';

const [switches, choices, numbers] = [
  Object.keys(policySwitches) as PolicySwitch[],
  Object.keys(policyChoices) as PolicyChoice[],
  Object.keys(policyNumbers) as PolicyNumber[],
];
const others = ['addresses', 'requestsPerSecond', 'verifiedDomains', 'passwords', 'scope', 'defaultGroup'];

/** Leaves out what was not said, so that it stays as it is. */
const said = <T extends Readonly<Record<string, unknown>>>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };

/** What a body says of a connection. @throws HttpError 400 */
export function readChanges(body: Body): ConnectionChanges {
  body.only('name', 'profile', 'match', 'groups', 'policy');
  return said({
    name: body.text('name'),
    profile: body.oneOf('profile', profiles),
    match: body.oneOf('match', matchPolicies),
    groups: body.oneOf('groups', groupPolicies),
    policy: body.has('policy') ? readPolicy(new Body(body.value('policy'), 'policy')) : undefined,
  });
}

/** The policies that a body names. Null is what the command line calls any, all, default and store. */
function readPolicy(body: Body): Partial<ConnectionPolicy> {
  body.only(...switches, ...choices, ...numbers, ...others);
  const orNull = <T>(name: string, read: () => T) => (body.value(name) === null ? null : read());
  return said({
    ...Object.fromEntries([...switches, 'passwords'].map((name) => [name, body.flag(name)])),
    ...Object.fromEntries(choices.map((name) => [name, body.oneOf(name, policyChoices[name].values)])),
    ...Object.fromEntries(numbers.map((name) => [name, body.number(name)])),
    addresses: body.texts('addresses'),
    verifiedDomains: domainsOf(body.texts('verifiedDomains')),
    requestsPerSecond: orNull('requestsPerSecond', () => body.number('requestsPerSecond')),
    scope: orNull('scope', () => body.text('scope')),
    defaultGroup: orNull('defaultGroup', () => body.text('defaultGroup')),
  });
}

const domainsOf = (texts: readonly string[] | undefined): readonly string[] | undefined =>
  texts?.flatMap((text) => readDomains(text));
