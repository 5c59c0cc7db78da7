import { expect } from 'chai';
import { Activities, ActivityReports } from '../../../modules/activity/index.ts';
import { ActivityJobs } from '../../../modules/activity/jobs/jobs.ts';
import { countStatements, rowsRead } from '../../../modules/framework/index.ts';
import { type AdministeredHost, openAdministeredHost } from '../../setup/administered-host.ts';
import { onBothEngines } from '../../setup/databases.ts';

const report = '/admin/reports/provisioning';
const idsOf = (text: string): number[] =>
  [...text.matchAll(/<td data-label="Time"><a href="[^"]*\/(\d+)"/g)].map(([, id]) => Number(id));
const linkOf = (text: string, words: string): string | undefined =>
  new RegExp(`href="([^"]+)"[^>]*>[^<]*${words}`).exec(text)?.[1]?.replaceAll('&amp;', '&');

onBothEngines('Among many records', (engine) => {
  let host: AdministeredHost;
  before(async () => {
    host = await openAdministeredHost(engine, [], { poolMax: 1 });
  });
  after(() => host.close());

  async function record(from: number, to: number): Promise<void> {
    const activities = host.host.resolve(Activities);
    for (let first = from; first < to; first += 500)
      await host.database.transaction(async (tx) => {
        for (let i = first; i < Math.min(first + 500, to); i++)
          activities.record(tx, {
            at: new Date(host.now().getTime() + i * 1000),
            operation: i % 3 === 0 ? 'user.create' : 'user.patch',
            outcome: i % 5 === 0 ? 'refused' : 'done',
            status: i % 5 === 0 ? 409 : 200,
            connectionId: 1,
            customerId: i % 50,
            subject: `user${i % 50}@example.com`,
          });
      });
    await host.host.resolve(ActivityJobs).seal();
  }

  it('one goes forwards and back by keys, and every record is shown once', async () => {
    await record(0, 200);
    const browser = await host.enter();
    const seen: number[] = [];
    const pages: string[] = [];
    let at: string | undefined = `${report}?size=50&action=user`;
    while (at !== undefined) {
      const { text } = await browser.get(at);
      pages.push(text);
      seen.push(...idsOf(text));
      at = linkOf(text, 'Next');
    }
    expect(pages).to.have.length(4);
    expect(new Set(seen).size).to.equal(200);
    const { items } = await host.host
      .resolve(ActivityReports)
      .page(host.database, { actions: ['user'] }, { limit: 200 });
    expect(seen).to.deep.equal(items.map(({ id }) => id));
    const back = await browser.get(linkOf(pages[3] ?? '', 'Previous') ?? '');
    expect(idsOf(back.text)).to.deep.equal(idsOf(pages[2] ?? ''));
    const second = await browser.get(linkOf(pages[1] ?? '', 'Previous') ?? '');
    expect(idsOf(second.text)).to.deep.equal(idsOf(pages[0] ?? ''));
    expect(linkOf(second.text, 'Previous')).to.equal(undefined);
  });

  it('pages read no more rows than among few', async () => {
    const browser = await host.enter();
    const paths = [
      report,
      `${report}?user=user7@example.com`,
      `${report}?status=failure`,
      `${report}?to=2024-05-06`,
      `${report}?text=nowhere`,
    ];
    const read = async () => {
      const rows: Record<string, number> = {};
      for (const path of paths) {
        await browser.get(path);
        rows[path] = (await rowsRead(host.database, () => browser.get(path))) ?? 0;
      }
      return rows;
    };
    await record(200, 1_400);
    const few = await read();
    await record(1_400, 5_000);
    const many = await read();
    for (const [path, rows] of Object.entries(few)) expect(many[path], path).to.be.at.most(rows + 100);
  });

  it('a text is looked for in some of them at a time, and further where one wishes', async () => {
    const browser = await host.enter();
    let at: string | undefined = `${report}?text=user.patch&size=200&action=user`;
    const seen: number[] = [];
    while (at !== undefined) {
      const { text } = await browser.get(at);
      seen.push(...idsOf(text));
      at = linkOf(text, 'Next');
    }
    expect(new Set(seen).size).to.equal(seen.length);
    expect(seen).to.have.length(Array.from({ length: 5_000 }, (_, i) => i).filter((i) => i % 3 !== 0).length);
    const rare = await browser.get(`${report}?text=user0@example.com-nobody`);
    expect(idsOf(rare.text)).to.deep.equal([]);
    expect(rare.text).to.include('1,024 records were looked through for this page');
    const further = await browser.get(linkOf(rare.text, 'Look further') ?? '');
    expect(further.text).to.include('1,024 records were looked through');
    const counted = countStatements(host.database);
    await browser.get(`${report}?text=nobody&status=failure,success`);
    counted.stop();
    expect(counted.statements.length, counted.statements.join('\n')).to.be.within(1, 10);
  });
});
