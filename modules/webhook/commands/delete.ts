import { Clock, command, Database } from '../../framework/index.ts';
import { Webhooks } from '../webhook.ts';
import { actor, overlapOf } from './given.ts';
import { secretLines } from './shown.ts';

const id = { type: 'number', describe: 'Number of the webhook', required: true, position: 0 } as const;

/** `webhook:delete`: what waits for it is not sent any more. */
export const deleteCommand = command('webhook:delete', {
  describe: 'Delete a webhook; what waits for delivery to it is not sent any more',
  options: { id },
  inject: { database: Database, webhooks: Webhooks },
  async run(given, { database, webhooks }) {
    await database.transaction((tx) => webhooks.delete(tx, given.id, actor));
    return { id: given.id };
  },
  print: (deleted) => `The webhook ${deleted.id} is deleted.`,
});

/** `webhook:rotate-secret`: two secrets sign during the overlap, so that receivers can change over in peace. */
export const rotateCommand = command('webhook:rotate-secret', {
  describe: 'Make a new signing secret and print it; deliveries are signed with the old one too for a while',
  options: {
    id,
    overlap: { type: 'string', describe: 'How long the old secret signs as well, 0m to 7d; 24h unless said' },
  },
  inject: { database: Database, webhooks: Webhooks, clock: Clock },
  run(given, { database, webhooks, clock }) {
    const now = clock.now();
    const until = new Date(now.getTime() + overlapOf(given.overlap));
    return database.transaction(async (tx) => {
      const { webhook, secret } = await webhooks.rotateSecret(tx, given.id, until, now, actor);
      return { id: webhook.id, secret, oldSecretUntilMs: webhook.oldSecretUntilMs };
    });
  },
  print: ({ secret, oldSecretUntilMs }) =>
    [
      ...secretLines(secret),
      oldSecretUntilMs === null
        ? 'The old one ended at once.'
        : `The old one signs as well until ${new Date(oldSecretUntilMs).toISOString()}.`,
    ].join('\n'),
});
