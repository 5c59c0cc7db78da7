import { answer, json, type Operation, variable } from '../../../framework/index.ts';
import { groupPolicies, matchPolicies, profiles } from '../../connection.ts';
import { namedScopes } from '../../scopes.ts';
import {
  connectionSchema,
  listedTokenSchema,
  madeTokenSchema,
  openedSchema,
  policySchema,
  shownConnectionSchema,
  tokenSchema,
  watchedSchema,
} from './connection-schemas.ts';

const { text, said, object, list, oneOf } = json;
const tag = 'Connections';
const code = { code: said('The code of the connection.') };
const changed = answer('The connection as it is now.', connectionSchema);

/** Connections over the admin API, in words. */
export const connectionOperations = {
  list: {
    tag,
    summary: 'List the connections',
    answers: { 200: answer('All connections, and what to look after.', object({ connections: list(watchedSchema) })) },
  },
  show: {
    tag,
    summary: 'Show a connection',
    path: code,
    answers: { 200: answer('The connection with its tokens.', shownConnectionSchema) },
  },
  create: {
    tag,
    summary: 'Connect an identity provider',
    body: {
      schema: object({
        code: said('2 to 64 of a–z, 0–9, - and _.'),
        name: text,
        'profile?': oneOf(profiles),
        'website?': said('Code of a website; base unless said.'),
      }),
      example: { code: variable('NEW_CONNECTION', 'okta'), name: 'Okta', profile: 'okta' },
    },
    answers: { 201: answer('What the provider’s form asks for.', openedSchema) },
  },
  change: {
    tag,
    summary: 'Change a connection',
    description: 'What is not named stays as it is. Running servers follow within five seconds.',
    path: code,
    body: {
      schema: object({
        'name?': text,
        'profile?': oneOf(profiles),
        'match?': oneOf(matchPolicies),
        'groups?': oneOf(groupPolicies),
        'policy?': { ...(policySchema as object), title: 'PolicyChanges', required: [] },
      }),
      example: { match: 'ask', policy: { deactivation: 'lock', requestsPerSecond: null } },
    },
    answers: { 200: changed },
  },
  pause: {
    tag,
    summary: 'Pause a connection',
    description: 'It answers 403 to everything from then on, and changes nothing.',
    path: code,
    answers: { 200: changed },
  },
  resume: { tag, summary: 'Resume a connection', path: code, answers: { 200: changed } },
} as const satisfies Record<string, Operation>;

const tokenTag = 'Tokens';
const end = object({
  works: said('Public id of the token that works on.'),
  ended: said('Public id of the one that works no more.'),
  endedLastUsedAt: json.orNull(text),
});

/** Tokens over the admin API, in words. */
export const tokenOperations = {
  list: {
    tag: tokenTag,
    summary: 'List the tokens of a connection',
    path: code,
    answers: { 200: answer('All tokens, revoked ones included.', object({ tokens: list(listedTokenSchema) })) },
  },
  create: {
    tag: tokenTag,
    summary: 'Make a token',
    description: 'Two may be active at a time for SCIM.',
    path: code,
    body: {
      schema: object({
        'name?': text,
        'expires?': said('How long it is good for, such as 90d; for good unless said.'),
        'scopes?': said(
          'All of SCIM unless said.',
          list(oneOf(['all', 'users', 'groups', 'read', 'write', ...namedScopes])),
        ),
        'addresses?': said('Addresses and networks it may be used from.', list(text)),
      }),
      example: { name: 'second', expires: '90d' },
    },
    answers: { 201: answer('The token, which is shown only now.', madeTokenSchema) },
  },
  rotate: {
    tag: tokenTag,
    summary: 'Rotate a token',
    description:
      'Without a step: a new token with the rights of the newest one, which works on for the overlap. `start` makes a second one, `complete` ends the old one, `cancel` the new one.',
    path: code,
    body: {
      schema: object({
        'step?': oneOf(['start', 'complete', 'cancel']),
        'name?': text,
        'expires?': said('Such as 90d.'),
        'overlap?': said('Such as 24h; from 0m to 7d.'),
      }),
      example: { overlap: '24h' },
    },
    answers: { 200: answer('The new token, or which one works on.', json.either(madeTokenSchema, end)) },
  },
  revoke: {
    tag: tokenTag,
    summary: 'Revoke a token',
    path: { ...code, id: said('The public id of the token.') },
    answers: { 200: answer('The token, which works no more.', tokenSchema) },
  },
} as const satisfies Record<string, Operation>;
