import { type Command, command, Database, type Executor, sql } from '../../framework/index.ts';
import { NotificationError } from '../notification-error.ts';
import { type Invitation, Invitations } from './invitations.ts';

/** `customer:invite`: the activation mail, as the customers grid sends it. */
export const inviteCommand: Command = command('customer:invite', {
  describe: 'Mail a customer a link to set a password (a running server sends it within seconds)',
  options: {
    customer: { type: 'string', describe: 'Entity id or e-mail address', required: true, position: 0 },
  },
  inject: { database: Database, invitations: Invitations },
  run: ({ customer }, { database, invitations }): Promise<Invitation> =>
    database.transaction(async (tx) => invitations.invite(tx, await idOf(tx, customer), 'command line')),
  print: ({ customerId, email }) => `An activation mail to ${email} (customer ${customerId}) waits to be sent.`,
});

async function idOf(db: Executor, wanted: string): Promise<number> {
  if (/^\d{1,10}$/.test(wanted)) return Number(wanted);
  const rows = await db.all<{ entity_id: number; website_id: number | null }>(
    sql`SELECT entity_id, website_id FROM {customer_entity} WHERE email = ${wanted} ORDER BY entity_id LIMIT 20`,
  );
  const [only] = rows;
  if (!only) throw new NotificationError('CUSTOMER_UNKNOWN', `There is no customer "${wanted}".`);
  if (rows.length === 1) return only.entity_id;
  const ids = rows.map((row) => `${row.entity_id} (website ${row.website_id})`).join(', ');
  throw new NotificationError(
    'CUSTOMER_UNKNOWN',
    `Several customers have the address "${wanted}": ${ids}. Give an id.`,
  );
}
