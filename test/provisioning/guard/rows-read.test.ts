import { expect } from 'chai';
import { sql } from '../../../modules/framework/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { withFrozenClocks } from '../../setup/frozen-clocks.ts';
import { seedUsers } from '../search/seed.ts';
import { type Company, openCompany } from './company.ts';

onBothEngines('What the guard reads', (engine) => {
  if (engine.name === 'sqlite') return;
  let company: Company;
  let leaver = 0;
  before(async function () {
    this.timeout(60_000);
    company = await openCompany(engine, 30, { poolMax: 1 });
    await seedUsers(company.host, 2_600);
  });
  withFrozenClocks();
  after(() => company.close());

  /** Losses of customers whose rows are gone, so many minutes ago. */
  const losses = (connectionId: number, count: number, minutesAgo: number) => {
    const at = new Date(company.host.now().getTime() - minutesAgo * 60_000);
    return company.host.database.run(sql`INSERT INTO {vestibule_guard_event} (connection_id, at, customer_id, kind, weighs, counts, was_active)
      WITH RECURSIVE n AS (SELECT 0 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 99), m AS (SELECT 0 AS j UNION ALL SELECT j + 1 FROM m WHERE j < 99)
      SELECT ${connectionId}, ${at.toISOString().slice(0, 19).replace('T', ' ')}, 5000000 + i + 100 * j, 'delete', 1, 1, 1 FROM n CROSS JOIN m WHERE i + 100 * j < ${count}`);
  };
  /** On the one connection for statements and the one for transactions. */
  async function reads(): Promise<number> {
    const status = sql`SHOW SESSION STATUS WHERE Variable_name LIKE 'Handler_read%' OR Variable_name = 'Handler_icp_attempts'`;
    const rows = await company.host.rows<{ Value: string }>(status);
    rows.push(...(await company.host.database.transaction((tx) => tx.all<{ Value: string }>(status))));
    return rows.reduce((sum, row) => sum + Number(row.Value), 0);
  }
  /** Of a deactivation that passes. */
  async function cost(): Promise<number> {
    await company.host.database.run(sql`ANALYZE TABLE {vestibule_guard_event}, {vestibule_user}, {customer_entity}`);
    await company.host.records();
    const before = await reads();
    const { status, text } = await company.deactivate(company.users[leaver++] as string);
    const after = await reads();
    expect(status, text).to.equal(200);
    return after - before - ((await reads()) - after);
  }

  it('does not grow with what was lost before the hour, or by another connection', async () => {
    await cost();
    const few = await cost();
    await losses(1, 10_000, 61);
    await losses(2, 10_000, 5);
    expect(few).to.be.above(5);
    expect(await cost()).to.be.at.most(few + 5);
  });

  it('grows with the losses of the hour no further than the limit, with the customers no further than that depends on', async () => {
    await losses(1, 300, 5);
    // The first above ten counts active customers, the next ones do not for a minute.
    const counting = await cost();
    const next = await cost();
    expect(counting).to.be.above(2_500);
    // Each is an index entry, looked at, put aside and counted.
    expect(next).to.be.within(300, 1_000);
    await seedUsers(company.host, 2_600, 2_600);
    company.host.advance(61);
    expect(await cost()).to.be.at.most(counting + 50);
    expect(await cost()).to.be.at.most(next + 10);
  });
});
