import { expect } from 'chai';
import { countStatements, sql } from '../../../modules/framework/index.ts';
import { requestWords } from '../../../modules/provisioning/admin/hold-words.tsx';
import { GuardJobs } from '../../../modules/provisioning/guard/job/guard-jobs.ts';
import type { BrowserVisitor } from '../../admin/visitor.ts';
import { type AdministeredHost, openAdministeredHost } from '../../setup/administered-host.ts';
import { onBothEngines } from '../../setup/databases.ts';

describe('The words for a held request', () => {
  for (const [operation, loss, words] of [
    ['user.patch', 'deactivate', 'Deactivate the user'],
    ['user.replace', 'deactivate', 'Deactivate the user'],
    ['user.create', 'deactivate', 'Deactivate the user'],
    ['user.delete', 'delete', 'Delete the user'],
    ['user.patch', null, 'Change the user'],
    ['group.patch', 'leave', 'Take members out of the group'],
    ['group.replace', 'leave', 'Take members out of the group'],
    ['group.delete', 'leave', 'Delete the group'],
  ] as const)
    it(`of ${operation} that costs ${loss ?? 'nobody known'} are "${words}"`, () => {
      expect(requestWords({ operation, loss })).to.equal(words);
    });
});

const inactive = { op: 'replace', path: 'active', value: false } as const;

onBothEngines('Held changes in the administration', (engine) => {
  let host: AdministeredHost;
  let browser: BrowserVisitor;
  beforeEach(async () => {
    host = await openAdministeredHost(engine);
    const users: string[] = [];
    for (let at = 0; at < 14; at++) users.push(await host.scim.create({ userName: `u${at}@example.com` }));
    host.advance(2 * 3600);
    for (const id of users) await host.scim.patch(id, inactive);
    browser = await host.enter();
  });
  afterEach(() => host.close());

  const active = async () =>
    Number((await host.row<{ n: number }>(sql`SELECT COUNT(*) AS n FROM {customer_entity} WHERE is_active = 1`)).n);
  const carriedOut = () => host.host.resolve(GuardJobs).drain();

  it('are listed, told on the dashboard, and shown with whom they concern', async () => {
    expect((await browser.get('/admin')).text)
      .to.include('holds changes back')
      .and.match(
        /light bad".*?<a href="\/admin\/held-changes">The mass-deprovision guard holds back a change: decide\./s,
      );
    expect((await browser.get('/admin/held-changes')).text)
      .to.include('href="/admin/held-changes/1"')
      .and.include('Waits for a decision');
    const { text } = await browser.get('/admin/held-changes/1');
    expect(text).to.include('u13@example.com').and.include('u0@example.com').and.include('Deactivated');
    expect(text).to.include('4 waiting');
    expect(text.match(/Deactivate the user/g)).to.have.length(4);
    expect(text).not.to.include('Change the user');
    expect((await browser.get('/admin/held-changes?status=denied')).text).not.to.include('/admin/held-changes/1"');
    expect((await browser.get('/admin/held-changes/99')).status).to.equal(404);
  });

  it('are carried out once they are approved, with the comment on record', async () => {
    expect(await active()).to.equal(4);
    expect((await browser.get('/admin/held-changes/1/approve')).text).to.include('Carry out what hold 1 holds?');
    expect(await active()).to.equal(4);
    const done = await browser.send('/admin/held-changes/1/approve', { comment: 'They left <b>' });
    expect(done.location).to.equal('/admin/held-changes/1');
    await carriedOut();
    expect(await active()).to.equal(0);
    expect((await browser.get('/admin/held-changes/1')).text)
      .to.include('Carried out')
      .and.include('They left &lt;b>');
    const again = await browser.send('/admin/held-changes/1/approve', {});
    expect(again.location).to.equal('/admin/held-changes/1');
    expect((await browser.get('/admin/held-changes/1')).text).to.include('notice problem');
  });

  it('leave everybody what they have once they are denied, and what had passed is restored', async () => {
    await browser.send('/admin/held-changes/1/deny', {});
    expect((await browser.get('/admin/held-changes/1')).text).to.include('Denied');
    expect((await browser.get('/admin/held-changes/1')).text)
      .to.include('4 customers until')
      .and.include('Lift Denial');
    expect((await browser.get('/admin/held-changes/1/lift')).text).to.include('these 4 customers');
    await browser.send('/admin/held-changes/1/lift', { comment: 'They did leave' });
    expect((await browser.get('/admin/held-changes/1')).text).not.to.include('Lift Denial');
    expect((await browser.send('/admin/held-changes/1/lift', {})).location).to.equal('/admin/held-changes/1');
    expect((await browser.get('/admin/held-changes/1')).text).to.include('denies nobody anything');
    await browser.send('/admin/held-changes/1/restore', {});
    await carriedOut();
    expect(await active()).to.equal(14);
  });

  it('are decided by those whose role allows it, and seen with fewer rights', async () => {
    const viewer = await host.enter(['provisioning::guard']);
    const { text, status } = await viewer.get('/admin/held-changes/1');
    expect(status).to.equal(200);
    expect(text).not.to.include('/held-changes/1/approve');
    expect((await viewer.get('/admin/held-changes/1/approve')).status).to.equal(403);
    expect((await browser.post('/admin/held-changes/1/approve', {})).status).to.equal(403);
    await carriedOut();
    expect(await active()).to.equal(4);
  });

  it('keep to ten statements a page', async () => {
    const count = countStatements(host.database);
    for (const path of ['/admin/held-changes', '/admin/held-changes/1', '/admin/held-changes/1/deny']) {
      await browser.get(path);
      count.reset();
      await browser.get(path);
      expect(count.statements.length, path).to.be.within(2, 10);
    }
    count.stop();
  });
});
