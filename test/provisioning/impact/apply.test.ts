import { expect } from 'chai';
import { MappingVersions, presetFor } from '../../../modules/attribute-mapping/index.ts';
import { Connections } from '../../../modules/connection/index.ts';
import { sql } from '../../../modules/framework/index.ts';
import { usersTogether } from '../../../modules/provisioning/impact/linked-users.ts';
import { MappingRunError, type MappingRunEvent, MappingRuns } from '../../../modules/provisioning/index.ts';
import { userSchema } from '../../../modules/scim/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { type MappedClient, type MappedHost, openMappedHost } from '../mapped/mapped-host.ts';
import { seedUsers } from '../search/seed.ts';
import { applied, after as changedRows, connectionOf, impactOf, before as presentRows } from './impacted-host.ts';

const summaryOf = (events: readonly MappingRunEvent[]) => events.find(({ kind }) => kind === 'summary');

onBothEngines('mapping:apply', (engine) => {
  let host: MappedHost;
  let scim: MappedClient;
  let ids: string[];
  before(async () => {
    host = await openMappedHost(engine);
  });
  after(() => host.close());
  beforeEach(async () => {
    scim = await host.mapped(presentRows);
    ids = [];
    for (const title of ['boss', 'clerk', 'x', 'y']) ids.push(await scim.create(scim.user({ title })));
    await scim.publish(changedRows);
    host.advance(5);
  });

  const titles = async (): Promise<(string | undefined)[]> =>
    Promise.all(ids.map(async (id) => (await host.eav(id)).job_title));
  const remapped = async () =>
    (await host.records()).filter(
      ({ operation, customerId }) => operation === 'user.remap' && ids.includes(String(customerId)),
    );

  it('does what the impact said, records each change with who wanted it, and finds nothing to do when it is run again', async () => {
    const { customers } = await impactOf(host, scim);
    const events = await applied(host, scim);
    expect(events.filter(({ kind }) => kind === 'customer')).to.deep.equal(
      customers.map((customer) => ({ ...customer, outcome: 'changed' })),
    );
    expect(summaryOf(events)).to.deep.include({ state: 'done', changed: 4, same: 0, failed: 0, resumed: false });
    expect(await titles()).to.deep.equal(['BOSS', 'CLERK', 'X', 'Y']);
    const [record] = await remapped();
    expect(record).to.deep.include({ outcome: 'done', status: 200, actor: 'anna, mapping:apply' });
    expect(record?.changed).to.deep.equal(['job_title', 'suffix']);
    expect((await impactOf(host, scim)).summary).to.include({ changes: 0, same: 4 });
    expect(summaryOf(await applied(host, scim))).to.include({ changed: 0, same: 4 });
    expect(await remapped()).to.have.length(4);
  });

  it('goes on after a kill where it stopped: nobody twice, nobody left out', async () => {
    const first = await applied(host, scim, 2);
    expect(summaryOf(first)).to.equal(undefined);
    expect(await titles()).to.deep.equal(['BOSS', 'CLERK', 'x', 'y']);
    const rest = await applied(host, scim);
    expect(rest.flatMap((event) => (event.kind === 'customer' ? [event.id] : []))).to.deep.equal(ids.slice(2));
    expect(summaryOf(rest)).to.include({ resumed: true, changed: 4, same: 0, failed: 0, total: 4 });
    expect(await titles()).to.deep.equal(['BOSS', 'CLERK', 'X', 'Y']);
    expect(await remapped()).to.have.length(4);
  });

  it('changes nothing of a customer that fails, and goes on with the next', async () => {
    await host.database.run(
      sql`INSERT INTO {vestibule_protected_customer} (customer_id, protected_at, protected_by) VALUES (${Number(ids[1])}, '2024-05-06 12:00:00', 'a test')`,
    );
    const events = await applied(host, scim);
    expect(summaryOf(events)).to.include({ changed: 3, failed: 1, state: 'done' });
    expect(await titles()).to.deep.equal(['BOSS', 'clerk', 'X', 'Y']);
    expect((await remapped()).find(({ outcome }) => outcome === 'refused')).to.deep.include({
      customerId: Number(ids[1]),
      status: 403,
    });
  });

  it('remembers what it wrote, so that what is sent no longer is cleared later', async () => {
    await applied(host, scim);
    expect(await host.customer(ids[0] ?? '')).to.include({ suffix: 'Ada Lovelace' });
    const { name: _, ...user } = scim.user({ userName: `${scim.code}-1`, externalId: `${scim.code}-1` });
    const answer = await scim.put(ids[0] ?? '', { schemas: [userSchema.id], ...user });
    expect(answer.status, answer.text).to.equal(200);
    expect(await host.customer(ids[0] ?? '')).to.include({ suffix: null });
  });

  it('stops when another version is published meanwhile, and the next run begins with that', async () => {
    // More than are read together, so that it looks again on its way.
    await seedUsers(host, usersTogether + 1);
    const runs = host.host.resolve(MappingRuns);
    const versions = host.host.resolve(MappingVersions);
    const connection = await host.host.resolve(Connections).byCode(host.database, 'default');
    const rows = presetFor('generic').rows.filter(({ target }) => target !== 'suffix');
    let refused: unknown;
    try {
      for await (const { kind } of runs.apply(connection, 'anna'))
        if (kind === 'progress')
          await host.database.transaction((tx) =>
            versions.publish(tx, connection, { version: 1, rows }, { author: 'bo' }, host.now()),
          );
    } catch (error) {
      refused = error;
    }
    expect(refused).to.be.instanceOf(MappingRunError).with.property('code', 'VERSION_CHANGED');
    const [stopped] = await runs.latest(host.database, connection);
    expect(stopped).to.include({ state: 'stopped', version: 0, changed: usersTogether });
    let last: MappingRunEvent | undefined;
    for await (const event of runs.apply(connection, 'anna')) last = event;
    expect(last).to.include({ kind: 'summary', version: 1, resumed: false, changed: 1, same: usersTogether });
  });

  it('lets one process alone go on with a run', async () => {
    const runs = host.host.resolve(MappingRuns);
    const connection = await connectionOf(host, scim);
    const [one, two] = [runs.apply(connection, 'anna'), runs.apply(connection, 'bo')];
    expect((await one.next()).value).to.include({ id: ids[0] });
    // Whoever comes later takes it for one that was killed, and goes on with it.
    expect((await two.next()).value).to.include({ id: ids[1] });
    let refused: unknown;
    try {
      for await (const _ of one);
    } catch (error) {
      refused = error;
    }
    expect(refused).to.be.instanceOf(MappingRunError).with.property('code', 'RUN_TAKEN');
    for await (const _ of two);
    expect(await titles()).to.deep.equal(['BOSS', 'CLERK', 'X', 'Y']);
    expect(await remapped()).to.have.length(4);
  });
});
