import { expect } from 'chai';
import { rowsRead, sql } from '../../../modules/framework/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { withFrozenClocks } from '../../setup/frozen-clocks.ts';
import { runs } from '../../setup/runs.ts';
import { openHost, type ScimHost } from '../host.ts';
import { seedUsers } from '../search/seed.ts';
import { setVisibility } from './website-store.ts';

onBothEngines('What a list among shoppers reads', (engine) => {
  if (engine.name === 'sqlite') return;
  let host: ScimHost;
  before(async function () {
    this.timeout(0);
    host = await openHost(engine, { poolMax: 1 });
    await seedUsers(host, 300);
    await shoppers(1_000);
    await setVisibility(host, 'website');
  });
  withFrozenClocks();
  after(() => host.close());

  let made = 0;
  /** As many shoppers in the database, written at once. */
  async function shoppers(count: number): Promise<void> {
    const at = '2024-01-02 03:04:05';
    for (; made < count; ) {
      const some = Math.min(900, count - made);
      await host.database.run(sql`INSERT INTO {customer_entity} (website_id, email, group_id, store_id, created_at, updated_at, is_active, firstname, lastname)
        WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < ${some})
        SELECT 1, CONCAT('buyer', i + ${made}, '@example.com'), 1, 1, ${at}, ${at}, 1, 'Seed', CONCAT('B', i) FROM n`);
      made += some;
    }
    await host.database.run(
      sql`ANALYZE TABLE {vestibule_user}, {vestibule_user_email}, {vestibule_user_document}, {customer_entity}`,
    );
  }

  const filter = (text: string): string => `filter=${encodeURIComponent(text)}`;
  const id = (email: string) =>
    host.row<{ id: number }>(sql`SELECT entity_id AS id FROM {customer_entity} WHERE email = ${email}`);

  async function costs(): Promise<number[]> {
    const buyer = (await id('buyer300@example.com')).id;
    const deep = `cursor=&count=50&${filter('not (externalId eq "x")')}`;
    const first = await host.scim.get('/Users?cursor=&count=200');
    // The fourth page stands behind the users, among shoppers alone.
    let next = String(first.json.nextCursor);
    for (let i = 0; i < 2; i++) next = String((await host.scim.get(`/Users?cursor=${next}&count=200`)).json.nextCursor);
    const found: number[] = [];
    for (const query of [
      'cursor=&count=50',
      `cursor=${next}&count=200`,
      deep,
      filter('userName eq "buyer300@example.com"'),
      filter('userName eq "nobody@example.com"'),
      filter(`id eq "${buyer}"`),
      filter('emails.value eq "buyer300@example.com"'),
      filter('emails[type eq "work" and value eq "buyer300@example.com"] and active eq true'),
      filter('userName eq "buyer300@example.com" or userName eq "seed7@example.com"'),
      filter('externalId eq "seed-7"'),
    ]) {
      const ask = async () => expect((await host.scim.get(`/Users?${query}`)).status).to.equal(200);
      await ask();
      await host.records();
      found.push((await rowsRead(host.database, ask)) ?? 0);
    }
    return found;
  }

  it('does not grow with the number of shoppers, on the first page, deep in the list, or by an identifier', async function () {
    this.timeout(0);
    const few = await costs();
    await shoppers(Math.min(100_000, runs(20_000)));
    const many = await costs();
    for (const [i, rows] of many.entries())
      expect(rows, `question ${i}: ${few} → ${many}`).to.be.at.most((few[i] ?? 0) + 12);
    // An identifier costs a handful of rows and no chunk.
    for (const rows of many.slice(3)) expect(rows, String(many)).to.be.below(60);
  });
});
