import { expect } from 'chai';
import { countStatements, rowsRead, sql } from '../../modules/framework/index.ts';
import { onBothEngines } from '../setup/databases.ts';
import { withFrozenClocks } from '../setup/frozen-clocks.ts';
import { openPageTour, type PageTour } from './page-tour.ts';

/** What rehearses a request asks what the request itself asks besides. */
const rehearsal = /\/(preview|replay)$/;

onBothEngines('Every page of the administration', (engine) => {
  let tour: PageTour;
  before(async function () {
    this.timeout(60_000);
    tour = await openPageTour(engine);
  });
  withFrozenClocks();
  after(() => tour?.host.close());

  it('asks ten statements at most, and changes nothing', async function () {
    this.timeout(60_000);
    const { host, browser, paths } = tour;
    const found: string[] = [];
    for (const path of paths) {
      await browser.get(path);
      const counted = countStatements(host.database);
      const { status } = await browser.get(path);
      counted.stop();
      const { statements } = counted;
      const told = (texts: readonly string[]) => texts.map((text) => `\n  ${text.replace(/\s+/g, ' ').slice(0, 200)}`);
      if (status !== 200) found.push(`${path} answers ${status}`);
      if (statements.length > (rehearsal.test(path) ? 16 : 10))
        found.push(`${path} asks ${statements.length}: ${told(statements)}`);
      // Anybody can lead a browser that is logged in to an address.
      const writing = statements.filter((text) => !/^\s*(SELECT|SHOW|WITH)\b/i.test(text));
      if (writing.length > 0 && !rehearsal.test(path)) found.push(`${path} changes something: ${told(writing)}`);
    }
    expect(found.join('\n')).to.equal('');
    expect(paths.length).to.be.above(40);
  });

  if (engine.name === 'sqlite')
    it('has nothing inline, cannot be framed, and is kept by nobody', async () => {
      const { browser, paths } = tour;
      const found: string[] = [];
      let hostileShown = 0;
      for (const path of [...paths, '/admin/nothing']) {
        const { headers, text } = await browser.get(path);
        const policy = headers.get('content-security-policy') ?? '';
        const strict = ["default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"];
        for (const part of strict)
          if (!policy.split(';').includes(part)) found.push(`${path}: ${part} is not in ${policy}`);
        if (headers.get('x-frame-options') !== 'DENY') found.push(`${path} can be framed`);
        if (headers.get('cache-control') !== 'no-store') found.push(`${path} is kept by caches`);
        if (text.includes('<img src=x')) found.push(`${path} shows what somebody is called as markup`);
        if (text.includes('&lt;img src=x')) hostileShown++;
        for (const [tag] of text.matchAll(/<[a-z](?:"[^"]*"|[^">])*>/gi))
          if (
            /^<style|\sstyle=|\son[a-z]+=|javascript:/i.test(
              tag.replace(/="[^"]*"/g, (value) => (/^="javascript:/i.test(value) ? value : '=""')),
            ) ||
            /^<script(?![^>]*\ssrc=")/i.test(tag)
          )
            found.push(`${path}: ${tag}`);
      }
      expect(found.join('\n')).to.equal('');
      expect(hostileShown).to.be.above(25);
    });

  // SQLite does not say how many rows it reads.
  if (engine.name === 'mysql')
    it('reads no more rows when there are more customers', async function () {
      this.timeout(60_000);
      const { host, browser, paths } = tour;
      const read = async (): Promise<Map<string, number>> => {
        const rows = new Map<string, number>();
        for (const path of paths) rows.set(path, (await rowsRead(host.database, () => browser.get(path))) ?? 0);
        return rows;
      };
      await moreCustomers(0, 2_500);
      const few = await read();
      await moreCustomers(2_500, 6_000);
      const many = await read();
      // A rehearsed deactivation counts active customers as far as the mass-deprovision guard does, a few thousand.
      const others = paths.filter((path) => !rehearsal.test(path));
      const grown = others.filter((path) => (many.get(path) ?? 0) > (few.get(path) ?? 0) + 60);
      expect(grown.map((path) => `${path}: ${few.get(path)} → ${many.get(path)}`).join('\n')).to.equal('');
    });

  /** Shoppers, every other one a user of the first connection. */
  async function moreCustomers(from: number, to: number): Promise<void> {
    const { database } = tour.host;
    for (let first = from; first < to; first += 500) {
      const numbers = Array.from({ length: 500 }, (_, i) => 10_000 + first + i);
      const run = (text: string) => database.run({ sql: text, values: [] });
      const rows = numbers.map((n) => `(${n}, 'mass${n}@example.com', 1, 1, 'Mass', 'Many')`).join(', ');
      await run(
        `INSERT INTO {customer_entity} (entity_id, email, website_id, group_id, firstname, lastname) VALUES ${rows}`,
      );
      await run(`INSERT INTO {customer_grid_flat} (entity_id, name, email) SELECT entity_id, 'Mass Many', email
        FROM {customer_entity} WHERE entity_id BETWEEN ${numbers[0]} AND ${numbers.at(-1)}`);
      await run(`INSERT INTO {vestibule_user} (customer_id, connection_id) SELECT entity_id, 1
        FROM {customer_entity} WHERE entity_id BETWEEN ${numbers[0]} AND ${numbers.at(-1)} AND entity_id % 2 = 0`);
      await run(`INSERT INTO {vestibule_user_document} (customer_id, connection_id, modified_at, document, shadow)
        SELECT customer_id, 1, '2024-01-01 00:00:00', '{"userName":"mass"}', '{}'
        FROM {vestibule_user} WHERE customer_id BETWEEN ${numbers[0]} AND ${numbers.at(-1)}`);
    }
    if (engine.name !== 'sqlite')
      await database.all(sql`ANALYZE TABLE {customer_entity}, {customer_grid_flat}, {vestibule_user}`);
  }
});
