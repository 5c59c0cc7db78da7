import { answer, json, type Operation } from '../../framework/index.ts';
import { type MatchRequest, matchStates } from '../adoption/match-requests.ts';
import type { DeletedConnection } from '../departure/delete-connection.ts';
import type { ProtectedCustomer, ProtectedGroup } from '../protection/protected-customers.ts';
import type { DryReplay, Replayed } from '../replay/replay.ts';
import { groupPreviewSchema, payloadSchema, previewSchema, signInPreviewSchema } from './preview-schemas.ts';

const { text, number, flag, list, object, oneOf, orNull, said, anything, named, either } = json;

const record = { id: said('The number of the record, as the provisioning report shows it.', number) };

/** Recorded requests once more, in words. */
export const replayOperations = {
  dry: {
    tag: 'Activity',
    summary: 'Say what a recorded request would do today',
    description: 'Nothing is written.',
    path: record,
    answers: {
      200: answer(
        'What it would come to.',
        object<DryReplay>({
          resource: oneOf(['user', 'group', 'sign-in']),
          request: payloadSchema,
          preview: either(previewSchema, groupPreviewSchema, signInPreviewSchema),
        }),
      ),
    },
  },
  live: {
    tag: 'Activity',
    summary: 'Carry a recorded request out once more',
    path: record,
    body: { schema: object({ live: { const: true } }), example: { live: true } },
    answers: {
      200: answer(
        'What came of it.',
        object<Replayed>({
          request: payloadSchema,
          status: number,
          'answer?': anything,
          requestId: said('Of the new record.'),
        }),
      ),
    },
  },
} as const satisfies Record<string, Operation>;

const protectedTag = 'Protected customers';

/** Whom no connection may change, in words. */
export const protectionOperations = {
  list: {
    tag: protectedTag,
    summary: 'List who is protected',
    query: { after: said('The number of the last customer shown.', number) },
    answers: {
      200: answer(
        'At most a thousand customers, and all groups.',
        object({
          customers: list(
            object<ProtectedCustomer>({
              customerId: number,
              email: orNull(text),
              websiteId: orNull(number),
              protectedAt: text,
              protectedBy: text,
            }),
          ),
          groups: list(
            object<ProtectedGroup>({ groupId: number, code: orNull(text), protectedAt: text, protectedBy: text }),
          ),
        }),
      ),
    },
  },
  protect: {
    tag: protectedTag,
    summary: 'Protect a customer or a customer group',
    body: {
      schema: object({ 'customer?': said('Its id or e-mail address.'), 'group?': said('Its code or id.') }),
      example: { group: 'Wholesale' },
    },
    answers: {
      201: answer('Who is protected.', either(object({ customerId: number }), object({ groupId: number, code: text }))),
    },
  },
  unprotectCustomer: {
    tag: protectedTag,
    summary: 'Protect a customer no longer',
    path: { id: said('Its id or e-mail address.') },
    answers: { 200: answer('Whether it was protected.', object({ customerId: number, was: flag })) },
  },
  unprotectGroup: {
    tag: protectedTag,
    summary: 'Protect a customer group no longer',
    path: { id: said('Its code or id.') },
    answers: { 200: answer('Whether it was protected.', object({ groupId: number, was: flag })) },
  },
} as const satisfies Record<string, Operation>;

const match = named(
  'MatchRequest',
  object<MatchRequest>({
    id: number,
    connectionId: number,
    connection: text,
    customerId: number,
    email: orNull(text),
    userName: said('As the identity provider says it.'),
    matchedBy: said('What the two have in common.'),
    state: oneOf(matchStates),
    firstAt: text,
    lastAt: text,
    times: number,
    decidedAt: orNull(text),
    decidedBy: orNull(text),
  }),
);
const matchTag = 'Matches';
const matchPath = { id: said('The number of the request.', number) };

/** Customers that an identity provider wants to take over, in words. */
export const matchOperations = {
  list: {
    tag: matchTag,
    summary: 'List who wants to be whom',
    query: {
      connection: said('Code of a connection.'),
      state: said('pending unless said.', oneOf(matchStates)),
      before: said('The number of the last one shown.', number),
    },
    answers: { 200: answer('Newest first, at most a thousand.', object({ matches: list(match) })) },
  },
  approve: {
    tag: matchTag,
    summary: 'Approve a match',
    description: 'The provider’s next attempt takes the customer over.',
    path: matchPath,
    answers: { 200: answer('The request.', match) },
  },
  deny: {
    tag: matchTag,
    summary: 'Deny a match',
    description: 'The customer is never taken for this user again.',
    path: matchPath,
    answers: { 200: answer('The request.', match) },
  },
} as const satisfies Record<string, Operation>;

/** The end of a connection, in words. */
export const departureOperation: Operation = {
  tag: 'Connections',
  summary: 'Delete a connection',
  description:
    'It takes some seconds longer than its work, so that running servers know that the connection is paused.',
  path: { code: said('The code of the connection.') },
  body: {
    schema: object({
      customers: said('keep, deactivate, or transfer:<code of another connection>.'),
      'dryRun?': said('Only tells.', flag),
    }),
    example: { customers: 'keep', dryRun: true },
  },
  answers: {
    200: answer(
      'What became of it, or would.',
      object<DeletedConnection>({
        code: text,
        customers: text,
        dryRun: flag,
        users: number,
        tombstones: number,
        groups: number,
        deactivated: number,
        tokens: number,
        protected: number,
        belongings: said('What else goes with it.', json.map(number)),
      }),
    ),
  },
};
