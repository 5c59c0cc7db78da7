import { setTimeout as sleep } from 'node:timers/promises';
import { Activities } from '../../activity/index.ts';
import { Connections, Tokens } from '../../connection/index.ts';
import { Customers, Sessions } from '../../customer/index.ts';
import { Clock, type Command, command, Database, UsageError } from '../../framework/index.ts';
import { type CustomerFate, type DeletedConnection, deleteConnection } from './delete-connection.ts';

/** Running servers remember a connection for five seconds; what began before that may take another. */
const settleFor = 6_000;

/** Reads `keep`, `deactivate` or `transfer:<code>`. */
function readFate(text: string): CustomerFate {
  if (text === 'keep' || text === 'deactivate') return { kind: text };
  const [, to] = /^transfer:(.+)$/.exec(text) ?? [];
  if (to !== undefined) return { kind: 'transfer', to };
  throw new UsageError('--customers is keep, deactivate or transfer:<code of another connection>.');
}

const say = (done: DeletedConnection): string =>
  [
    done.dryRun ? `This would delete the connection "${done.code}":` : `The connection "${done.code}" is deleted:`,
    `  ${done.users} users and ${done.tombstones} deleted ones, --customers ${done.customers}`,
    `  ${done.deactivated} customers deactivated`,
    `  ${done.groups} groups removed; customers stay in the customer groups they are in`,
    `  ${done.tokens} tokens removed`,
    ...(done.dryRun ? ['Nothing was changed.'] : []),
  ].join('\n');

const remove = command('connection:delete', {
  describe: 'Delete a connection and its tokens; says what becomes of its customers, whose rows stay in any case',
  options: {
    code: { type: 'string', describe: 'Code of the connection', required: true },
    customers: {
      type: 'string',
      describe:
        'keep: they stay as they are, unmanaged; deactivate: they can no longer log in; transfer:<code>: another connection of the same website manages them',
      required: true,
    },
    dryRun: { type: 'boolean', describe: 'Say what would happen and change nothing' },
  },
  inject: {
    database: Database,
    customers: Customers,
    sessions: Sessions,
    activities: Activities,
    connections: Connections,
    tokens: Tokens,
    clock: Clock,
  },
  run: ({ code, customers, dryRun = false }, room) =>
    deleteConnection(room, { code, customers: readFate(customers), dryRun, settle: () => sleep(settleFor) }),
  print: (done) => say(done),
});

/** Commands of this room. */
export const provisioningCommands: readonly Command[] = [remove];
