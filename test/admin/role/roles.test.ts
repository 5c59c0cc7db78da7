import { expect } from 'chai';
import { type AdministratorError, Administrators } from '../../../modules/admin/index.ts';
import { Roles } from '../../../modules/admin/role/role.ts';
import { countStatements, sql } from '../../../modules/framework/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { type Administration, openAdministration } from '../administration.ts';

const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'done',
    (error: AdministratorError) => error.code,
  );

onBothEngines('Roles', (engine) => {
  let store: Administration;
  let admin: number;
  let anna: number;
  before(async () => {
    store = await openAdministration(engine);
    const ids = await store.database.all<{ user_id: number }>(sql`SELECT user_id FROM {admin_user} ORDER BY user_id`);
    [admin = 0, anna = 0] = ids.map(({ user_id }) => user_id);
  });
  after(() => store.close());

  const roles = () => store.host.resolve(Roles);
  const administrators = () => store.host.resolve(Administrators);
  const create = (name: string, resources: readonly string[] = [], everything = false) =>
    store.database.transaction((tx) => roles().create(tx, { name, everything, resources }));
  const setRole = (id: number, roleId: number) =>
    store.database.transaction((tx) => administrators().change(tx, id, { roleId }, store.clock.at));
  const rules = (id: number) =>
    store.database.all(
      sql`SELECT resource_id, permission FROM {authorization_rule} WHERE role_id = ${id} ORDER BY resource_id`,
    );

  it('are written as Magento writes them', async () => {
    const id = await create('Clerk', ['admin::users']);
    expect(
      await store.database.first(
        sql`SELECT parent_id, tree_level, sort_order, role_type, user_id, user_type, role_name FROM {authorization_role} WHERE role_id = ${id}`,
      ),
    ).to.deep.equal({
      parent_id: 0,
      tree_level: 1,
      sort_order: 0,
      role_type: 'G',
      user_id: 0,
      user_type: '2',
      role_name: 'Clerk',
    });
    expect(await rules(id)).to.deep.equal([{ resource_id: 'admin::users', permission: 'allow' }]);
  });

  it("leave alone what Magento's own resources say", async () => {
    const id = await create('Mixed', ['admin::users']);
    await store.database.run(
      sql`INSERT INTO {authorization_rule} (role_id, resource_id, privileges, permission) VALUES (${id}, ${'Magento_Sales::sales'}, ${null}, ${'allow'})`,
    );
    await store.database.transaction((tx) =>
      roles().change(tx, id, { name: 'Mixed', everything: false, resources: ['admin::modules'] }),
    );
    expect(await rules(id)).to.have.deep.members([
      { resource_id: 'admin::modules', permission: 'allow' },
      { resource_id: 'Magento_Sales::sales', permission: 'allow' },
    ]);
  });

  it('refuse a second of the same name, an empty name and a resource that nobody declares', async () => {
    await create('Once');
    for (const [name, resources] of [
      ['Once', []],
      ['', []],
      ['Strange', ['nobody::knows']],
    ] as const)
      expect(await codeOf(create(name, resources)), name).to.equal('ADMIN_ROLE_INVALID');
  });

  it('are not deleted while somebody has them', async () => {
    const id = await create('Worn');
    const user = await store.make('wearer', 'Worn');
    const remove = () => codeOf(store.database.transaction((tx) => roles().remove(tx, id)));
    expect(await remove()).to.equal('ADMIN_ROLE_USED');
    await store.database.transaction((tx) => administrators().remove(tx, user));
    expect(await remove()).to.equal('done');
    expect(await remove()).to.equal('ADMIN_ROLE_UNKNOWN');
  });

  it('never leave the store without somebody active who may do everything', async () => {
    const less = await create('Less', ['admin::users']);
    await setRole(admin, less);
    const change = (what: object) =>
      codeOf(store.database.transaction((tx) => administrators().change(tx, anna, what, store.clock.at)));
    expect(await change({ active: false })).to.equal('ADMIN_LAST');
    expect(await change({ roleId: less })).to.equal('ADMIN_LAST');
    expect(await codeOf(store.database.transaction((tx) => administrators().remove(tx, anna)))).to.equal('ADMIN_LAST');
    const narrowed = store.database.transaction((tx) =>
      roles().change(tx, 1, { name: 'Administrators', everything: false, resources: ['admin::users'] }),
    );
    expect(await codeOf(narrowed)).to.equal('ADMIN_LAST');
    expect(await administrators().find(store.database, anna)).to.include({ active: true, role: 'Administrators' });
    await setRole(admin, 1);
  });

  it('never let two last administrators leave at the same moment', async () => {
    const others = await store.database.all<{ user_id: number }>(
      sql`SELECT user_id FROM {authorization_role} WHERE parent_id = 1 AND user_id NOT IN (${admin}, ${anna})`,
    );
    expect(others).to.deep.equal([]);
    const { statements, stop } = countStatements(store.database);
    const leave = (id: number, before = async () => {}) =>
      codeOf(
        store.database.transaction(async (tx) => {
          await administrators().change(tx, id, { active: false }, store.clock.at);
          await before();
        }),
      );
    // Where two can write at once, the first one commits only when the second one waits for it (or is through).
    let over = engine.name === 'sqlite';
    const waits = () => statements.filter((text) => /FOR UPDATE/.test(text)).length > 1;
    let changed = () => {};
    const hasChanged = new Promise<void>((resolve) => {
      changed = resolve;
    });
    const first = leave(admin, async () => {
      changed();
      while (!over && !waits()) await new Promise(setImmediate);
    });
    await hasChanged;
    const second = leave(anna).finally(() => {
      over = true;
    });
    expect([await first, await second]).to.deep.equal(['done', 'ADMIN_LAST']);
    stop();
    await store.database.run(sql`UPDATE {admin_user} SET is_active = 1`);
  });

  it('let nobody delete or switch off the own account, as in Magento', async () => {
    const browser = await store.enter();
    const home = `/admin/users/${anna}`;
    expect((await browser.get(home)).text).not.to.include(`${home}/delete`);
    expect((await browser.send(home, {}, `${home}/delete`)).location).to.equal(home);
    expect((await browser.get(home)).text).to.include('You cannot delete your own account');
    const fields = { user: 'anna', firstName: 'A', lastName: 'N', email: 'anna@store.example', role: '1' };
    expect((await browser.send(home, fields)).text).to.include('You cannot switch off your own account');
    expect((await browser.get(`/admin/users/${admin}`)).text).to.include(`/admin/users/${admin}/delete`);
    expect(await administrators().find(store.database, anna)).to.include({ active: true });
  });

  it('are found in the menu by those who may see nothing else of users', async () => {
    await create('Clerk of roles', ['admin::roles']);
    await store.make('rolf', 'Clerk of roles');
    const entry = async (user: string, path: string) =>
      /<a href="([^"]+)"([^>]*)><svg[^>]*>(?:(?!<svg).)*?<\/svg>Users &amp; Roles/.exec(
        (await (await store.enter(user)).get(path)).text,
      );
    expect((await entry('rolf', '/admin'))?.[1]).to.equal('/admin/roles');
    expect((await entry('anna', '/admin'))?.[1]).to.equal('/admin/users');
    for (const path of ['/admin/users', '/admin/roles', '/admin/roles/1', '/admin/sessions'])
      expect((await entry('anna', path))?.[2], path).to.include('aria-current="page"');
  });

  it('give away no more than one has oneself', async () => {
    await create('Staff', ['admin::users', 'admin::roles', 'admin::modules']);
    await store.make('chief', 'Staff');
    const chief = await store.enter('chief');
    const account = {
      user: 'friend',
      firstName: 'F',
      lastName: 'R',
      email: 'f@store.example',
      active: '1',
      password: 'abcdefg1',
    };
    expect((await chief.send('/admin/users/new', { ...account, role: '1' })).status).to.equal(403);
    expect((await chief.send('/admin/roles/new', { name: 'Own', access: 'everything' })).text).to.include(
      'only what your own role allows',
    );
    const more = { name: 'Own', access: 'chosen', resource: 'admin::config' };
    expect((await chief.send('/admin/roles/new', more)).status).to.equal(422);
    expect((await chief.send('/admin/roles/new', { ...more, resource: 'admin::modules' })).status).to.equal(303);
    expect((await chief.get(`/admin/users/${anna}`)).status).to.equal(403);
    const takeOver = { ...account, user: 'anna', role: '1', password: 'Taken-over-1' };
    expect((await chief.send('/admin/users/new', takeOver, `/admin/users/${anna}`)).status).to.equal(403);
    expect((await chief.send('/admin/users/new', {}, `/admin/users/${anna}/reset-2fa`)).status).to.equal(403);
  });
});
