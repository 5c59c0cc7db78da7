import { expect } from 'chai';
import { sql } from '../../modules/framework/index.ts';
import { type CommandLine, openCommandLine } from '../setup/command-line.ts';

describe('admin:user commands', () => {
  let line: CommandLine;
  before(async () => {
    line = await openCommandLine();
    const account = ['--user', 'anna', '--password', 'abcdefg1', '--email', 'anna@store.example'];
    expect(await line.run('admin:user:create', ...account)).to.include({ code: 0 });
  });
  after(() => line.close());

  const write = (statement: string) => line.onDatabase((database) => database.run({ sql: statement, values: [] }));

  it('list who there is', async () => {
    expect(await line.json('admin:user:list')).to.deep.equal([
      {
        id: 1,
        user: 'anna',
        email: 'anna@store.example',
        role: 'Administrators',
        active: true,
        lockedUntil: null,
        secondFactor: false,
        lastLogin: null,
      },
    ]);
    expect((await line.run('admin:user:list')).out).to.equal('anna\tanna@store.example\tAdministrators\tactive\n');
  });

  it('unlock an account', async () => {
    await write("UPDATE {admin_user} SET failures_num = 6, lock_expires = '2037-01-01 00:00:00'");
    expect(await line.run('admin:user:unlock', 'anna')).to.include({
      code: 0,
      out: 'The administrator "anna" can log in again.\n',
    });
    const row = await line.onDatabase((database) =>
      database.first(sql`SELECT failures_num, first_failure, lock_expires FROM {admin_user}`),
    );
    expect(row).to.deep.equal({ failures_num: 0, first_failure: null, lock_expires: null });
  });

  it('switch a second factor off, its recovery codes and the sessions with it', async () => {
    await write(
      "INSERT INTO {vestibule_admin_authenticator} (user_id, secret, confirmed_at, last_step) VALUES (1, 's', '2026-01-01 00:00:00', 1)",
    );
    await write("INSERT INTO {vestibule_admin_recovery_code} (user_id, digest) VALUES (1, 'd')");
    await write(
      "INSERT INTO {vestibule_admin_session} (hash, user_id, kind, stage, created_at, used_at, expires_at, confirmed_at) VALUES ('h', 1, 'browser', 'full', '2026-01-01 00:00:00', '2026-01-01 00:00:00', '2036-01-01 00:00:00', '2026-01-01 00:00:00')",
    );
    expect(await line.json('admin:user:reset-2fa', 'anna')).to.deep.equal({ user: 'anna', had: true });
    for (const table of ['authenticator', 'recovery_code', 'session']) {
      const rows = await line.onDatabase((database) =>
        database.all({ sql: `SELECT * FROM {vestibule_admin_${table}}`, values: [] }),
      );
      expect(rows, table).to.deep.equal([]);
    }
    expect((await line.run('admin:user:reset-2fa', 'anna')).out).to.equal('"anna" had no second factor.\n');
  });

  it('say whom they do not know, and where to look', async () => {
    for (const name of ['admin:user:unlock', 'admin:user:reset-2fa'])
      expect(await line.run(name, 'nobody')).to.include({
        code: 1,
        err: 'There is no administrator "nobody"; admin:user:list shows them.\n',
      });
  });
});
