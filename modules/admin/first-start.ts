import { Clock, Database, Environment, hashPassword, onFirstStart } from '../framework/index.ts';
import { Administrators, everything } from './administrator.ts';
import { generatePassword } from './password.ts';

/** On the very first start of a store without administrators: one that may do everything, with a password of its own. */
export const firstAdministrator = onFirstStart(
  'admin.first-administrator',
  { database: Database, administrators: Administrators, environment: Environment, clock: Clock },
  async ({ database, administrators, environment, clock }, tell) => {
    tell('Admin URL', `${environment.baseUrl}/admin`);
    if ((await administrators.count(database)) > 0) return;
    const password = generatePassword();
    const passwordHash = await hashPassword(password);
    const made = { user: 'admin', email: 'admin@store.invalid', passwordHash, role: everything };
    await database.transaction((tx) => administrators.create(tx, made, clock.now()));
    tell('Admin user', made.user);
    tell('Admin password', password);
  },
);
