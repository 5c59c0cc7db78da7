import { readAddresses } from '../address/address-list.ts';
import {
  type Connection,
  type ConnectionChanges,
  ConnectionError,
  groupPolicies,
  type matchPolicies,
  profiles,
} from '../connection.ts';
import type { ConnectionPolicy } from '../policy/policy.ts';
import { readDomains, readNumber } from '../policy/policy-check.ts';
import { type PolicyChoice, type PolicyNumber, policyChoices, policyNumbers } from '../policy/policy-words.ts';

const matches: typeof matchPolicies = ['link', 'ask', 'refuse'];

export const choiceNames = Object.keys(policyChoices) as PolicyChoice[];
export const numberNames = Object.keys(policyNumbers) as PolicyNumber[];

/** The fields of the page as text, by name. */
export type PolicyFields = Readonly<Record<string, string>>;
export type PolicyErrors = Readonly<Record<string, string>>;

const boxes = ['passwords', 'guard'] as const;

/** A connection as the fields show it. */
export const fieldsOf = ({ name, profile, match, groups, policy }: Connection): PolicyFields => ({
  name,
  profile,
  match,
  groups,
  verifiedDomains: policy.verifiedDomains.join(', '),
  scope: policy.scope ?? '',
  defaultGroup: policy.defaultGroup ?? '',
  addresses: policy.addresses.join(', '),
  requestsPerSecond: policy.requestsPerSecond === null ? '' : String(policy.requestsPerSecond),
  ...Object.fromEntries(choiceNames.map((choice) => [choice, policy[choice]])),
  ...Object.fromEntries(numberNames.map((number) => [number, String(policy[number])])),
  ...Object.fromEntries(boxes.map((box) => [box, policy[box] ? '1' : ''])),
});

/** The fields as a form sent them. */
export const sentPolicies = (form: URLSearchParams, before: Connection): PolicyFields =>
  Object.fromEntries(Object.keys(fieldsOf(before)).map((name) => [name, form.get(name)?.trim() ?? '']));

function readRate(text: string): number | null {
  if (text === '') return null;
  if (/^\d{1,7}$/.test(text)) return Number(text);
  throw new ConnectionError('RATE_INVALID', `"${text}" is no number of requests per second; write such as 50.`);
}

const oneOf = <T extends string>(known: readonly T[], text: string): T => {
  const found = known.find((word) => word === text);
  if (found === undefined) throw new ConnectionError('POLICY_INVALID', `Choose one of ${known.join(', ')}.`);
  return found;
};

/** Reads what the fields say; what can't be read is told by field. */
export function readPolicies(fields: PolicyFields): { changes: ConnectionChanges; errors: PolicyErrors } {
  const errors: Record<string, string> = {};
  const read = <T>(name: string, reader: (text: string) => T): T | undefined => {
    try {
      return reader(fields[name] ?? '');
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error;
      errors[name] = error.message;
      return undefined;
    }
  };
  const policy = {
    verifiedDomains: read('verifiedDomains', readDomains),
    scope: fields.scope === '' ? null : fields.scope,
    defaultGroup: fields.defaultGroup === '' ? null : fields.defaultGroup,
    addresses: read('addresses', (text) => (text === '' ? [] : readAddresses(text))),
    requestsPerSecond: read('requestsPerSecond', readRate),
    passwords: fields.passwords !== '',
    guard: fields.guard !== '',
    ...Object.fromEntries(
      choiceNames.map((name) => [name, read(name, (text) => oneOf<string>(policyChoices[name].values, text))]),
    ),
    ...Object.fromEntries(numberNames.map((name) => [name, read(name, (text) => readNumber(name, text))])),
  } as Partial<ConnectionPolicy>;
  const changes = {
    name: fields.name ?? '',
    profile: read('profile', (text) => oneOf(profiles, text)),
    match: read('match', (text) => oneOf(matches, text)),
    groups: read('groups', (text) => oneOf(groupPolicies, text)),
    policy,
  };
  return { changes: changes as ConnectionChanges, errors };
}

/** The field that a refusal of the whole is about. */
export function fieldOfRefusal({ code, message }: ConnectionError): string {
  if (code === 'NAME_INVALID') return 'name';
  if (code === 'ADDRESS_INVALID') return 'addresses';
  if (code === 'RATE_INVALID') return 'requestsPerSecond';
  if (/no domain/.test(message)) return 'verifiedDomains';
  if (/^The scope/.test(message)) return 'scope';
  if (/customer group/.test(message)) return 'defaultGroup';
  return numberNames.find((name) => message.includes(policyNumbers[name].label)) ?? 'name';
}
