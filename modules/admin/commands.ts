import { Clock, command, Database, hashPassword } from '../framework/index.ts';
import { Administrators, everything } from './administrator.ts';
import { checkPassword } from './password.ts';

/** `admin:user:create`, with Magento's option names. */
export const createUser = command('admin:user:create', {
  describe: 'Create an administrator',
  options: {
    user: { type: 'string', describe: 'User name to log in with', required: true },
    password: { type: 'string', describe: 'Password: 7 characters or more, letters and digits both', required: true },
    email: { type: 'string', describe: 'E-mail address', required: true },
    role: { type: 'string', describe: 'Role', default: everything },
  },
  inject: { database: Database, administrators: Administrators, clock: Clock },
  async run({ user, password, email, role }, { database, administrators, clock }) {
    checkPassword(password);
    const passwordHash = await hashPassword(password);
    return database.transaction((tx) => administrators.create(tx, { user, email, passwordHash, role }, clock.now()));
  },
  print: ({ user, role }) => `The administrator "${user}" was created with the role "${role}".`,
});
