import { expect } from 'chai';
import { countStatements, rowsRead, sql } from '../../../modules/framework/index.ts';
import notification from '../../../modules/notification/module.ts';
import type { BrowserVisitor } from '../../admin/visitor.ts';
import { type AdministeredHost, openAdministeredHost } from '../../setup/administered-host.ts';
import { onBothEngines } from '../../setup/databases.ts';

const grid = '/admin/customers';
const hostile = '<img src=x onerror=alert(1)>';

const idsOf = (text: string): number[] =>
  [...text.matchAll(/data-label="ID"><a href="\/admin\/customers\/(\d+)"/g)].map(([, id]) => Number(id));
const linkOf = (text: string, words: string): string | undefined =>
  new RegExp(`href="([^"]+)"[^>]*>[^<]*${words}`).exec(text)?.[1]?.replaceAll('&amp;', '&');

onBothEngines('The customers in the administration', (engine) => {
  let host: AdministeredHost;
  let browser: BrowserVisitor;
  let managed: number;
  let evil: number;
  before(async () => {
    host = await openAdministeredHost(engine, [notification]);
    for (let i = 0; i < 45; i++)
      await host.shopper(`shopper${String(i).padStart(2, '0')}@example.com`, { lastname: `L${i % 7}` });
    evil = await host.shopper('evil@example.com', { firstname: hostile, lastname: '100%_sure' });
    managed = Number(
      (
        await host.scim.create({
          userName: 'ada',
          name: { givenName: 'Ada', familyName: 'Love' },
          emails: [{ value: 'ada@example.com' }],
        })
      ).split('-')[0],
    );
    browser = await host.enter();
  });
  after(() => host.close());

  const count = async (query: string) => idsOf((await browser.get(`${grid}?size=100&${query}`)).text).length;

  it('stand in a grid with their state, who manages them and how far they have come', async () => {
    const { status, text } = await browser.get(grid);
    expect(status).to.equal(200);
    expect(idsOf(text).slice(0, 2)).to.deep.equal([managed, evil]);
    expect(text)
      .to.include('data-label="Source"')
      .and.include('href="/admin/connections/default"')
      .and.include('Not invited');
    expect(text).to.include('&lt;img src=x').and.not.include('<img src=x');
    expect(/<nav class="menu".*?<\/nav>/s.exec(text)?.[0]).to.include('href="/admin/customers"');
  });

  it('are sorted by what has an index, and paged by keys forwards and back', async () => {
    for (const sort of ['id', 'email', 'lastname', 'firstname'])
      for (const order of ['asc', 'desc']) {
        const seen: number[] = [];
        const pages: string[] = [];
        let at: string | undefined = `${grid}?sort=${sort}&order=${order}`;
        while (at !== undefined) {
          const { text } = await browser.get(at);
          pages.push(text);
          seen.push(...idsOf(text));
          at = linkOf(text, 'Next');
        }
        expect(new Set(seen).size, `${sort} ${order}`).to.equal(47);
        expect(seen, `${sort} ${order}`).to.have.length(47);
        const back = await browser.get(linkOf(pages[2] ?? '', 'Previous') ?? '');
        expect(idsOf(back.text), `${sort} ${order}, back`).to.deep.equal(idsOf(pages[1] ?? ''));
      }
  });

  it('are found by what one knows of them', async () => {
    expect(await count('email=shopper')).to.equal(45);
    expect(await count('email=SHOPPER04')).to.equal(1);
    expect(await count('email=%25')).to.equal(0);
    expect(await count('lastname=100%25_')).to.equal(1);
    expect(await count('lastname=L3')).to.equal(6);
    expect(await count('lastname=L3&firstname=Sa')).to.equal(6);
    expect(await count('lastname=L3&firstname=x')).to.equal(0);
    expect(await count(`id=${managed}`)).to.equal(1);
    expect(await count('group=1')).to.equal(47);
    expect(await count('source=default')).to.equal(1);
    expect(await count('source=-')).to.equal(46);
    expect(await count('onboarding=done')).to.equal(0);
    expect(await count('from=2024-05-06&to=2024-05-06')).to.equal(47);
    expect(await count('from=2024-05-07')).to.equal(0);
    expect(await count('state=active')).to.equal(47);
    expect(await count('state=deactivated')).to.equal(0);
    await host.database.run(sql`UPDATE {customer_grid_flat}
      SET billing_country_id = 'US', billing_postcode = '78701-1', billing_telephone = '512 1' WHERE entity_id = ${evil}`);
    for (const one of ['country=us', 'postcode=787', 'telephone=512']) expect(await count(one), one).to.equal(1);
    expect(await count('country=US&postcode=701')).to.equal(0);
  });

  it('are found by a keyword that begins a name, an e-mail or both names, or is an id', async () => {
    const found = async (text: string) =>
      idsOf((await browser.get(`${grid}?size=100&text=${encodeURIComponent(text)}`)).text);
    expect(await found('shopper0')).to.have.length(10);
    expect(await found('LOVE')).to.deep.equal([managed]);
    expect(await found('ada love')).to.deep.equal([managed]);
    expect(await found('Love, Ada')).to.deep.equal([managed]);
    expect(await found('ada x')).to.deep.equal([]);
    expect(await found(String(managed))).to.deep.equal([managed]);
    expect(await found('100%_')).to.deep.equal([evil]);
    expect(await found('%')).to.deep.equal([]);
    expect(await found('sam l3')).to.have.length(6);
    const first = await browser.get(`${grid}?text=shopper&sort=email&order=asc`);
    const next = await browser.get(linkOf(first.text, 'Next') ?? '');
    expect(idsOf(next.text)).to.have.length(20).and.not.include.members(idsOf(first.text));
  });

  it('open as each administrator has kept them, with views under names', async () => {
    const asked = 'size=50&column=id&column=telephone&state=active';
    const keep = (fields: Record<string, string>) =>
      browser.send(`${grid}?view=none`, { grid, query: `${asked}&after=x`, ...fields }, '/admin/views');
    expect((await keep({ name: 'Callers <b>' })).location).to.equal(`${grid}?${asked}`);
    const { text } = await browser.get(`${grid}?view=none`);
    expect(text)
      .to.include(`href="${grid}?${asked.replaceAll('&', '&amp;')}"`)
      .and.include('Callers &lt;b>');
    expect((await browser.get(grid)).status).to.equal(200);
    await keep({ opening: '1' });
    expect((await browser.get(grid)).location).to.equal(`${grid}?${asked}`);
    expect((await browser.get(`${grid}?view=none`)).text).to.include('data-label="Email"');
    const other = await host.enter();
    expect((await other.get(grid)).text).not.to.include('Callers');
    const id = /action="\/admin\/views\/drop".*?name="id" value="(\d+)"/s.exec(text)?.[1] ?? '';
    await other.send(grid, { id, back: grid }, '/admin/views/drop');
    expect((await browser.get(`${grid}?view=none`)).text).to.include('Callers');
    await browser.send(`${grid}?view=none`, { id, back: grid }, '/admin/views/drop');
    expect((await browser.get(`${grid}?view=none`)).text).not.to.include('Callers');
    expect((await keep({ name: '' })).status).to.equal(303);
    expect((await browser.get(`${grid}?view=none`)).text).to.include('Give the view a name');
    const away = await browser.send(
      `${grid}?view=none`,
      { grid: 'https://evil.example', query: '', name: 'x' },
      '/admin/views',
    );
    expect(away.location).to.match(/^\/admin\?/);
    for (let at = 0; at < 25; at++) await keep({ name: `v${at}` });
    expect((await browser.get(`${grid}?view=none`)).text).to.include('keeps 20 views');
    await host
      .rows(sql`SELECT view_id FROM {vestibule_admin_view}`)
      .then((rows) => expect(rows).to.have.length.below(22));
    await host.database.run(sql`DELETE FROM {vestibule_admin_view}`);
  });

  it('show the columns that one chooses, and go into a file that no spreadsheet computes', async () => {
    expect((await browser.get(grid)).text).not.to.include('data-label="Phone"');
    const chosen = (await browser.get(`${grid}?column=id&column=telephone`)).text;
    expect(chosen).to.include('data-label="Phone"').and.not.include('data-label="Email"');
    await host.shopper('formula@example.com', { firstname: '=1+1', lastname: 'Zed' });
    const csv = await browser.get(`${grid}/export?lastname=Zed`);
    const lines = csv.text.trimEnd().split('\r\n');
    expect(csv.headers.get('content-type')).to.match(/^text\/csv/);
    expect(lines).to.have.length(2);
    expect(lines[0]).to.equal('"ID","Name","Email","Group","Web Site","Customer Since","State","Source","Onboarding"');
    expect(lines[1]).to.match(
      /^"\d+","'=1\+1 Zed","formula@example.com","General","Main Website","2024-05-06T[\d:]+Z","Active","","Not invited"$/,
    );
    const seen = await browser.get(`${grid}/export?lastname=Zed&column=email&column=telephone&column=onboarding`);
    expect(seen.text).to.equal('"Email","Phone","Onboarding"\r\n"formula@example.com","","Not invited"\r\n');
    expect((await browser.get(`${grid}/export`)).text.trimEnd().split('\r\n')).to.have.length(49);
  });

  it('are shown to those only who may see them', async () => {
    const reader = await host.enter(['customer::view']);
    const { text } = await reader.get(grid);
    expect(text).not.to.include('Export CSV').and.not.include('data-label="Source"').and.not.include('Send Activation');
    expect((await reader.get(`${grid}/export`)).status).to.equal(403);
    expect((await reader.get(`${grid}/${evil}/deactivate`)).status).to.equal(403);
    expect((await reader.get(`${grid}/${evil}`)).text).not.to.include('Deactivate');
    expect((await (await host.enter(['activity::view'])).get(grid)).status).to.equal(403);
  });

  it('ask ten statements at most', async () => {
    for (const path of [
      grid,
      `${grid}?source=default&onboarding=not-invited&state=active`,
      `${grid}/${managed}`,
      `${grid}/${evil}`,
    ]) {
      await browser.get(path);
      const counted = countStatements(host.database);
      await browser.get(path);
      counted.stop();
      expect(counted.statements.length, `${path}\n${counted.statements.join('\n')}`).to.be.within(1, 10);
    }
  });
});

onBothEngines('Among many customers', (engine) => {
  it('a page of the grid reads no more rows than among few', async function () {
    this.timeout(60_000);
    const host = await openAdministeredHost(engine, [notification], { poolMax: 1 });
    try {
      const browser = await host.enter();
      const paths = [
        '',
        '?sort=email&order=asc',
        '?email=mass00001',
        '?lastname=Seldom',
        '?state=deactivated',
        '?source=default',
      ].map((query) => grid + query);
      const fill = async (from: number, to: number) => {
        for (let first = from; first < to; first += 500) {
          const rows = Array.from(
            { length: Math.min(500, to - first) },
            (_, i) => `('mass${String(first + i).padStart(6, '0')}@example.com', 1, 1, 'Mass', 'Many')`,
          );
          await host.database.run({
            sql: `INSERT INTO {customer_entity} (email, website_id, group_id, firstname, lastname) VALUES ${rows.join(', ')}`,
            values: [],
          });
        }
        if (engine.name !== 'sqlite') await host.database.all(sql`ANALYZE TABLE {customer_entity}`);
      };
      const read = async (): Promise<number[]> => {
        const rows: number[] = [];
        for (const path of paths) {
          await browser.get(path);
          rows.push((await rowsRead(host.database, () => browser.get(path))) ?? 0);
        }
        return rows;
      };
      await fill(0, 2_500);
      const few = await read();
      await fill(2_500, 12_000);
      const many = await read();
      for (const [at, path] of paths.entries()) expect(many[at], path).to.be.at.most((few[at] ?? 0) + 60);
    } finally {
      await host.close();
    }
  });
});
