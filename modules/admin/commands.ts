import { Clock, CommandError, command, Database, hashPassword, operator } from '../framework/index.ts';
import { unlock } from './access/lock-out.ts';
import { SecondFactors } from './access/second-factor.ts';
import { Sessions } from './access/session.ts';
import { type AdministrativeAct, AdministrativeActs } from './act/act.ts';
import { Administrators, everything } from './administrator.ts';
import { checkPassword } from './password.ts';

const byCommand = (operation: AdministrativeAct['operation'], subject: string): AdministrativeAct => ({
  operation,
  outcome: 'done',
  by: operator(),
  subject,
});

/** `admin:user:create`, with Magento's option names. */
export const createUser = command('admin:user:create', {
  describe: 'Create an administrator',
  options: {
    user: { type: 'string', describe: 'User name to log in with', required: true },
    password: { type: 'string', describe: 'Password: 7 characters or more, letters and digits both', required: true },
    email: { type: 'string', describe: 'E-mail address', required: true },
    role: { type: 'string', describe: 'Role', default: everything },
  },
  inject: { database: Database, administrators: Administrators, clock: Clock, acts: AdministrativeActs },
  async run({ user, password, email, role }, { database, administrators, clock, acts }) {
    checkPassword(password);
    const passwordHash = await hashPassword(password);
    return database.transaction(async (tx) => {
      const made = await administrators.create(tx, { user, email, passwordHash, role }, clock.now());
      await acts.inside(tx, byCommand('admin.user-create', user));
      return made;
    });
  },
  print: ({ user, role }) => `The administrator "${user}" was created with the role "${role}".`,
});

const user = { type: 'string', describe: 'User name', required: true, position: 0 } as const;

async function named(administrators: Administrators, database: Database, name: string) {
  const account = await administrators.byName(database, name);
  if (account) return account;
  throw new CommandError(`There is no administrator "${name}"; admin:user:list shows them.`);
}

/** `admin:user:unlock <username>`, as Magento's. */
export const unlockUser = command('admin:user:unlock', {
  describe: 'Lift the lock-out of an administrator',
  options: { user },
  inject: { database: Database, administrators: Administrators, acts: AdministrativeActs },
  async run({ user: name }, { database, administrators, acts }) {
    const account = await named(administrators, database, name);
    await unlock(database, account.id);
    await acts.told(byCommand('admin.user-unlock', account.user));
    return { user: account.user };
  },
  print: (result) => `The administrator "${result.user}" can log in again.`,
});

/** `admin:user:list`. */
export const listUsers = command('admin:user:list', {
  describe: 'List the administrators',
  inject: { database: Database, administrators: Administrators },
  async run(_options, { database, administrators }) {
    const accounts = await administrators.list(database, { sort: 'user', order: 'asc', limit: 1000 });
    return accounts.map(({ id, user: name, email, role, active, lockedUntil, secondFactor, lastLogin }) => {
      return { id, user: name, email, role, active, lockedUntil, secondFactor, lastLogin };
    });
  },
  print: (accounts) =>
    accounts
      .map(({ user: name, email, role, active, secondFactor }) =>
        [name, email, role || 'no role', active ? 'active' : 'inactive', secondFactor ? 'second factor' : '']
          .join('\t')
          .trim(),
      )
      .join('\n'),
});

/** `admin:user:reset-2fa <username>`: for somebody who has lost both the app and the recovery codes. */
export const resetSecondFactor = command('admin:user:reset-2fa', {
  describe: "Switch off an administrator's second factor, and end their sessions",
  options: { user },
  inject: {
    database: Database,
    administrators: Administrators,
    secondFactors: SecondFactors,
    sessions: Sessions,
    acts: AdministrativeActs,
  },
  async run({ user: name }, { database, administrators, secondFactors, sessions, acts }) {
    const account = await named(administrators, database, name);
    const had = await database.transaction(async (tx) => {
      await sessions.closeAll(tx, account.id);
      await acts.inside(tx, byCommand('admin.user-reset-2fa', account.user));
      return secondFactors.remove(tx, account.id);
    });
    return { user: account.user, had };
  },
  print: ({ user: name, had }) =>
    had ? `The second factor of "${name}" is off; sessions have ended.` : `"${name}" had no second factor.`,
});
