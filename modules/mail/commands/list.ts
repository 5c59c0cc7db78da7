import { type Command, command, Database } from '../../framework/index.ts';
import { type MailState, mailStates } from '../mail.ts';
import { MailQueue } from '../queue/queue.ts';
import type { MailRecord } from '../queue/rows.ts';

/** How a state is called before people. */
export const stateName = (state: MailState): string => (state === 'unconfigured' ? 'not configured' : state);

interface Listed {
  readonly counts: Partial<Record<MailState, number>>;
  readonly mails: readonly MailRecord[];
}

/** `mail:list`: what waits, what was sent and what went wrong. */
export const listCommand: Command = command('mail:list', {
  describe: 'List mails, newest first: what waits, what was sent, what went wrong and why',
  options: {
    state: { type: 'string', describe: 'Only those in this state', choices: mailStates },
    topic: { type: 'string', describe: 'Only those about this, such as customer:42' },
    limit: { type: 'number', describe: 'How many at most (1 to 500)', default: 50 },
  },
  inject: { database: Database, queue: MailQueue },
  async run({ state, topic, limit }, { database, queue }): Promise<Listed> {
    const mails = await queue.list(database, { state: state as MailState | undefined, topic, limit });
    return { counts: await queue.counts(database), mails };
  },
  print: ({ counts, mails }) =>
    (mails.length === 0 ? [summary(counts)] : [...mails.flatMap(lines), '', summary(counts)]).join('\n'),
});

function lines({ id, state, template, to, topic, attempts, createdAt, at, note }: MailRecord): string[] {
  const whom = to ?? topic ?? 'nobody yet';
  const tried = attempts > 1 ? `  ${attempts} attempts` : '';
  const first = `${String(id).padStart(6)}  ${stateName(state).padEnd(14)}  ${(state === 'waiting' ? createdAt : at).slice(0, 19)}Z  ${template.padEnd(28)}  ${whom}${tried}`;
  return note === null ? [first] : [first, `        ${note}`];
}

function summary(counts: Listed['counts']): string {
  const parts = mailStates.flatMap((state) => (counts[state] ? [`${counts[state]} ${stateName(state)}`] : []));
  return parts.length === 0 ? 'There are no mails.' : `Mails: ${parts.join(', ')}.`;
}
