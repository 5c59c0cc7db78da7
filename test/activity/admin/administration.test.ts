import { expect } from 'chai';
import { Administrators } from '../../../modules/admin/index.ts';
import { Roles } from '../../../modules/admin/role/role.ts';
import { hashPassword, sql } from '../../../modules/framework/index.ts';
import { type BrowserVisitor, visitor } from '../../admin/visitor.ts';
import { type AdministeredHost, openAdministeredHost } from '../../setup/administered-host.ts';
import { onBothEngines } from '../../setup/databases.ts';

const password = 'Tandem-Kettle-42';

onBothEngines('What administrators do in the shell', (engine) => {
  let host: AdministeredHost;
  let anna: BrowserVisitor;
  before(async () => {
    host = await openAdministeredHost(engine);
    const passwordHash = await hashPassword(password);
    await host.database.transaction((tx) => {
      const made = { user: 'boris', email: 'boris@store.example', passwordHash, role: 'Administrators' };
      return host.host.resolve(Administrators).create(tx, made, host.now());
    });
    anna = await host.enter();
  });
  after(() => host.close());

  const last = async () => (await host.records())[0];

  it('is recorded: log-ins that succeed and that fail, with the lock-out they lead to', async () => {
    const boris = visitor(host.url);
    await boris.logIn('boris', password);
    expect(await last()).to.include({ operation: 'admin.login', outcome: 'done', actor: 'boris', status: 200 });
    await boris.send('/admin', {}, '/admin/logout');
    expect(await last()).to.include({ operation: 'admin.logout', actor: 'boris' });
    const stranger = visitor(host.url);
    await stranger.logIn('hunter2secret', 'wrong');
    const unknown = await last();
    expect(unknown).to.include({ operation: 'admin.login', outcome: 'refused', actor: 'somebody unknown' });
    expect(JSON.stringify(unknown)).not.to.include('hunter2secret');
    for (let at = 0; at < 6; at++) await stranger.logIn('boris', 'wrong');
    expect(await last()).to.include({ outcome: 'refused', subject: 'boris', status: 401 });
    expect((await last())?.notes).to.include('The account is locked for now.');
  });

  it('is recorded: users, roles and sessions, with what changed and never a password', async () => {
    const { id: role } = (await host.host.resolve(Roles).list(host.database))[0] ?? { id: 0 };
    const carl = { user: 'carl', email: 'carl@store.example', firstName: 'Carl', lastName: 'C', role: String(role) };
    const made = await anna.send('/admin/users/new', { ...carl, password, active: '1' });
    expect(made.location).to.match(/\/admin\/users\/\d+/);
    const created = await last();
    expect(created).to.include({ operation: 'admin.user-create', actor: 'anna1', subject: 'carl' });
    expect(created?.notes).to.deep.equal(['A password was set.']);
    expect(JSON.stringify(created)).not.to.include(password);
    const home = made.location ?? '';
    await anna.send(home, { ...carl, lastName: 'Carlson', active: '1' });
    expect((await last())?.modified).to.deep.equal([{ attribute: 'lastName', before: 'C', after: 'Carlson' }]);
    for (const act of ['unlock', 'end-sessions', 'reset-2fa']) {
      await anna.send(home, {}, `${home}/${act}`);
      expect(await last()).to.include({ operation: `admin.user-${act}`, subject: 'carl' });
    }
    await anna.send(`${home}/delete`, {});
    expect(await last()).to.include({ operation: 'admin.user-delete', subject: 'carl', actor: 'anna1' });
    const keeper = { name: 'Keeper', access: 'chosen', resource: ['customer::view'] };
    const { location } = await anna.send('/admin/roles/new', keeper);
    expect(await last()).to.include({ operation: 'admin.role-create', subject: 'Keeper' });
    expect((await last())?.modified).to.deep.include({ attribute: 'allows', before: null, after: 'customer::view' });
    await anna.send(`${location}/delete`, {});
    expect(await last()).to.include({ operation: 'admin.role-delete' });
    await host.enter();
    const session = await host.row<{ id: number }>(sql`SELECT MAX(session_id) AS id FROM {vestibule_admin_session}`);
    await anna.send('/admin/sessions', { session: String(session.id) }, '/admin/account/sessions/end');
    expect(await last()).to.include({ operation: 'admin.session-end', subject: 'anna2' });
  });

  it('is recorded: values of the configuration before and after, of secrets only that they changed', async () => {
    const path = 'admin/security/lockout_failures';
    await anna.send('/admin/configuration/admin', { [path]: '9' });
    const done = await last();
    expect(done).to.include({ operation: 'admin.configuration', subject: 'admin', actor: 'anna1' });
    expect(done?.modified).to.deep.equal([{ attribute: path, before: '6', after: '9' }]);
    const report = await anna.get('/admin/reports/provisioning?action=admin.configuration');
    expect(report.text).to.include('admin.configuration').and.include('anna1');
  });
});
