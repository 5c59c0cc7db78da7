import { expect } from 'chai';
import { Activities } from '../../modules/activity/index.ts';
import { Belongings, Connections, Tokens } from '../../modules/connection/index.ts';
import { Customers, ourLock, Sessions } from '../../modules/customer/index.ts';
import { Clock, Events, raw, sql } from '../../modules/framework/index.ts';
import {
  type CustomerFate,
  type DeletedConnection,
  deleteConnection,
} from '../../modules/provisioning/departure/delete-connection.ts';
import { groupClient } from '../provisioning/group/group-client.ts';
import { openHost, type ScimHost } from '../provisioning/host.ts';
import { onBothEngines } from '../setup/databases.ts';
import { refusalOf } from './room.ts';

onBothEngines('Deleting a connection', (engine) => {
  let host: ScimHost;
  let connections: Connections;
  before(async () => {
    host = await openHost(engine);
    connections = host.host.resolve(Connections);
  });
  after(() => host.close());

  function remove(
    code: string,
    customers: CustomerFate,
    more: { dryRun?: boolean; settle?: () => Promise<void> } = {},
  ): Promise<DeletedConnection> {
    const room = {
      database: host.database,
      customers: host.host.resolve(Customers),
      sessions: host.host.resolve(Sessions),
      activities: host.host.resolve(Activities),
      connections,
      tokens: host.host.resolve(Tokens),
      belongings: host.host.resolve(Belongings),
      clock: host.host.resolve(Clock),
      events: host.host.resolve(Events),
    };
    const settle = async () => host.advance(5);
    return deleteConnection(room, { code, customers, dryRun: false, settle, ...more });
  }

  const user = (name: string) => ({
    userName: `${name}@example.com`,
    externalId: `x-${name}`,
    displayName: name,
    emails: [{ value: `${name}@example.com`, type: 'work', primary: true }],
  });

  /** A connection with two users, one of them deactivated, and a third that was deleted. */
  async function staffed(code: string) {
    const scim = await host.connect(code);
    const ids = {
      on: await scim.create(user(`${code}-on`)),
      off: await scim.create({ ...user(`${code}-off`), active: false }),
      gone: await scim.create(user(`${code}-gone`)),
    };
    await scim.delete(ids.gone);
    return { scim, ids, connection: await connections.byCode(host.database, code) };
  }
  const rowsOf = async (connectionId: number) => {
    const tables = [
      sql`SELECT customer_id FROM {vestibule_user} WHERE connection_id = ${connectionId}`,
      sql`SELECT customer_id FROM {vestibule_user_email} WHERE connection_id = ${connectionId}`,
      sql`SELECT customer_id FROM {vestibule_user_document} WHERE connection_id = ${connectionId}`,
    ];
    return Promise.all(tables.map(async (query) => (await host.rows(query)).length));
  };
  /** Everything that a deletion might change, in one text. */
  const everything = async () =>
    JSON.stringify([
      await host.rows(sql`SELECT * FROM {vestibule_connection} ORDER BY connection_id`),
      await host.rows(
        sql`SELECT token_id, connection_id, revoked_at FROM {vestibule_connection_token} ORDER BY token_id`,
      ),
      await host.rows(sql`SELECT * FROM {customer_entity} ORDER BY entity_id`),
      await host.rows(sql`SELECT * FROM {vestibule_user_document} ORDER BY customer_id`),
      await host.rows(sql`SELECT customer_id, connection_id, is_deleted FROM {vestibule_user} ORDER BY customer_id`),
      await host.records(),
    ]);
  const gone = async (code: string) => (await refusalOf(connections.byCode(host.database, code))).code;

  it('can keep its customers as they are, managed by nobody', async () => {
    const { scim, ids, connection } = await staffed('keep');
    const before = await Promise.all(Object.values(ids).map((id) => host.customer(id)));
    expect(await remove('keep', { kind: 'keep' })).to.deep.include({
      code: 'keep',
      customers: 'keep',
      dryRun: false,
      users: 2,
      tombstones: 1,
      groups: 0,
      deactivated: 0,
      tokens: 1,
    });
    expect(await Promise.all(Object.values(ids).map((id) => host.customer(id)))).to.deep.equal(before);
    expect(await rowsOf(connection.id)).to.deep.equal([0, 0, 0]);
    expect(await gone('keep')).to.equal('CONNECTION_UNKNOWN');
    expect((await scim.get(`/Users/${ids.on}`)).status).to.equal(401);
  });

  it('takes its groups along and leaves customers in the customer groups they are in', async () => {
    for (const [code, fate] of [
      ['grouped', { kind: 'keep' }],
      ['moved', { kind: 'transfer', to: 'taker' }],
    ] as const) {
      if (fate.kind === 'transfer') await host.connect('taker');
      const { scim, ids, connection } = await staffed(code);
      const groups = groupClient(scim);
      const inner = await groups.create({ displayName: `${code} inner`, members: [{ value: ids.on }] });
      await groups.create({ displayName: `${code} outer`, members: [{ value: inner }, { value: ids.off }] });
      const before = await host.customer(ids.on);
      expect(before).to.include({ disable_auto_group_change: 1 });
      expect(await remove(code, fate)).to.deep.include({ groups: 2 });
      expect(await host.customer(ids.on)).to.deep.equal(before);
      for (const table of ['vestibule_group', 'vestibule_group_guard'])
        expect(
          await host.rows(sql`SELECT * FROM ${raw(`{${table}}`)} WHERE connection_id = ${connection.id}`),
        ).to.deep.equal([]);
      for (const table of ['vestibule_group_member', 'vestibule_group_nesting', 'vestibule_group_closure'])
        expect(await host.rows(sql`SELECT * FROM ${raw(`{${table}}`)}`), table).to.deep.equal([]);
      const remembered = await host.rows(
        sql`SELECT customer_id FROM {vestibule_customer_group_assignment} WHERE customer_id = ${Number(ids.on)}`,
      );
      expect(remembered).to.have.length(fate.kind === 'keep' ? 0 : 1);
    }
  });

  it('leaves customers that another connection can take over', async () => {
    const { ids } = await staffed('adopt');
    await remove('adopt', { kind: 'keep' });
    const heir = await host.connect('heir');
    expect((await heir.put(ids.on, user('adopt-on'))).status).to.equal(200);
    expect((await heir.put(ids.off, { ...user('adopt-off'), active: true })).status).to.equal(200);
    expect(await host.customer(ids.off)).to.include({ is_active: 1, lock_expires: null });
  });

  it('can lock its customers out for real', async () => {
    const { ids, connection } = await staffed('lock');
    const off = await host.customer(ids.off);
    const customerId = Number(ids.on);
    await host.database.run(sql`INSERT INTO {oauth_token} (customer_id, type, token, secret, callback_url)
      VALUES (${customerId}, ${'access'}, ${`tok-${customerId}`}, ${'s'}, ${'oob'})`);
    expect(await remove('lock', { kind: 'deactivate' })).to.deep.include({ users: 2, tombstones: 1, deactivated: 1 });
    expect(await host.customer(ids.on)).to.include({ is_active: 0, lock_expires: ourLock, rp_token: null });
    expect((await host.customer(ids.on)).session_cutoff).not.to.equal(null);
    expect(await host.rows(sql`SELECT token FROM {oauth_token} WHERE customer_id = ${customerId}`)).to.deep.equal([]);
    expect(await host.rows(sql`SELECT user_id FROM {jwt_auth_revoked} WHERE user_id = ${customerId}`)).to.have.length(
      1,
    );
    expect(await host.customer(ids.off)).to.deep.equal(off);
    expect(await rowsOf(connection.id)).to.deep.equal([0, 0, 0]);
  });

  it('locks out whom the store has unlocked meanwhile', async () => {
    const { ids } = await staffed('unlocked');
    await host.database.run(sql`UPDATE {customer_entity} SET lock_expires = NULL WHERE entity_id = ${Number(ids.off)}`);
    await host.database.run(
      sql`UPDATE {customer_entity} SET lock_expires = NULL WHERE entity_id = ${Number(ids.gone)}`,
    );
    expect(await remove('unlocked', { kind: 'deactivate' }, { dryRun: true })).to.deep.include({ deactivated: 2 });
    expect(await remove('unlocked', { kind: 'deactivate' })).to.deep.include({ deactivated: 2 });
    expect(await host.customer(ids.off)).to.include({ is_active: 0, lock_expires: ourLock });
    // a user that was deleted before was no longer this connection's
    expect(await host.customer(ids.gone)).to.include({ lock_expires: null });
  });

  it('can hand its users to another connection, who sees them under their ids', async () => {
    const { ids, connection } = await staffed('from');
    const to = await host.connect('to');
    const own = await to.create(user('to-own'));
    const documents = await host.rows(sql`SELECT document, shadow, modified_at FROM {vestibule_user_document}
      WHERE connection_id = ${connection.id} ORDER BY customer_id`);
    expect(await remove('from', { kind: 'transfer', to: 'to' })).to.deep.include({
      customers: 'transfer:to',
      users: 2,
      tombstones: 1,
      groups: 0,
      deactivated: 0,
    });
    expect(await rowsOf(connection.id)).to.deep.equal([0, 0, 0]);
    const listed = (await to.get('/Users')).json as unknown as { Resources: { id: string }[] };
    expect(listed.Resources.map(({ id }) => id)).to.have.members([own, ids.on, ids.off]);
    expect((await to.find('emails.value eq "from-on@example.com"')).json.totalResults).to.equal(1);
    expect((await to.get(`/Users/${ids.on}`)).json).to.include({ externalId: 'x-from-on', displayName: 'from-on' });
    expect((await to.get(`/Users/${ids.gone}`)).status).to.equal(404);
    expect((await to.post(user('from-gone'))).json.id).to.equal(`${ids.gone}-1`);
    const { id } = await connections.byCode(host.database, 'to');
    const moved = await host.rows(sql`SELECT document, shadow, modified_at FROM {vestibule_user_document}
      WHERE connection_id = ${id} AND customer_id IN (${Number(ids.on)}, ${Number(ids.off)}) ORDER BY customer_id`);
    expect(documents).to.deep.include.members(moved);
  });

  it('hands nothing over where a userName or an externalId is taken, deleted users included', async () => {
    const { ids } = await staffed('ours');
    const theirs = await host.connect('theirs');
    const sameName = await theirs.create({
      userName: 'OURS-on@example.com',
      emails: [{ value: 'other1@example.com' }],
    });
    const sameId = await theirs.create({ userName: 'other2@example.com', externalId: 'x-ours-gone' });
    const before = await everything();
    const refusal = await refusalOf(remove('ours', { kind: 'transfer', to: 'theirs' }));
    expect(refusal.code).to.equal('TRANSFER_REFUSED');
    expect(refusal.message)
      .to.contain(`userName of customer ${ids.on} is that of ${sameName}`)
      .and.contain(`externalId of customer ${ids.gone} is that of ${sameId}`)
      .and.not.contain('@example.com');
    expect(await everything()).to.equal(before);
  });

  it('names twenty collisions of a kind and says that there are more', async () => {
    const [many, same] = [await host.connect('many'), await host.connect('same')];
    for (let i = 0; i < 21; i++)
      for (const [n, scim] of [many, same].entries())
        await scim.create({ userName: `same${i}`, externalId: `${n}-${i}` });
    const { message } = await refusalOf(remove('many', { kind: 'transfer', to: 'same' }));
    expect(message.match(/userName of customer/g)).to.have.length(20);
    expect(message).to.contain('; and more.');
  });

  it('hands nothing over to itself, to nobody, or to another website', async () => {
    await host.connect('self');
    await host.connect('abroad', { websiteId: 2 });
    const before = await everything();
    const refused = async (to: string) => refusalOf(remove('self', { kind: 'transfer', to }));
    expect(await refused('self')).to.include({ code: 'TRANSFER_REFUSED' });
    expect((await refused('abroad')).message).to.contain('different websites');
    expect(await refused('nobody')).to.include({ code: 'CONNECTION_UNKNOWN' });
    expect(await refusalOf(remove('nobody', { kind: 'keep' }))).to.include({ code: 'CONNECTION_UNKNOWN' });
    expect(await everything()).to.equal(before);
  });

  it('counts on a dry run and changes nothing', async () => {
    await staffed('dry');
    const before = await everything();
    const settle = () => Promise.reject(new Error('a dry run has nothing to wait for'));
    for (const [customers, deactivated] of [
      [{ kind: 'keep' }, 0],
      [{ kind: 'deactivate' }, 1],
      [{ kind: 'transfer', to: 'default' }, 0],
    ] as const)
      expect(await remove('dry', customers, { dryRun: true, settle })).to.deep.include({
        dryRun: true,
        users: 2,
        tombstones: 1,
        deactivated,
        tokens: 1,
      });
    expect(await everything()).to.equal(before);
  });

  it('pauses first, and takes what was written until servers knew of it', async () => {
    const { scim, connection } = await staffed('late');
    let late = '';
    const settle = async () => {
      late = await scim.create(user('late-late'));
      host.advance(5);
      expect((await scim.post(user('too-late'))).status).to.equal(403);
    };
    expect(await remove('late', { kind: 'deactivate' }, { settle })).to.deep.include({ users: 3, deactivated: 2 });
    expect(await host.customer(late)).to.include({ is_active: 0 });
    expect(await rowsOf(connection.id)).to.deep.equal([0, 0, 0]);
  });

  it('goes on where it was interrupted', async () => {
    await staffed('broken');
    const settle = () => Promise.reject(new Error('interrupted'));
    await refusalOf(remove('broken', { kind: 'deactivate' }, { settle }));
    expect(await connections.byCode(host.database, 'broken')).to.include({ active: false });
    expect(await remove('broken', { kind: 'deactivate' })).to.deep.include({ users: 2, deactivated: 1 });
  });

  it('works in batches, and leaves others alone', async () => {
    const big = await host.connect('big');
    const { id } = await connections.byCode(host.database, 'big');
    const first = Number(await big.create({ userName: 'big0' }));
    const between = await host.scim.create({ userName: 'between' });
    const website = 1;
    for (let i = 1; i <= 450; i++) {
      const customerId = await host.shopper(`big${i}@example.com`, {}, website);
      await host.database.run(sql`INSERT INTO {vestibule_user} (customer_id, connection_id, user_name_key)
        VALUES (${customerId}, ${id}, ${`big${i}`})`);
    }
    expect(await remove('big', { kind: 'deactivate' })).to.deep.include({ users: 451, deactivated: 451 });
    const active = await host.rows(sql`SELECT entity_id FROM {customer_entity}
      WHERE entity_id >= ${first} AND is_active = 1`);
    expect(active).to.deep.equal([{ entity_id: Number(between) }]);
    expect((await host.scim.get(`/Users/${between}`)).status).to.equal(200);
  });

  it('is recorded, and every customer that was locked out says why', async () => {
    const { ids, connection } = await staffed('record');
    await remove('record', { kind: 'deactivate' });
    const records = (await host.records()).filter(({ connectionId }) => connectionId === connection.id);
    expect(records[0]).to.deep.include({ operation: 'connection.delete', outcome: 'done', subject: 'record' });
    expect(records[0]?.notes?.[0]).to.contain('2 users and 1 deleted ones').and.contain('1 customers were deactivated');
    expect(records[1]).to.deep.include({ operation: 'user.deactivate', customerId: Number(ids.on) });
    expect(records[1]?.notes).to.deep.equal(['The connection "record" was deleted, its customers deactivated.']);
  });
});
