import { answer, json, type Operation } from '../../../framework/index.ts';
import { type Hold, holdStates } from '../hold/hold.ts';
import { heldOperations } from '../hold/request.ts';
import type { HeldItem, PassedCustomer, ShownHold } from '../holds.ts';

const { text, number, flag, list, object, oneOf, orNull, said, named } = json;
const tag = 'Guard';
const path = { id: said('The number of the hold.', number) };

const members = {
  id: number,
  connectionId: number,
  connection: said('Code of the connection; null once that is gone.', orNull(text)),
  status: oneOf(holdStates),
  since: text,
  openedAt: text,
  wouldBe: said('Customers who would have lost something.', number),
  limit: said('How many might.', number),
  active: said('Of so many who were active.', number),
  decidedAt: orNull(text),
  decidedBy: orNull(text),
  comment: orNull(text),
  finishedAt: orNull(text),
  restore: orNull(oneOf(['running', 'done'])),
  restoredBy: orNull(text),
  restoredAt: orNull(text),
  customers: said('Whom what waits would cost something, each once.', number),
  waiting: said('Requests by what became of them.', number),
  done: number,
  failed: number,
  withdrawn: number,
} as const;
const hold = named('Hold', object<Hold>(members));

const shown = named(
  'ShownHold',
  object<ShownHold>({
    ...members,
    held: said(
      'The first requests that it holds.',
      list(
        object<HeldItem>({
          id: number,
          operation: oneOf(heldOperations),
          resource: said('The SCIM id.'),
          subject: orNull(text),
          customers: number,
          loss: said(
            'What it would cost them; null once nobody of them is known any more.',
            orNull(oneOf(['deactivate', 'delete', 'leave'])),
          ),
          tries: number,
          firstAt: text,
          lastAt: text,
          status: oneOf(['waiting', 'done', 'failed', 'denied', 'withdrawn', 'superseded']),
          outcome: orNull(text),
          hadPassword: flag,
        }),
      ),
    ),
    denied: said('Customers of whom a denial still refuses everything.', number),
    deniedUntil: orNull(text),
    passed: said('Customers whom the wave cost something.', number),
    restored: number,
    losses: list(
      object<PassedCustomer>({
        eventId: number,
        customerId: number,
        email: orNull(text),
        at: text,
        kind: oneOf(['deactivate', 'delete', 'leave']),
        weighs: flag,
        wasActive: flag,
        groups: list(number),
        restoredAt: orNull(text),
        failure: orNull(text),
      }),
    ),
  }),
);

const decision = (summary: string, description: string): Operation => ({
  tag,
  summary,
  description,
  path,
  body: { schema: object({ 'comment?': text }), example: { comment: 'Asked Ann in HR' } },
  answers: { 202: answer('The hold; reading it tells how far it is.', hold) },
});

/** What the guard holds, in words. */
export const guardOperations = {
  list: {
    tag,
    summary: 'List the holds',
    query: {
      connection: said('Code of a connection.'),
      status: oneOf(holdStates),
      before: said('The number of the last one shown.', number),
      limit: said('At most 1000; 100 unless said.', number),
    },
    answers: { 200: answer('Newest first.', object({ items: list(hold) })) },
  },
  show: {
    tag,
    summary: 'Show a hold',
    path,
    query: { limit: said('How many requests and losses; 200 unless said.', number) },
    answers: { 200: answer('The hold.', shown) },
  },
  approve: decision('Approve a hold', 'A job carries out what is held.'),
  deny: decision('Deny a hold', 'The customers keep what they have for seven days.'),
  lift: decision('Lift a denial', 'What is sent from now on is judged anew; a wave is held again.'),
  restore: decision('Restore whom a wave took', 'A job brings back what had passed before.'),
} as const satisfies Record<string, Operation>;
