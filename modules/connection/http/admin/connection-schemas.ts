import { type JsonSchema, json } from '../../../framework/index.ts';
import type { TokenWarning } from '../../commands/shown-connection.ts';
import type { ListedToken, ShownToken } from '../../commands/shown-token.ts';
import { type Connection, groupPolicies, matchPolicies, profiles } from '../../connection.ts';
import type { ExpiryWarning } from '../../expiry/warning.ts';
import type { OpenedConnection } from '../../opening.ts';
import {
  type ConnectionPolicy,
  deactivations,
  deletions,
  missingEmails,
  visibilities,
  welcomeMails,
} from '../../policy/policy.ts';
import { policyChoices, policyNumbers, policySwitches } from '../../policy/policy-words.ts';
import { namedScopes } from '../../scopes.ts';

const { said, text, flag, number, list, oneOf, orNull, object, named } = json;

/** `2024-05-06 12:00:00`. */
export const storedTime = said('UTC, `YYYY-MM-DD HH:MM:SS`.');

const switchOf = (name: keyof typeof policySwitches) =>
  said(`${policySwitches[name].label}: ${policySwitches[name].describe}.`, flag);
const choiceOf = (name: keyof typeof policyChoices, words: readonly string[]) =>
  said(`${policyChoices[name].label}: ${policyChoices[name].describe}.`, oneOf(words));
const amountOf = (name: keyof typeof policyNumbers) =>
  said(`${policyNumbers[name].label}: ${policyNumbers[name].describe}.`, number);

export const policySchema = named(
  'ConnectionPolicy',
  object<ConnectionPolicy>({
    scim: switchOf('scim'),
    newCustomers: switchOf('newCustomers'),
    create: switchOf('create'),
    update: switchOf('update'),
    deactivate: switchOf('deactivate'),
    delete: switchOf('delete'),
    guard: switchOf('guard'),
    guardPercent: amountOf('guardPercent'),
    guardAtLeast: amountOf('guardAtLeast'),
    guardMost: amountOf('guardMost'),
    visibility: choiceOf('visibility', visibilities),
    deactivation: choiceOf('deactivation', deactivations),
    deletion: choiceOf('deletion', deletions),
    missingEmail: choiceOf('missingEmail', missingEmails),
    welcomeMail: choiceOf('welcomeMail', welcomeMails),
    addresses: said('Addresses and networks that requests may come from; none means any.', list(text)),
    verifiedDomains: said('Only customers of these domains are taken over; none means any.', list(text)),
    requestsPerSecond: said('0: no limit; null: what the configuration says.', orNull(json.decimal)),
    passwords: said('Whether a password that the provider sends becomes the customer’s.', flag),
    scope: said('A SCIM filter that users have to match; null takes everybody.', orNull(text)),
    defaultGroup: said('Code of the customer group of new customers; null: the store’s default.', orNull(text)),
  }),
);

const members = {
  id: number,
  code: text,
  name: text,
  profile: oneOf(profiles),
  websiteId: number,
  active: said('A paused connection answers 403 and changes nothing.', flag),
  match: said('What happens when the provider writes to a customer whom nobody manages.', oneOf(matchPolicies)),
  groups: said('What a new group stands for among the store’s customer groups.', oneOf(groupPolicies)),
  policy: policySchema,
  createdAt: storedTime,
} as const;

export const connectionSchema = named('Connection', object<Connection>(members));

const expiry = object<ExpiryWarning>({ days: number, message: text });

export const watchedSchema = named(
  'WatchedConnection',
  object<Connection & { warnings: readonly TokenWarning[] }>({
    ...members,
    warnings: list(object<TokenWarning>({ token: text, expiresAt: orNull(storedTime), days: number, message: text })),
  }),
);

const tokenMembers = {
  id: number,
  connectionId: number,
  publicId: said('What names it in commands and addresses.'),
  name: text,
  scopes: list(oneOf(namedScopes)),
  addresses: said('Addresses and networks it may be used from; none means any.', list(text)),
  createdAt: storedTime,
  expiresAt: orNull(storedTime),
  revokedAt: orNull(storedTime),
  replacedBy: said('The public id of the token that a rotation puts in its place.', orNull(text)),
  expiredBefore: said('When it would have expired if no rotation had set an end to it.', orNull(text)),
  lastUsedAt: orNull(storedTime),
  lastUsedAddress: orNull(text),
  lastUsedAgent: orNull(text),
} as const;

export const tokenSchema = named('Token', object(tokenMembers));

export const listedTokenSchema = named(
  'ListedToken',
  object<ListedToken>({
    ...tokenMembers,
    state: oneOf(['active', 'expired', 'revoked']),
    warning: orNull(expiry),
  }),
);

export const shownConnectionSchema = named(
  'ShownConnection',
  object<Connection & { baseUrl: string; tokens: readonly ListedToken[] }>({
    ...members,
    baseUrl: said('The SCIM base URL to be pasted.'),
    tokens: list(listedTokenSchema),
  }),
);

export const madeTokenSchema: JsonSchema = named(
  'MadeToken',
  object<ShownToken>({
    id: said('Its public id.'),
    name: text,
    scopes: list(oneOf(namedScopes)),
    addresses: list(text),
    expiresAt: orNull(storedTime),
    token: said('The token. It is shown only now.'),
    authorization: said('The same as a header.'),
  }),
);

export const openedSchema = named(
  'OpenedConnection',
  object<OpenedConnection>({
    code: text,
    baseUrl: said('The SCIM base URL.'),
    token: said('The first token. It is shown only now.'),
    authorization: text,
  }),
);
