import { expect } from 'chai';
import { adminClient, administrator } from '../../setup/administration.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { type Company, openCompany } from './company.ts';

onBothEngines('The admin API of the guard', (engine) => {
  let company: Company;
  const granted = new Set(['provisioning::guard', 'provisioning::guard-decide']);
  const { override } = administrator(granted);
  before(async () => {
    company = await openCompany(engine, 40, { override: [override] });
    await company.deactivateAll(company.users.slice(0, 14));
  });
  after(() => company.close());
  const admin = () => adminClient(company.host.url);

  it('lists holds and shows one', async () => {
    const { json } = await admin().get('/guard/holds?connection=default&status=open');
    expect(json.items).to.have.length(1);
    expect(json.items[0]).to.include({ id: 1, connection: 'default', status: 'open', waiting: 4 });
    expect((await admin().get('/guard/holds?before=1')).json.items).to.deep.equal([]);
    const shown = await admin().get('/guard/holds/1?limit=2');
    expect(shown.json).to.include({ passed: 10, restored: 0 });
    expect(shown.json.held).to.have.length(2);
    expect(shown.json.losses[0]).to.include({ kind: 'deactivate', email: 'u0@example.com' });
  });

  it('approves in the name of the administrator who asks', async () => {
    const { status, json } = await admin().send('POST', '/guard/holds/1/approve', { comment: 'yes' });
    expect(status).to.equal(202);
    expect(json).to.include({ decidedBy: 'anna', comment: 'yes' });
    await company.jobs.drain();
    expect((await admin().get('/guard/holds/1')).json).to.include({ status: 'done', done: 4 });
    expect(await company.active()).to.equal(26);
  });

  it('restores what had passed and what was approved', async () => {
    expect((await admin().send('POST', '/guard/holds/1/restore', {})).status).to.equal(202);
    await company.jobs.drain();
    expect((await admin().get('/guard/holds/1')).json).to.include({ restored: 14, passed: 14, restoredBy: 'anna' });
    expect(await company.active()).to.equal(40);
  });

  it('refuses in words what makes no sense', async () => {
    const answers = [
      await admin().send('POST', '/guard/holds/1/deny', {}),
      await admin().send('POST', '/guard/holds/1/lift', {}),
      await admin().get('/guard/holds/99'),
      await admin().get('/guard/holds?status=odd'),
      await admin().get('/guard/holds?connection=nobody'),
      await admin().send('POST', '/guard/holds/1/deny', { comment: 7 }),
    ];
    expect(answers.map(({ status, json }) => [status, json.error.code])).to.deep.equal([
      [409, 'HOLD_DECIDED'],
      [409, 'HOLD_NOT_DENIED'],
      [404, 'HOLD_UNKNOWN'],
      [400, 'STATUS_INVALID'],
      [404, 'CONNECTION_UNKNOWN'],
      [400, 'COMMENT_INVALID'],
    ]);
  });

  it('lets nobody decide who may only look', async () => {
    granted.delete('provisioning::guard-decide');
    for (const verb of ['approve', 'deny', 'lift', 'restore'])
      expect((await admin().send('POST', `/guard/holds/1/${verb}`, {})).status).to.equal(403);
    expect((await admin().get('/guard/holds')).status).to.equal(200);
  });
});
