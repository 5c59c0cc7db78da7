import { storeScopes } from '../../../connection/index.ts';
import { answer, json, type Operation } from '../../../framework/index.ts';
import type { Credentials } from '../../account/credentials.ts';

const { text, list, object, oneOf, orNull, said, named } = json;
const tag = 'API accounts';
const path = { code: said('The code of the connection.') };

const account = named(
  'ApiAccount',
  object({
    clientId: text,
    name: text,
    scopes: list(text),
    addresses: list(text),
    state: oneOf(['active', 'expired', 'revoked']),
    createdAt: text,
    expiresAt: orNull(text),
    revokedAt: orNull(text),
    lastUsedAt: orNull(text),
  }),
);

/** API accounts, in words. */
export const accountOperations = {
  list: {
    tag,
    summary: 'List the API accounts of a connection',
    path,
    answers: { 200: answer('All of them.', object({ apiPath: text, accounts: list(account) })) },
  },
  create: {
    tag,
    summary: 'Make an API account',
    path,
    body: {
      schema: object({
        name: text,
        'scopes?': said('Both unless said.', list(oneOf(storeScopes))),
        'expires?': said('Such as 90d.'),
        'addresses?': said('Addresses and networks it may be used from.', list(text)),
      }),
      example: { name: 'Import', expires: '90d' },
    },
    answers: {
      201: answer(
        'The credentials, which are shown only now.',
        object<Credentials & { file: string }>({
          clientId: text,
          clientSecret: text,
          accessToken: text,
          name: text,
          apiPath: text,
          file: said('The same as the file that BigCommerce gives.'),
        }),
      ),
    },
  },
  revoke: {
    tag,
    summary: 'Revoke an API account',
    path: { ...path, id: said('Its client id.') },
    answers: { 200: answer('The account, which works no more.', account) },
  },
} as const satisfies Record<string, Operation>;
