import type { StoredActivity } from '../../../activity/index.ts';
import { counted } from '../../../admin/index.ts';
import type { Connection } from '../../connection.ts';
import type { ConnectionPolicy } from '../../policy/policy.ts';
import { policySwitches } from '../../policy/policy-words.ts';
import type { BearerToken } from '../../token.ts';
import { isRequest, requestInWords } from '../request-words.ts';
import type { SetupCheck } from './setup-checks.ts';

/** What is known of the connection when it is checked. */
export interface Looked {
  readonly connection: Connection;
  readonly tokens: readonly BearerToken[];
  /** Users that came, counted up to `mostUsers`. */
  readonly users: number;
  readonly recent: readonly StoredActivity[];
}

export const mostUsers = 1_000;
const mostRefusals = 3;
const gates = ['scim', 'newCustomers', 'create', 'update', 'deactivate', 'delete'] as const;

function contact({ tokens, recent }: Looked): SetupCheck {
  const used = tokens.some(({ lastUsedAt }) => lastUsedAt !== null) || recent.some(isRequest);
  return used
    ? { state: 'good', what: 'Requests come in, and their token is right.' }
    : {
        state: 'open',
        what: 'No request has come in yet.',
        cure: 'Paste the base URL and the token, and use the connection test of your identity provider.',
      };
}

const people = ({ users }: Looked): SetupCheck =>
  users > 0
    ? { state: 'good', what: `${counted(users, 'user')}${users >= mostUsers ? ' or more' : ''} came.` }
    : { state: 'open', what: 'No user has come yet.', cure: 'Assign somebody to the application.' };

function served({ connection: { active, policy } }: Looked): readonly SetupCheck[] {
  const ask = 'Ask the administrator of the store.';
  const off = gates.filter((name: keyof ConnectionPolicy) => !policy[name]).map((name) => policySwitches[name].label);
  if (!active) return [{ state: 'bad', what: 'The store has paused this connection.', cure: ask }];
  if (!policy.scim) return [{ state: 'bad', what: `${policySwitches.scim.label} is off in the store.`, cure: ask }];
  if (off.length > 0)
    return [{ state: 'note', what: `Switched off in the store: ${off.join(', ')}.`, cure: `You need it? ${ask}` }];
  return [{ state: 'good', what: 'The store lets everything pass: create, update, deactivate, delete.' }];
}

function refusals({ recent }: Looked): readonly SetupCheck[] {
  const requests = recent.filter(isRequest);
  const refused = requests.filter(({ outcome }) => outcome === 'refused' || outcome === 'failed');
  if (requests.length > 0 && refused.length === 0)
    return [{ state: 'good', what: 'None of the latest requests was refused.' }];
  return refused
    .slice(0, mostRefusals)
    .map((record) => ({ state: 'warn', what: `${requestInWords(record)}: ${record.status}.`, cure: record.reason }));
}

/** What this room looks at: whether requests come, whom they bring, and what stands in their way. */
export const ownChecks = (looked: Looked): readonly SetupCheck[] => [
  ...served(looked),
  contact(looked),
  people(looked),
  ...refusals(looked),
];
