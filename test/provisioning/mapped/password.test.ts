import { expect } from 'chai';
import type { MappingRow } from '../../../modules/attribute-mapping/index.ts';
import { Connections } from '../../../modules/connection/index.ts';
import { Passwords } from '../../../modules/customer/index.ts';
import { sql } from '../../../modules/framework/index.ts';
import { MappingPreview } from '../../../modules/provisioning/index.ts';
import { userSchema } from '../../../modules/scim/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { type MappedHost, openMappedHost } from './mapped-host.ts';

const secret = 'Canary-Passw0rd-1';
const other = 'Canary-Passw0rd-2';

onBothEngines('A password that comes with a user', (engine) => {
  let host: MappedHost;
  before(async () => {
    host = await openMappedHost(engine);
  });
  after(() => host.close());

  const opens = (id: string, password: string) =>
    host.host.resolve(Passwords).verify(host.database, Number(id), password);
  const row = (apply: 'always' | 'create' | 'if-empty'): MappingRow => ({
    id: 'password',
    type: 'direct',
    source: 'password',
    target: 'password',
    apply,
  });

  it('is passed over, and noted, where the policy takes none', async () => {
    for (const rows of [[], [row('always')]]) {
      const scim = await host.mapped(rows);
      const id = await scim.create(scim.user({ password: secret }));
      expect((await host.customer(id)).password_hash).to.equal(null);
      expect(JSON.stringify((await host.records())[0]))
        .to.contain('random-password')
        .and.not.contain(secret);
    }
  });

  it('opens the account where the policy takes it, and is nowhere to be read', async () => {
    const scim = await host.mapped([], { passwords: true });
    const answer = await scim.post(scim.user({ password: secret }));
    const id = String(answer.json.id);
    expect(answer.text).to.not.contain(secret);
    expect(await opens(id, secret)).to.equal(true);
    const documents = await host.rows(sql`SELECT document, shadow, search FROM {vestibule_user_document}`);
    expect(JSON.stringify([documents, await host.records()])).to.not.contain('Canary');
  });

  it('is changed by PUT and by PATCH, which is recorded without it', async () => {
    const scim = await host.mapped([], { passwords: true });
    const user = scim.user();
    const id = await scim.create(user);
    expect((await scim.put(id, { ...user, password: secret })).status).to.equal(200);
    expect(await opens(id, secret)).to.equal(true);
    expect((await scim.patch(id, { op: 'replace', path: 'password', value: other })).status).to.equal(200);
    expect(await opens(id, other)).to.equal(true);
    expect((await scim.patch(id, { op: 'replace', value: { password: secret, title: 'Baker' } })).status).to.equal(200);
    expect(await opens(id, secret)).to.equal(true);
    const [newest] = await host.records();
    expect(newest?.changed).to.include('password');
    expect(JSON.stringify(await host.records())).to.not.contain('Canary');
  });

  it('that is the same again ends no session and changes nothing', async () => {
    const scim = await host.mapped([], { passwords: true });
    const user = scim.user({ password: secret });
    const id = await scim.create(user);
    const before = await host.customer(id);
    host.advance(60);
    await scim.put(id, user);
    expect((await host.records())[0]?.outcome).to.equal('unchanged');
    expect(await host.customer(id)).to.deep.equal(before);
  });

  it('that is new ends sessions', async () => {
    const scim = await host.mapped([], { passwords: true });
    const user = scim.user({ password: secret });
    const id = await scim.create(user);
    const before = await host.customer(id);
    host.advance(60);
    await scim.put(id, { ...user, password: other });
    expect((await host.customer(id)).session_cutoff).to.not.deep.equal(before.session_cutoff);
  });

  it("that the store's policy does not take is 400 and says what it lacks", async () => {
    const scim = await host.mapped([], { passwords: true });
    const { status, json, text } = await scim.post(scim.user({ password: 'canary' }));
    expect(status).to.equal(400);
    expect(json.detail).to.contain('at least 8 characters');
    expect(text).to.not.contain('canary');
  });

  it('follows the row\'s "create" and "if-empty"', async () => {
    const once = await host.mapped([row('create')], { passwords: true });
    const user = once.user({ password: secret });
    const id = await once.create(user);
    await once.put(id, { ...user, password: other });
    expect(await opens(id, secret)).to.equal(true);
    const without = once.user();
    const withoutId = await once.create(without);
    await once.put(withoutId, { ...without, password: secret });
    expect((await host.customer(withoutId)).password_hash).to.equal(null);

    const ifEmpty = await host.mapped([row('if-empty')], { passwords: true });
    const empty = ifEmpty.user();
    const emptyId = await ifEmpty.create(empty);
    await ifEmpty.put(emptyId, { ...empty, password: secret });
    await ifEmpty.put(emptyId, { ...empty, password: other });
    expect(await opens(emptyId, secret)).to.equal(true);
  });

  it('is not given to a shopper who is taken over, nor is it tried on anybody else', async () => {
    const scim = await host.mapped([], { passwords: true });
    const whole = scim.user({ password: secret });
    const [{ value }] = whole.emails as [{ value: string }];
    const user = { ...whole, userName: value };
    const shopper = String(await host.shopper(value));
    expect((await scim.put(shopper, user)).status).to.equal(200);
    expect((await host.customer(shopper)).password_hash).to.equal(null);
    expect(JSON.stringify((await host.records())[0])).to.contain('Its password stays');
  });

  it('is hashed two at a time, whoever sends them', async () => {
    const clients = [await host.mapped([], { passwords: true }), await host.mapped([], { passwords: true })];
    const users = Array.from({ length: 5 }, (_, i) => clients[i % 2]?.user({ password: secret }) ?? {});
    const passwords = host.host.resolve(Passwords);
    const { check, hash } = passwords;
    const made = await passwords.hash(secret);
    let [checked, working, most] = [0, 0, 0];
    let open = () => {};
    const everybodyIsThere = new Promise<void>((resolve) => {
      open = resolve;
    });
    Object.assign(passwords, {
      check: async () => {
        if (++checked === users.length) setImmediate(open);
      },
      hash: async () => {
        most = Math.max(most, ++working);
        await everybodyIsThere;
        working--;
        return made;
      },
    });
    try {
      const answers = await Promise.all(users.map((user, i) => clients[i % 2]?.post(user)));
      expect(answers.map((answer) => answer?.status)).to.deep.equal(users.map(() => 201));
    } finally {
      Object.assign(passwords, { check, hash });
    }
    expect(most).to.equal(2);
  });

  it('comes with whoever comes back', async () => {
    const scim = await host.mapped([], { passwords: true });
    const user = scim.user();
    await scim.delete(await scim.create(user));
    const revived = await scim.post({ ...user, password: secret });
    expect(revived.status).to.equal(201);
    expect(await opens(String(revived.json.id).split('-')[0] ?? '', secret)).to.equal(true);
    const id = String(revived.json.id);
    await scim.patch(id, { op: 'replace', path: 'active', value: false });
    const again = await scim.post({ ...user, password: other });
    expect(again.json.id).to.equal(id);
    expect(await opens(id.split('-')[0] ?? '', other)).to.equal(true);
  });

  it('is announced by a preview, which neither shows it nor makes a hash of it', async () => {
    const scim = await host.mapped([], { passwords: true });
    const connection = await host.host.resolve(Connections).byCode(host.database, scim.code);
    const preview = (password: string) =>
      host.host
        .resolve(MappingPreview)
        .preview({ connection, body: { schemas: [userSchema.id], ...scim.user({ password }) } });
    const told = JSON.stringify(await preview(secret));
    expect(told).to.contain('The password that came along would be set');
    expect(told).to.not.contain('Canary').and.not.contain(':3_32_2_67108864');
    expect((await preview('canary')).status).to.equal(400);
  });
});
