import { expect } from 'chai';
import { MappingVersions } from '../../../modules/attribute-mapping/index.ts';
import { Connections } from '../../../modules/connection/index.ts';
import { countStatements, join, sql } from '../../../modules/framework/index.ts';
import { Retention } from '../../../modules/provisioning/retention/retention.ts';
import { documentSaying } from '../../attribute-mapping/version/mapping-room.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { openHost, type ScimHost } from '../host.ts';

const config = {
  'provisioning/retention/match_requests': 10,
  'provisioning/retention/runs': 10,
  'attribute_mapping/versions/days': 10,
  'attribute_mapping/versions/least': 3,
};
const day = 86_400;

onBothEngines('What is past its time', (engine) => {
  let host: ScimHost;
  before(async () => {
    host = await openHost(engine, { config });
  });
  after(() => host.close());

  const purged = () => host.host.resolve(Retention).purge();
  const connection = () => host.host.resolve(Connections).byCode(host.database, 'default');

  it('is a match request that nobody asks for any more, and an approval that nobody uses; a denial stays', async () => {
    const customer = await host.shopper('sam@example.com');
    const ask = (userName: string, state: string, lastAt: string, decidedAt: string | null = null) =>
      host.database.run(
        sql`INSERT INTO {vestibule_match_request} (connection_id, customer_id, user_name_key, user_name, matched_by, state, first_at, last_at, decided_at) VALUES (1, ${customer}, ${userName}, ${userName}, 'id', ${state}, '2024-01-01 00:00:00', ${lastAt}, ${decidedAt})`,
      );
    const [long, lately] = ['2024-04-26 11:59:59', '2024-04-26 12:00:00'];
    await ask('old', 'pending', long);
    await ask('young', 'pending', lately);
    await ask('unused', 'approved', long, long);
    await ask('approved a moment ago', 'approved', long, lately);
    await ask('denied', 'denied', long, long);
    expect(await purged()).to.deep.equal({ matchRequests: 2, runs: 0, versions: 0 });
    const left = await host.rows<{ user_name: string }>(
      sql`SELECT user_name FROM {vestibule_match_request} ORDER BY request_id`,
    );
    expect(left.map(({ user_name }) => user_name)).to.deep.equal(['young', 'approved a moment ago', 'denied']);
    expect((await purged()).matchRequests).to.equal(0);
  });

  it('goes in batches, so that no statement holds many rows', async () => {
    await host.database.run(
      sql`INSERT INTO {vestibule_mapping_run} (connection_id, version, state, actor, total, started_at) VALUES ${join(
        Array.from({ length: 450 }, () => sql`(1, 0, 'done', 'anna', 0, '2024-01-01 00:00:00')`),
      )}`,
    );
    const counted = countStatements(host.database);
    expect((await purged()).runs).to.equal(449);
    counted.stop();
    expect(counted.statements.filter((text) => /DELETE FROM \S*vestibule_mapping_run/.test(text))).to.have.length(3);
    const [latest] = await host.rows<{ run_id: number }>(sql`SELECT run_id FROM {vestibule_mapping_run}`);
    expect(latest?.run_id).to.equal(450);
  });

  it('is a version of a mapping, but for the newest, what is in effect and what a draft was begun from', async () => {
    const versions = host.host.resolve(MappingVersions);
    const acme = await connection();
    const publish = (text: string) =>
      host.database.transaction((tx) =>
        versions.publish(tx, acme, documentSaying(text), { author: 'anna' }, host.now()),
      );
    const numbers = async () => (await versions.list(host.database, acme)).map(({ version }) => version);
    for (const text of ['one', 'two']) await publish(text);
    await host.database.transaction((tx) =>
      versions.saveDraft(tx, acme, documentSaying('draft'), { author: 'bo', revision: 0 }, host.now()),
    );
    host.advance(day);
    for (const text of ['three', 'four', 'five', 'six']) await publish(text);
    expect((await purged()).versions).to.equal(0);
    // To the second: the first two are ten days old.
    host.advance(9 * day);
    expect((await purged()).versions).to.equal(0);
    host.advance(1);
    expect((await purged()).versions).to.equal(1);
    expect(await numbers()).to.deep.equal([6, 5, 4, 3, 2]);
    host.advance(100 * day);
    expect((await purged()).versions).to.equal(1);
    expect(await numbers()).to.deep.equal([6, 5, 4, 2]);
    await host.database.transaction((tx) => versions.discardDraft(tx, acme, {}));
    expect((await purged()).versions).to.equal(1);
    expect(await numbers()).to.deep.equal([6, 5, 4]);
    expect((await versions.inEffect(host.database, acme)).version).to.equal(6);
    await publish('seven');
    expect((await numbers())[0]).to.equal(7);
    const refusal = await host.database
      .transaction((tx) => versions.rollback(tx, acme, 1, { author: 'anna' }, host.now()))
      .catch((error: unknown) => error);
    expect(refusal).to.include({ code: 'VERSION_UNKNOWN' });
  });
});
