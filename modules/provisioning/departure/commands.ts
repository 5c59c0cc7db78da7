import { type Command, command, UsageError } from '../../framework/index.ts';
import { type CustomerFate, type DeletedConnection, fateOf } from './delete-connection.ts';
import { ConnectionDepartures } from './departures.ts';

function readFate(text: string): CustomerFate {
  const fate = fateOf(text);
  if (fate) return fate;
  throw new UsageError('--customers is keep, deactivate or transfer:<code of another connection>.');
}

const say = (done: DeletedConnection): string =>
  [
    done.dryRun ? `This would delete the connection "${done.code}":` : `The connection "${done.code}" is deleted:`,
    `  ${done.users} users and ${done.tombstones} deleted ones, --customers ${done.customers}`,
    `  ${done.deactivated} customers deactivated`,
    `  ${done.groups} groups removed; customers stay in the customer groups they are in`,
    ...(done.protected > 0 ? [`  ${done.protected} customers are protected and stay as they are`] : []),
    `  ${[[done.tokens, 'tokens'], ...Object.entries(done.belongings).map(([label, n]) => [n, label])].map(([n, label]) => `${n} ${label}`).join(', ')} removed`,
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
  inject: { departures: ConnectionDepartures },
  run: ({ code, customers, dryRun = false }, { departures }) =>
    departures.delete({ code, customers: readFate(customers), dryRun }),
  print: (done) => say(done),
});

/** Commands of this room. */
export const provisioningCommands: readonly Command[] = [remove];
