import { expect } from 'chai';
import { countStatements, rowsRead, sql } from '../../../modules/framework/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { withFrozenClocks } from '../../setup/frozen-clocks.ts';
import { openHost, type ScimHost } from '../host.ts';
import { seedUsers } from './seed.ts';

onBothEngines('The plan of a search', (engine) => {
  let host: ScimHost;
  let ids: readonly number[];
  before(async function () {
    this.timeout(60_000);
    host = await openHost(engine, { poolMax: 1 });
    ids = await seedUsers(host, 3_000);
    await analyze();
  });
  withFrozenClocks();
  after(() => host.close());

  const analyze = () =>
    host.database.run(
      engine.name === 'mysql'
        ? sql`ANALYZE TABLE {vestibule_user}, {vestibule_user_email}, {vestibule_user_document}, {customer_entity}`
        : sql`ANALYZE`,
    );

  /** Aliases of the tables that have a row for each user; what a look-up has found is read whole, and it is small. */
  const large = new Set(['u', 'c', 'd', 'e', 'o', 'ce']);

  /** What the engine says it would read a whole table or index of, for each statement of a request. */
  async function wholeReads(path: string): Promise<string[]> {
    await host.scim.get(path);
    await host.records();
    const sent: { sql: string; values: readonly unknown[] }[] = [];
    const { all, first } = host.database;
    for (const name of ['all', 'first'] as const)
      host.database[name] = ((query: (typeof sent)[number]) => {
        sent.push(query);
        return { all, first }[name].call(host.database, query);
      }) as never;
    await host.scim.get(path);
    Object.assign(host.database, { all, first });
    const found: string[] = [];
    for (const query of sent.filter(({ sql: text }) => /vestibule_user|customer_entity/.test(text))) {
      const explain = engine.name === 'mysql' ? 'EXPLAIN ' : 'EXPLAIN QUERY PLAN ';
      const rows = await host.database.all<Record<string, unknown>>({ sql: explain + query.sql, values: query.values });
      found.push(
        ...rows.flatMap((row) => {
          if (engine.name === 'sqlite')
            return /^SCAN (u|c|d|e|o|ce)\b|\(connection_id=\? AND is_deleted=\?( AND customer_id>\?)?\)/.test(
              String(row.detail),
            )
              ? [String(row.detail)]
              : [];
          const whole = ['ALL', 'index'].includes(String(row.type)) || Number(row.rows) > 500;
          return whole && large.has(String(row.table)) ? [`${row.table} ${row.type} ${row.key} ${row.rows}`] : [];
        }),
      );
    }
    expect(sent.length, path).to.be.above(0);
    return found;
  }

  const filter = (text: string) => `/Users?filter=${encodeURIComponent(text)}`;
  const identifiers = (): readonly string[] => [
    filter('userName eq "seed77@example.com"'),
    filter('externalId eq "seed-77"'),
    filter(`id eq "${ids[77]}"`),
    filter('emails.value eq "seed77@example.com"'),
    filter('emails[type eq "work" and value eq "seed77@example.com"]'),
    filter('userName eq "seed1@example.com" or externalId eq "seed-77" or emails eq "seed3@example.com"'),
    filter('externalId eq "seed-77" and title co "x" and active eq true'),
    filter('displayName eq "seed 5"'),
    filter('userName sw "seed77"'),
    filter('meta.location eq "http://vestibule.test/scim/v2/Users/5"'),
  ];

  it('of an identifier reads no table and no index as a whole', async () => {
    for (const path of identifiers()) expect(await wholeReads(path), path).to.deep.equal([]);
  });

  it('of a look-up, a first page and a page by cursor takes two statements', async () => {
    const counted = countStatements(host.database);
    const deep = String((await host.scim.get('/Users?count=1000&cursor=')).json.nextCursor);
    const deeper = String((await host.scim.get(`/Users?count=1000&cursor=${deep}`)).json.nextCursor);
    for (const path of [...identifiers().slice(0, 6), `/Users?count=1000&cursor=${deeper}`, '/Users?count=3000']) {
      await host.scim.get(path);
      await host.records();
      counted.reset();
      await host.scim.get(path);
      // A group of a page's users is one statement more, where anybody is in one.
      expect(counted.statements.length, `${path}\n${counted.statements.join('\n')}`).to.be.within(1, 3);
    }
    counted.stop();
  });

  // SQLite doesn't count the rows it reads; there the plans above are what is asserted.
  if (engine.name !== 'sqlite')
    it('reads as many rows among many users as among few', async function () {
      this.timeout(60_000);
      const lists = [
        '',
        '&sortBy=userName',
        '&sortBy=externalId&sortOrder=descending',
        '&sortBy=displayName&sortOrder=descending',
      ];
      const questions = [...identifiers().slice(0, 7), ...lists.map((more) => `/Users?count=100${more}`)];
      /** The last page but one, by cursor, after a whole walk: the pages' statements run in turn, as they do in life. */
      const deep = async (path: string): Promise<string> => {
        let [before, cursor] = ['', ''];
        for (let next: string | undefined = ''; next !== undefined; ) {
          [before, cursor] = [cursor, next];
          next = (await host.scim.get(`${path}&cursor=${next}`)).json.nextCursor as unknown as string | undefined;
        }
        return `${path}&cursor=${before}`;
      };
      const costs = async () => {
        const found: number[] = [];
        for (const path of questions) {
          const asked = path.includes('count') ? await deep(path) : path;
          await host.scim.get(asked);
          await host.records();
          found.push((await rowsRead(host.database, () => host.scim.get(asked))) ?? 0);
        }
        return found;
      };
      const few = await costs();
      await seedUsers(host, 6_000, 10_000);
      await analyze();
      const many = await costs();
      for (const [i, rows] of many.entries())
        expect(rows, `${questions[i]}: ${few} → ${many}`).to.be.at.most((few[i] ?? 0) + 6);
    });
});
