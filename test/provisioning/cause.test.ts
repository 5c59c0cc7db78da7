import { expect } from 'chai';
import changeCapture from '../../modules/change-capture/module.ts';
import { Connections } from '../../modules/connection/index.ts';
import { Customers } from '../../modules/customer/index.ts';
import { countStatements, sql } from '../../modules/framework/index.ts';
import { deleteConnection } from '../../modules/provisioning/departure/delete-connection.ts';
import { GroupJobs } from '../../modules/provisioning/group/jobs.ts';
import { GroupLimits } from '../../modules/provisioning/group/limits.ts';
import { listener } from '../change-capture/listener.ts';
import { onBothEngines } from '../setup/databases.ts';
import { groupClient } from './group/group-client.ts';
import { openHost, type ScimHost } from './host.ts';
import { departureRoom } from './policy/departure-room.ts';
import { doorOf } from './sign-in/door.ts';

onBothEngines('The cause of a change', (engine) => {
  let host: ScimHost;
  let user: string;
  before(async () => {
    host = await openHost(engine, {
      modules: [changeCapture, listener],
      override: [[GroupLimits, { large: 2, batch: 2, selected: 5, shown: 100 }]],
    });
  });
  after(() => host.close());

  /** What was captured since the last look: kinds with their causes. */
  async function captured(): Promise<readonly string[]> {
    const rows = await host.rows<{ kind: string; cause: string | null }>(
      sql`SELECT kind, cause FROM {vestibule_change} ORDER BY change_id`,
    );
    await host.database.run(sql`DELETE FROM {vestibule_change}`);
    return rows.map(({ kind, cause }) => `${kind} ${cause ?? '-'}`);
  }

  it('is the connection whose request it was', async () => {
    user = await host.scim.create({ userName: 'ann@example.com' });
    expect(await captured()).to.deep.equal(['created connection:1']);
    await host.scim.patch(user, { op: 'replace', path: 'name.givenName', value: 'Ann' });
    await host.scim.put(user, { userName: 'ann@example.com', name: { givenName: 'Anne' } });
    expect(await captured()).to.deep.equal(['updated connection:1', 'updated connection:1']);
  });

  it('is that of another connection for its requests', async () => {
    const other = await host.connect('other');
    const id = await other.create({ userName: 'bob@example.com' });
    await other.delete(id);
    expect(await captured()).to.deep.equal(['created connection:2', 'updated connection:2']);
    const again = await other.create({ userName: 'bob@example.com', externalId: 'b' });
    await other.patch(again, { op: 'replace', path: 'active', value: false });
    expect((await other.post({ userName: 'bob@example.com', externalId: 'b' })).status).to.equal(201);
    const rows = await captured();
    expect(rows.length).to.be.at.least(3);
    expect(new Set(rows.map((row) => row.split(' ')[1]))).to.deep.equal(new Set(['connection:2']));
  });

  it('goes with what a request leaves to a job', async () => {
    const groups = groupClient(host.scim);
    const members = [{ value: user }];
    for (let i = 0; i < 4; i++) members.push({ value: await host.scim.create({ userName: `m${i}@example.com` }) });
    await captured();
    const id = await groups.create({ displayName: 'Silver', members });
    expect(await captured()).to.deep.equal(Array(5).fill('updated connection:1'));
    await groups.delete(id);
    await host.host.resolve(GroupJobs).drain();
    expect(await captured()).to.deep.equal(Array(5).fill('updated connection:1'));
  });

  it('is the connection of a sign-in', async () => {
    const door = doorOf(host, {
      connection: async () => host.host.resolve(Connections).byCode(host.database, 'other'),
    });
    await door.signIn('carl@example.com', { name: { givenName: 'Carl' } });
    expect(await captured()).to.deep.equal(['created connection:2']);
  });

  it('is nobody where the store itself writes', async () => {
    await host.shopper('sam@example.com');
    const customer = await host.host.resolve(Customers).byId(host.database, Number(user));
    if (!customer) throw new Error('it is there');
    await host.database.transaction((tx) =>
      host.host.resolve(Customers).update(tx, customer, { lastname: 'Other' }, host.now()),
    );
    expect(await captured()).to.deep.equal(['created -', 'updated -']);
  });

  it('is the connection that goes, for those who are locked out with it', async () => {
    await deleteConnection(departureRoom(host), {
      code: 'other',
      customers: { kind: 'deactivate' },
      dryRun: false,
      settle: async () => {},
    });
    const rows = await captured();
    expect(rows.length).to.be.at.least(1);
    expect(new Set(rows)).to.deep.equal(new Set(['updated connection:2']));
  });

  it('costs a request no statement that it waits for', async () => {
    const counted = countStatements(host.database);
    await host.scim.patch(user, { op: 'replace', path: 'name.givenName', value: 'Anna' });
    counted.stop();
    const [insert] = counted.statements.filter((text) => text.includes('vestibule_change'));
    expect(insert).to.match(/^INSERT/);
    const at = counted.statements.indexOf(insert ?? '');
    // Whatever stands behind it is written with it or with the commit.
    expect(counted.statements.slice(at).some((text) => /^\s*SELECT/.test(text))).to.equal(false);
    await captured();
  });
});
