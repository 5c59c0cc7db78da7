import { expect } from 'chai';
import { Activities } from '../../../modules/activity/index.ts';
import { ActivityJobs } from '../../../modules/activity/jobs/jobs.ts';
import { Tasks } from '../../../modules/admin/index.ts';
import { countStatements, sql } from '../../../modules/framework/index.ts';
import type { BrowserVisitor } from '../../admin/visitor.ts';
import { type AdministeredHost, openAdministeredHost } from '../../setup/administered-host.ts';
import { onBothEngines } from '../../setup/databases.ts';

const path = '/admin/reports/verification';

onBothEngines('Verifying the record in the administration', (engine) => {
  let host: AdministeredHost;
  let browser: BrowserVisitor;
  before(async () => {
    host = await openAdministeredHost(engine);
    browser = await host.enter();
    for (const name of ['ada', 'bob']) await host.scim.create({ userName: `${name}@x.example` });
    await host.host.resolve(Activities).flush();
  });
  after(() => host.close());

  /** Presses the button, and answers the page once the work is done. */
  async function verify(heads = ''): Promise<string> {
    const answer = await browser.send(path, { heads });
    expect(answer.status).to.equal(303);
    await host.host.resolve(Tasks).settled();
    return (await browser.get(path)).text;
  }
  const headIn = (text: string) => /id="head"[^>]*value="([^"]*)"/.exec(text)?.[1] ?? '';

  it('is led to from the menu and the report, and says that nothing was verified yet', async () => {
    const { status, text } = await browser.get(path);
    expect(status).to.equal(200);
    expect(text).to.include('Nothing was verified here yet');
    expect(
      (await browser.get('/admin/reports/provisioning')).text.match(/href="\/admin\/reports\/verification"/g),
    ).to.have.length(2);
  });

  it('does not call a record in order of which nothing is sealed', async () => {
    const text = await verify();
    expect(text).to.include('Nothing is sealed yet').and.not.include('The record is as it was sealed.');
    await host.host.resolve(ActivityJobs).seal();
  });

  it('says that all is as it was sealed, how much was read, and a head to be noted', async () => {
    const text = await verify();
    expect(text).to.include('The record is as it was sealed.').and.include('Begun by anna1');
    expect(text).to.match(/Records under them<\/dt><dd>[1-9]/);
    expect(headIn(text)).to.match(/^\d+:\d+:[0-9a-f]{64}$/);
    expect(await verify(` ${headIn(text)}\r\n`)).to.include('The record is as it was sealed.');
    const counted = countStatements(host.database);
    await browser.get(path);
    counted.stop();
    expect(counted.statements.length).to.be.at.most(3);
  });

  it('misses a head that is not there, and refuses what is none', async () => {
    const text = await verify(`7:0:${'5f'.repeat(32)}`);
    expect(text).to.include('Not intact.').and.include('Compare with a backup').and.not.include('id="head"');
    const refused = await browser.send(path, { heads: '7:0:5f' });
    expect(refused.status).to.equal(422);
    expect(refused.text).to.include('A head reads').and.include('7:0:5f</textarea>');
  });

  it('shows how far it is, and begins only once', async () => {
    let finish = () => {};
    const gate = new Promise<void>((resolve) => {
      finish = resolve;
    });
    await host.host.resolve(Tasks).start({ kind: 'activity.verify', subject: 'all' }, 'berta', () => gate);
    const { text } = await browser.get(path);
    expect(text)
      .to.include('<progress')
      .and.include('Begun by berta')
      .and.include('hx-get="/admin/reports/verification"');
    await browser.send(path, {});
    expect((await browser.get(path)).text).to.include('Somebody is verifying already');
    finish();
    await host.host.resolve(Tasks).settled();
  });

  it('names the record that was changed', async () => {
    const [{ id } = { id: 0 }] = await host.rows<{ id: number }>(
      sql`SELECT MAX(activity_id) AS id FROM {vestibule_activity_record}`,
    );
    await host.database.run(
      sql`UPDATE {vestibule_activity_record} SET entry = REPLACE(entry, 'bob', 'eve') WHERE activity_id = ${id}`,
    );
    const text = await verify();
    expect(text).to.include(`Record ${id} was changed`).and.include(`href="/admin/reports/provisioning/${id}"`);
    expect(text).to.include('Not intact.').and.not.include('The record is as it was sealed.');
  });

  it('is for those who may', async () => {
    const reader = await host.enter(['activity::view']);
    expect((await reader.get(path)).status).to.equal(403);
    expect((await reader.send('/admin/account', {}, path)).status).to.equal(403);
    expect((await reader.get('/admin/reports/provisioning')).text).not.to.include(path);
  });
});
