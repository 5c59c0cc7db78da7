import { expect } from 'chai';
import { MappingVersions } from '../../../modules/attribute-mapping/index.ts';
import { sql } from '../../../modules/framework/index.ts';
import { MappingRunError, type MappingRunEvent, MappingRuns } from '../../../modules/provisioning/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { type MappedClient, type MappedHost, openMappedHost } from '../mapped/mapped-host.ts';
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

  it('remembers what it wrote, so that an attribute that is sent no longer is cleared later', async () => {
    await applied(host, scim);
    const { title: _, ...user } = scim.user({ userName: `${scim.code}-1`, externalId: `${scim.code}-1` });
    const answer = await scim.put(ids[0] ?? '', { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], ...user });
    expect(answer.status, answer.text).to.equal(200);
    expect((await titles())[0]).to.equal(undefined);
  });

  it('stops when another version is published meanwhile, and the next run begins with that', async () => {
    const runs = host.host.resolve(MappingRuns);
    const connection = await connectionOf(host, scim);
    const events = runs.apply(connection, 'anna');
    await host.database.transaction((tx) =>
      host.host.resolve(MappingVersions).rollback(tx, connection, 1, { author: 'bo' }, host.now()),
    );
    const begun = await applied(host, scim, 1);
    expect(begun.map(({ kind }) => kind)).to.deep.equal(['progress', 'summary']);
    await events.return(undefined);
    await host.database.transaction((tx) =>
      host.host.resolve(MappingVersions).rollback(tx, connection, 2, { author: 'bo' }, host.now()),
    );
    const work = runs.apply(connection, 'anna');
    expect((await work.next()).value).to.include({ kind: 'customer', outcome: 'changed' });
    expect(await runs.latest(host.database, connection)).to.have.nested.property('[0].state', 'running');
    await work.return(undefined);
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
