import { Connections } from '../../connection/index.ts';
import { type Command, CommandError, command, Database, operator } from '../../framework/index.ts';
import { type Hold, holdStates } from './hold/hold.ts';
import { type Decider, GuardHolds, type ShownHold } from './holds.ts';
import { GuardJobs } from './job/guard-jobs.ts';

const id = {
  type: 'number',
  describe: 'Number of the hold, as guard:list shows it',
  required: true,
  position: 0,
} as const;
const decision = {
  id,
  comment: { type: 'string', describe: 'Why, for the record' },
  author: { type: 'string', describe: 'Who decides; the user of this computer unless said' },
} as const;

const words: Readonly<Record<Hold['status'], string>> = {
  open: 'waits for a decision',
  approved: 'approved, being carried out',
  done: 'approved and carried out',
  denied: 'denied',
  withdrawn: 'taken back by the provider',
};

const line = (hold: Hold): string =>
  `${String(hold.id).padEnd(6)} ${(hold.connection ?? '-').padEnd(20)} ${hold.openedAt.slice(0, 19)}  ${String(hold.waiting).padStart(7)} waiting ${String(hold.done).padStart(7)} done  ${words[hold.status]}`;

const list = command('guard:list', {
  describe: 'List what the mass-deprovision guard holds, the newest first',
  options: {
    connection: { type: 'string', describe: 'Code of a connection: only its holds' },
    status: { type: 'string', describe: 'Only holds in this state', choices: holdStates },
    limit: { type: 'number', describe: 'At most so many', default: 100 },
  },
  inject: { database: Database, connections: Connections, holds: GuardHolds },
  async run({ connection, status, limit }, { database, connections, holds }): Promise<Hold[]> {
    const connectionId = connection === undefined ? undefined : (await connections.byCode(database, connection)).id;
    return holds.list({ connectionId, status: status as Hold['status'] | undefined, limit });
  },
  print: (all) => (all.length === 0 ? 'Nothing is held, and nothing was.' : all.map(line).join('\n')),
});

const items = ({ held }: ShownHold): string[] =>
  held.map(
    (item) =>
      `  ${item.operation.padEnd(14)} ${(item.loss ?? '').padEnd(10)} ${item.resource.padEnd(12)} ${(item.subject ?? '').padEnd(32)} ${item.customers} customers, sent ${item.tries} times, ${item.status}${item.hadPassword ? ', without the password that it came with' : ''}${item.outcome === null ? '' : `: ${item.outcome}`}`,
  );

const losses = (hold: ShownHold): string[] =>
  hold.losses.map(
    ({ at, kind, customerId, email, restoredAt, failure }) =>
      `  ${at.slice(0, 19)} ${kind.padEnd(12)} ${String(customerId).padEnd(10)} ${email ?? '(row deleted)'}${restoredAt === null ? '' : ', brought back'}${failure === null ? '' : `, not brought back: ${failure}`}`,
  );

const shown = (hold: ShownHold): string =>
  [
    `Hold ${hold.id} of the connection "${hold.connection ?? '-'}": ${words[hold.status]}.`,
    `Opened ${hold.openedAt.slice(0, 19)} UTC: ${hold.wouldBe} customers would have lost something within an hour, ${hold.limit} may.`,
    ...(hold.decidedBy === null
      ? []
      : [
          `Decided by ${hold.decidedBy}, ${hold.decidedAt?.slice(0, 19)} UTC${hold.comment === null ? '' : `: ${hold.comment}`}`,
        ]),
    `Held: ${hold.waiting} waiting, which would cost ${hold.customers} customers something, ${hold.done} done, ${hold.failed} failed, ${hold.withdrawn} withdrawn.`,
    ...items(hold),
    `Passed: ${hold.passed} customers, ${hold.restored} of them brought back.`,
    ...losses(hold),
    ...(hold.status === 'open'
      ? [`guard:approve ${hold.id} carries out what is held, guard:deny ${hold.id} refuses it for seven days.`]
      : []),
    ...(hold.denied > 0
      ? [
          `${hold.denied} customers keep what they have until ${hold.deniedUntil?.slice(0, 19)} UTC; guard:lift ${hold.id} ends that.`,
        ]
      : []),
    ...(hold.passed > hold.restored && hold.status !== 'approved'
      ? [`guard:restore ${hold.id} brings back whom it cost something.`]
      : []),
  ].join('\n');

const show = command('guard:show', {
  describe: 'Show what a hold holds, and what had passed before it',
  options: { id, limit: { type: 'number', describe: 'At most so many lines of each', default: 200 } },
  inject: { holds: GuardHolds },
  async run({ id: holdId, limit }, { holds }): Promise<ShownHold> {
    return holds.show(holdId, limit);
  },
  print: (hold) => shown(hold),
});

function deciderOf({ author, comment }: { author?: string; comment?: string }): Decider {
  const name = author?.trim() ?? '';
  return { actor: name === '' ? operator() : name, comment };
}

const approve = command('guard:approve', {
  describe: 'Carry out what a hold holds; interrupted, a running server or the next one goes on',
  options: decision,
  inject: { holds: GuardHolds, jobs: GuardJobs },
  async run({ id: holdId, ...options }, { holds, jobs }, io): Promise<Hold> {
    const { waiting } = await holds.approve(holdId, deciderOf(options));
    io.tell(`Carrying out ${waiting} held requests …`);
    await jobs.drain();
    const { held: _, losses: __, ...hold } = await holds.show(holdId, 1);
    if (hold.failed > 0)
      throw new CommandError(`${hold.failed} held requests could not be carried out; guard:show ${holdId} says why.`);
    return hold;
  },
  print: (hold) =>
    hold.status === 'done'
      ? `Hold ${hold.id} is carried out: ${hold.done} requests.`
      : `Hold ${hold.id} is approved; another process carries it out, ${hold.waiting} requests are left.`,
});

const deny = command('guard:deny', {
  describe: 'Refuse what a hold holds: its customers keep what they have for seven days (403)',
  options: decision,
  inject: { holds: GuardHolds },
  run: ({ id: holdId, ...options }, { holds }) => holds.deny(holdId, deciderOf(options)),
  print: (hold) => `Hold ${hold.id} is denied. guard:restore ${hold.id} brings back whom it had cost something before.`,
});

const lift = command('guard:lift', {
  describe: 'End a denial before its seven days: what is sent from now on is judged anew',
  options: decision,
  inject: { holds: GuardHolds },
  run: ({ id: holdId, ...options }, { holds }) => holds.lift(holdId, deciderOf(options)),
  print: (hold) => `The denial of hold ${hold.id} is lifted; a wave is held again.`,
});

const restore = command('guard:restore', {
  describe: 'Bring back whom a wave deactivated, deleted or took out of groups, deleted users included',
  options: decision,
  inject: { holds: GuardHolds, jobs: GuardJobs },
  async run({ id: holdId, ...options }, { holds, jobs }, io): Promise<ShownHold> {
    await holds.restore(holdId, deciderOf(options));
    io.tell(`Bringing back whom hold ${holdId} cost something …`);
    await jobs.drain();
    return holds.show(holdId);
  },
  print: (hold) =>
    hold.restore === 'done'
      ? `${hold.restored} of ${hold.passed} customers are back.${hold.passed > hold.restored ? ` guard:show ${hold.id} says why not all.` : ''}`
      : `Another process brings them back; ${hold.restored} of ${hold.passed} are back.`,
});

/** Commands about what the guard holds. */
export const guardCommands: readonly Command[] = [list, show, approve, deny, lift, restore];
