import { expect } from 'chai';
import { Activities } from '../../../modules/activity/index.ts';
import { sql } from '../../../modules/framework/index.ts';
import type { BrowserVisitor } from '../../admin/visitor.ts';
import { type AdministeredHost, openAdministeredHost } from '../../setup/administered-host.ts';
import { onBothEngines } from '../../setup/databases.ts';

const report = '/admin/reports/provisioning';

onBothEngines('A record in the administration', (engine) => {
  let host: AdministeredHost;
  let browser: BrowserVisitor;
  let patch: number;
  let customer: string;
  beforeEach(async () => {
    host = await openAdministeredHost(engine);
    customer = await host.scim.create({
      userName: 'ada',
      name: { familyName: 'Love' },
      emails: [{ value: 'ada@example.com' }],
    });
    await host.scim.patch(customer, { op: 'replace', path: 'name.familyName', value: 'Byron' });
    await host.scim.patch(customer, { op: 'replace', path: 'name.familyName', value: 'King' });
    patch =
      (await host.records()).find(
        ({ operation, modified }) => operation === 'user.patch' && modified?.some(({ after }) => after === 'Byron'),
      )?.id ?? 0;
    browser = await host.enter();
  });
  afterEach(() => host.close());

  const lastName = async () => (await host.customer(customer)).lastname;

  it('offers its request once more, and shows what it would do without doing it', async () => {
    expect((await browser.get(`${report}/${patch}`)).text)
      .to.include('Dry Replay')
      .and.include('Live Replay');
    const { text, status } = await browser.get(`${report}/${patch}/replay`);
    expect(status).to.equal(200);
    expect(text)
      .to.include('Nothing was written')
      .and.include('<span class="value">King</span>')
      .and.include('<span class="value">Byron</span>');
    expect(await lastName()).to.equal('King');
  });

  it('shows what a request about a group would do', async () => {
    const schemas = ['urn:ietf:params:scim:schemas:core:2.0:Group'];
    await host.scim.send('POST', '/Groups', { schemas, displayName: 'Staff', members: [{ value: customer }] });
    const record = (await host.records()).find(({ operation }) => operation === 'group.create')?.id ?? 0;
    const { id } = await host.row<{ id: number }>(sql`SELECT group_id AS id FROM {vestibule_group}`);
    expect((await browser.get(`${report}/${record}/replay`)).text).to.include('Another group of this connection');
    await host.scim.delete(`../Groups/g${id}`);
    expect((await browser.get(`${report}/${record}/replay`)).text)
      .to.include('Staff, 1 member, customer group Staff')
      .and.include('1: ada@example.com');
  });

  it('carries it out after it has asked, and records who wanted it', async () => {
    const ask = await browser.get(`${report}/${patch}/replay/live`);
    expect(ask.text).to.include('once more?').and.include('Replay it now');
    expect(await lastName()).to.equal('King');
    const done = await browser.send(`${report}/${patch}/replay/live`, {});
    expect(done).to.include({ status: 303 });
    expect(await lastName()).to.equal('Byron');
    expect((await browser.get(done.location ?? '')).text)
      .to.include('was answered 200')
      .and.include('user.patch');
    await host.host.resolve(Activities).flush();
    expect((await host.records())[0]?.actor).to.match(/^anna1, replaying record/);
  });

  it('wants the password again where it was given long ago, and refuses who may not', async () => {
    const reader = await host.enter(['activity::view', 'provisioning::preview']);
    expect((await reader.get(`${report}/${patch}`)).text)
      .to.include('Dry Replay')
      .and.not.include('Live Replay');
    expect(
      (await reader.send(`${report}/${patch}/replay`.replace('/replay', ''), {}, `${report}/${patch}/replay/live`))
        .status,
    ).to.equal(403);
    host.advance(11 * 60);
    const answer = await browser.send(`${report}/${patch}/replay/live`, {});
    expect(answer.location ?? answer.text).to.match(/confirm|assword/);
    expect(await lastName()).to.equal('King');
    expect((await browser.post(`${report}/${patch}/replay/live`, {})).status).to.equal(403);
  });

  it('says why a record cannot be replayed', async () => {
    await host.scim.get(`/Users/${customer}`);
    const read = (await host.records()).find(({ operation }) => operation === 'user.read')?.id ?? 0;
    expect((await browser.get(`${report}/${read}`)).text).not.to.include('Dry Replay');
    expect((await browser.get(`${report}/${read}/replay`)).text).to.include('keeps no request');
    expect((await browser.get(`${report}/${read}/replay/live`)).status).to.equal(404);
    await host.database.run(sql`DELETE FROM {vestibule_activity_pending} WHERE activity_id = ${patch}`);
    expect((await browser.get(`${report}/${patch}/replay`)).status).to.equal(404);
  });
});
