import { expect } from 'chai';
import { type AdministratorError, Administrators } from '../../modules/admin/index.ts';
import admin from '../../modules/admin/module.ts';
import { checkPassword, generatePassword } from '../../modules/admin/password.ts';
import { createTestHost, digestOf, parseHash, sql, type TestHost } from '../../modules/framework/index.ts';
import { type OpenedDatabase, onBothEngines } from '../setup/databases.ts';
import { visitor } from './visitor.ts';

const codeOf = async (promise: Promise<unknown>): Promise<string | undefined> =>
  promise.then(
    () => undefined,
    (error: AdministratorError) => error.code,
  );

onBothEngines('Administrators', (engine) => {
  let opened: OpenedDatabase;
  let host: TestHost;
  let url: string;
  let told: readonly { label: string; value: string }[];

  before(async () => {
    opened = await engine.open({ migrated: true });
    host = await createTestHost({ modules: [admin], database: opened.database });
    ({ url, told } = await host.host.listen());
  });
  after(async () => {
    await host.close();
    await opened.dispose();
  });

  const said = (label: string) => told.find((line) => line.label === label)?.value ?? '';
  const create = (user: string, role = 'Administrators') =>
    opened.database.transaction((tx) =>
      host
        .resolve(Administrators)
        .create(
          tx,
          { user, email: `${user}@x.example`, passwordHash: 'h:s:1', role },
          new Date('2026-01-02T03:04:05Z'),
        ),
    );

  it('begin with one on the first start, whose password is told once and stored as Argon2id', async () => {
    expect(said('Admin user')).to.equal('admin');
    const row = await opened.database.first<{ password: string }>(
      sql`SELECT password FROM {admin_user} WHERE username = ${'admin'}`,
    );
    const stored = parseHash(row?.password ?? '');
    expect(stored?.outdated).to.equal(false);
    expect(stored && (await digestOf(stored, said('Admin password')))).to.equal(stored?.hash);
  });

  it('have a role row of their own under the group they belong to, as Magento writes it', async () => {
    const { id } = await create('grace');
    const role = await opened.database.first(
      sql`SELECT parent_id, tree_level, role_type, user_type, role_name FROM {authorization_role} WHERE user_id = ${id}`,
    );
    expect(role).to.deep.equal({ parent_id: 1, tree_level: 2, role_type: 'U', user_type: '2', role_name: 'grace' });
    const user = await opened.database.first(sql`SELECT created, is_active FROM {admin_user} WHERE user_id = ${id}`);
    expect(user).to.deep.equal({ created: '2026-01-02 03:04:05', is_active: 1 });
  });

  it('are refused by name when the user exists, and nothing is left half-made', async () => {
    await create('twice');
    expect(await codeOf(create('twice'))).to.equal('ADMIN_USER_EXISTS');
    const rows = await opened.database.all(sql`SELECT role_id FROM {authorization_role} WHERE role_name = ${'twice'}`);
    expect(rows).to.have.length(1);
  });

  it('are refused with an unknown role or an impossible name', async () => {
    expect(await codeOf(create('lost', 'Nobody'))).to.equal('ADMIN_ROLE_UNKNOWN');
    expect(await codeOf(create('two words'))).to.equal('ADMIN_USER_INVALID');
  });

  it('log in with the password that was told, at the address that was told', async () => {
    expect(said('Admin URL')).to.match(/\/admin$/);
    const browser = visitor(url);
    expect((await browser.get('/admin')).location).to.equal('/admin/login?back=%2Fadmin');
    expect((await browser.logIn(said('Admin user'), said('Admin password'))).location).to.equal('/admin');
    expect((await browser.get('/admin')).text)
      .to.include('Dashboard')
      .and.not.include(said('Admin password'));
  });
});

describe('A password for an administrator', () => {
  it('that was generated passes the rule for those that are chosen', () => {
    for (let i = 0; i < 200; i++) expect(() => checkPassword(generatePassword())).not.to.throw();
  });

  it('needs seven characters, letters and digits both', () => {
    for (const weak of ['abc12', 'abcdefgh', '12345678', ''])
      expect(() => checkPassword(weak), weak).to.throw(/too weak/);
    expect(() => checkPassword('abcdef1')).not.to.throw();
  });
});
