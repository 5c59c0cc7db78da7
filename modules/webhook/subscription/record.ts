import type { Activities, ModifiedAttribute } from '../../activity/index.ts';
import type { Transaction } from '../../framework/index.ts';
import type { Webhook } from '../webhook.ts';

/** What was done to a subscription, as it is recorded: names of headers, and neither their values nor secrets. */
export interface WebhookAct {
  readonly operation: 'webhook.create' | 'webhook.change' | 'webhook.delete' | 'webhook.rotate-secret';
  readonly webhook: Webhook;
  readonly modified: readonly ModifiedAttribute[];
  readonly notes: readonly string[];
}

const told = [
  'name',
  'scope',
  'destination',
  'fillsPlaceholders',
  'headerNames',
  'payload',
  'active',
  'websiteId',
] as const;

/** Of a new one `before` is missing, of a deleted one `after`. `headers` are names whose values are others now. */
export function actOf(
  operation: WebhookAct['operation'],
  before: Webhook | undefined,
  after: Webhook | undefined,
  headers: readonly string[] = [],
): WebhookAct {
  const webhook = after ?? before;
  if (!webhook) throw new Error(`${operation} of nothing can't be recorded.`);
  const modified = told
    .map((attribute) => ({ attribute, before: plain(before?.[attribute]), after: plain(after?.[attribute]) }))
    .filter(({ before, after }) => before !== after);
  const notes = [
    ...headers.map((name) => `The header "${name}" has another value.`),
    ...(operation === 'webhook.rotate-secret'
      ? [
          after?.oldSecretUntilMs
            ? `The secret before signs as well until ${new Date(after.oldSecretUntilMs).toISOString()}.`
            : 'The secret before ended at once.',
        ]
      : []),
  ];
  return { operation, webhook, modified, notes };
}

const plain = (value: unknown): unknown => (Array.isArray(value) ? value.join(', ') : (value ?? null));

/** Records it in the transaction that does it; a change of nothing is not recorded. */
export function recordAct(activities: Activities, tx: Transaction, act: WebhookAct, now: Date, by?: string): void {
  const { operation, webhook, modified, notes } = act;
  if (operation === 'webhook.change' && modified.length + notes.length === 0) return;
  activities.record(tx, {
    at: now,
    operation,
    outcome: 'done',
    status: 200,
    ...(webhook.connectionId === null ? {} : { connectionId: webhook.connectionId }),
    subject: `webhook ${webhook.id}`,
    actor: by ?? 'administration',
    changed: modified.map(({ attribute }) => attribute),
    modified,
    notes,
  });
}
