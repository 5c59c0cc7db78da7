import { expect } from 'chai';
import { MappingVersions } from '../../../modules/attribute-mapping/index.ts';
import { Connections } from '../../../modules/connection/index.ts';
import { countStatements, join, sql } from '../../../modules/framework/index.ts';
import { purgeHolds } from '../../../modules/provisioning/retention/purge-holds.ts';
import { Retention } from '../../../modules/provisioning/retention/retention.ts';
import { documentSaying } from '../../attribute-mapping/version/mapping-room.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { openHost, type ScimHost } from '../host.ts';

const config = {
  'provisioning/retention/match_requests': 10,
  'provisioning/retention/holds': 40,
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
    expect(await purged()).to.deep.equal({ matchRequests: 2, holds: 0, runs: 0, versions: 0 });
    const left = await host.rows<{ user_name: string }>(
      sql`SELECT user_name FROM {vestibule_match_request} ORDER BY request_id`,
    );
    expect(left.map(({ user_name }) => user_name)).to.deep.equal(['young', 'approved a moment ago', 'denied']);
    expect((await purged()).matchRequests).to.equal(0);
  });

  it('is a hold that was decided about, with its requests and whom they were about; one that waits or works stays', async () => {
    const at = (days: number) =>
      new Date(host.now().getTime() - days * 86_400_000).toISOString().slice(0, 23).replace('T', ' ');
    const hold = async (status: string, decided: number | null, more: { restore?: string; opened?: number } = {}) => {
      const { insertId } = await host.database.run(
        sql`INSERT INTO {vestibule_guard_hold} (connection_id, status, since, opened_at, limit_count, would_be, active_count, decided_at, restore_status) VALUES (1, ${status}, ${at(100)}, ${at(more.opened ?? 100)}, 10, 11, 30, ${decided === null ? null : at(decided)}, ${more.restore ?? null})`,
      );
      for (let i = 0; i < 3; i++) {
        const { insertId: held } = await host.database.run(
          sql`INSERT INTO {vestibule_guard_held} (hold_id, operation, resource_id, digest, request_id, had_password, tries, first_at, last_at, status) VALUES (${insertId}, 'user.delete', ${String(i)}, ${String(i)}, 'r', 0, 1, ${at(100)}, ${at(100)}, 'denied')`,
        );
        await host.database.run(
          sql`INSERT INTO {vestibule_guard_held_customer} (held_id, customer_id, kind) VALUES ${join(Array.from({ length: 250 }, (_, n) => sql`(${held}, ${n + 1}, 'delete')`))}`,
        );
      }
      return insertId;
    };
    const stay = [
      await hold('open', null),
      await hold('approved', 90),
      await hold('denied', 39),
      await hold('done', 90, { restore: 'running' }),
      await hold('withdrawn', null, { opened: 39 }),
    ];
    for (const status of ['denied', 'done']) await hold(status, 41);
    await hold('withdrawn', null);
    await hold('done', 90, { restore: 'done' });
    const counted = countStatements(host.database);
    expect((await purged()).holds).to.equal(4);
    counted.stop();
    const left = await host.rows<{ hold_id: number; held: number; customers: number }>(
      sql`SELECT h.hold_id, COUNT(DISTINCT i.held_id) AS held, COUNT(c.customer_id) AS customers FROM {vestibule_guard_hold} h LEFT JOIN {vestibule_guard_held} i ON i.hold_id = h.hold_id LEFT JOIN {vestibule_guard_held_customer} c ON c.held_id = i.held_id GROUP BY h.hold_id ORDER BY h.hold_id`,
    );
    expect(left).to.deep.equal(stay.map((hold_id) => ({ hold_id, held: 3, customers: 750 })));
    const { n } = await host.row<{ n: number }>(
      sql`SELECT (SELECT COUNT(*) FROM {vestibule_guard_held}) + (SELECT COUNT(*) FROM {vestibule_guard_held_customer}) AS n`,
    );
    expect(n).to.equal(5 * 753);
    // 250 customers of one request are two batches of at most 200.
    expect(
      counted.statements.filter((text) => /DELETE FROM \S*vestibule_guard_held_customer/.test(text)),
    ).to.have.length(4 * 3 * 2);
    expect((await purged()).holds).to.equal(0);
  });

  it('is no hold of the last thirty days, whatever the setting says: they can be restored', async () => {
    const young = await host.database.run(
      sql`INSERT INTO {vestibule_guard_hold} (connection_id, status, since, opened_at, limit_count, would_be, active_count, decided_at) VALUES (1, 'denied', '2024-04-06 12:00:00', '2024-04-06 12:00:01', 10, 11, 30, '2024-04-06 12:00:01')`,
    );
    expect(await purgeHolds(host.database, 5, host.now())).to.be.above(0);
    const left = await host.rows<{ hold_id: number }>(
      sql`SELECT hold_id FROM {vestibule_guard_hold} WHERE status = 'denied'`,
    );
    expect(left).to.deep.equal([{ hold_id: young.insertId }]);
    expect(await purgeHolds(host.database, 0, host.now())).to.equal(0);
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
