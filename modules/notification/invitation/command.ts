import { CustomerOwners } from '../../customer/index.ts';
import {
  Clock,
  type Command,
  type CommandIo,
  command,
  Database,
  type Executor,
  sql,
  UsageError,
} from '../../framework/index.ts';
import { NotificationError } from '../notification-error.ts';
import { Onboarding, type OnboardingState, onboardingStates } from '../onboarding/onboarding.ts';
import { Invitations } from './invitations.ts';
import { type InvitationKind, invitationKinds, type LeftOut } from './selection.ts';
import { type Invited, inviteMany, type Wanted } from './walk.ts';

/** `customer:invite`: the activation mail, or a welcome, as the customers grid sends it; to some, or to all in a state. */
export const inviteCommand: Command = command('customer:invite', {
  describe: 'Mail customers a link to set a password, or a welcome (a running server sends it within seconds)',
  options: {
    customer: { type: 'string', describe: 'Entity ids or e-mail addresses', position: 0, many: true },
    state: {
      type: 'string',
      describe: 'All whose onboarding is in one of these states, such as not-invited',
      choices: onboardingStates,
      many: true,
    },
    managed: { type: 'boolean', describe: 'With --state: only those that an identity provider manages' },
    website: { type: 'string', describe: 'With --state: only those of the website with this code' },
    limit: { type: 'number', describe: 'With --state: so many mails at most' },
    mail: { type: 'string', describe: 'Which mail', choices: invitationKinds, default: 'activation' },
    dryRun: { type: 'boolean', describe: 'Say who would be mailed, and mail nobody' },
  },
  inject: {
    database: Database,
    invitations: Invitations,
    onboarding: Onboarding,
    owners: CustomerOwners,
    clock: Clock,
  },
  async run(options, room, io: CommandIo): Promise<Invited> {
    const { customer = [], state = [], managed, website, limit } = options;
    const kind = options.mail as InvitationKind;
    const dry = options.dryRun === true;
    if ((customer.length === 0) === (state.length === 0))
      throw new UsageError('Give customers, or --state with the states of those to be mailed.');
    if (state.length > 0) {
      const states = new Set(state as readonly OnboardingState[]);
      const wanted: Wanted = { states, managed: managed === true, website, limit, kind, dry };
      return inviteMany(room, wanted, (text) => io.tell(text));
    }
    if (managed || website !== undefined || limit !== undefined)
      throw new UsageError('--managed, --website and --limit go with --state.');
    const { database, invitations } = room;
    return database.transaction(async (tx) => {
      const ids: number[] = [];
      for (const one of customer) ids.push(await idOf(tx, one));
      const asking = { actor: 'command line', kind };
      const { invited, leftOut } = dry
        ? await invitations.consider(tx, ids, kind)
        : await invitations.inviteAll(tx, ids, asking);
      const [only] = leftOut;
      if (only && ids.length === 1) throw new NotificationError('NOT_INVITED', sentence(only));
      const reasons = leftOut.map(sentence);
      const customers = invited.map(({ customerId, email }) => ({ customerId, email }));
      return { dryRun: dry, invited: invited.length, leftOut: leftOut.length, reasons, customers };
    });
  },
  print: ({ dryRun, invited, leftOut, reasons, customers = [] }, { mail }) => {
    const [only] = customers;
    if (only && customers.length === 1 && leftOut === 0 && !dryRun)
      return `${mail === 'activation' ? 'An activation' : 'A welcome'} mail to ${only.email} (customer ${only.customerId}) waits to be sent.`;
    return [
      `${invited} ${invited === 1 ? 'mail' : 'mails'} ${dryRun ? 'would be queued' : 'queued'}${leftOut === 0 ? '.' : `, ${leftOut} left out:`}`,
      ...reasons.map((reason) => `  ${reason}`),
    ].join('\n');
  },
  exitCode: ({ invited, leftOut }) => (invited === 0 && leftOut > 0 ? 1 : 0),
});

const sentence = ({ customerId, why, unknown }: LeftOut): string =>
  unknown ? `There is no customer ${customerId}.` : `The customer ${customerId} ${why}`;

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
