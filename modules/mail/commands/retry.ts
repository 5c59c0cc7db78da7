import { type Command, command, Database, UsageError } from '../../framework/index.ts';
import { MailQueue } from '../queue/queue.ts';

/** `mail:retry`: lets failed or unsent mails wait again. */
export const retryCommand: Command = command('mail:retry', {
  describe: 'Send mails that failed, or met no SMTP server, again (a running server does so within seconds)',
  options: {
    id: { type: 'number', describe: 'Ids of the mails (mail:list)', position: 0, many: true },
    state: { type: 'string', describe: 'All in this state', choices: ['failed', 'unconfigured'] },
  },
  inject: { database: Database, queue: MailQueue },
  run: ({ id: ids = [], state }, { database, queue }) => {
    if ((ids.length === 0) === (state === undefined))
      throw new UsageError('Give the ids of mails, or --state failed or --state unconfigured.');
    return database.transaction(async (tx) => {
      if (state !== undefined) return { waiting: await queue.retryAll(tx, state as 'failed' | 'unconfigured') };
      for (const id of ids) await queue.retry(tx, id);
      return { waiting: ids.length };
    });
  },
  print: ({ waiting }) =>
    waiting === 1 ? '1 mail waits to be sent again.' : `${waiting} mails wait to be sent again.`,
});
