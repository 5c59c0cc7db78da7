import { expect } from 'chai';
import { Activities } from '../../../modules/activity/index.ts';
import { countStatements } from '../../../modules/framework/index.ts';
import type { BrowserVisitor } from '../../admin/visitor.ts';
import { type AdministeredHost, openAdministeredHost } from '../../setup/administered-host.ts';
import { onBothEngines } from '../../setup/databases.ts';

const report = '/admin/reports/provisioning';
const hostile = '<img src=x onerror=alert(1)>';

/** The records that a page of the report shows, by their ids. */
const idsOf = (text: string): number[] =>
  [...text.matchAll(/<td data-label="Time"><a href="[^"]*\/(\d+)"/g)].map(([, id]) => Number(id));

onBothEngines('The provisioning report in the administration', (engine) => {
  let host: AdministeredHost;
  let browser: BrowserVisitor;
  before(async () => {
    host = await openAdministeredHost(engine);
    await host.scim.post({
      userName: 'ada@example.com',
      title: hostile,
      name: { givenName: 'Ada', familyName: 'Love' },
      emails: [{ value: 'ada@example.com' }],
    });
    host.advance(86_400);
    await host.scim.post({ userName: 'bob@example.com', emails: [{ value: 'bob@example.com' }] });
    await host.scim.post({ userName: 'bob@example.com', emails: [{ value: 'bob@example.com' }] });
    await host.host.resolve(Activities).flush();
    browser = await host.enter();
  });
  after(() => host.close());

  it('has the filters of the guides, and shows everything where nothing is asked for', async () => {
    const { status, text } = await browser.get(report);
    expect(status).to.equal(200);
    for (const label of ['Enduser Identifier', 'Application Name', 'timespan', 'Search'])
      expect(text).to.include(`>${label}<`);
    const users = idsOf((await browser.get(`${report}?action=user`)).text);
    expect(users).to.have.length(3);
    expect(idsOf(text)).to.include.members(users);
    expect(text).to.include('409 refused').and.include('201 done');
    expect(text).to.include('>Default connection</a><span class="muted"> default</span>');
    expect(/<nav class="menu".*?<\/nav>/s.exec(text)?.[0])
      .to.include('Reports')
      .and.include('Provisioning Report');
  });

  it('finds a user, an application, a timespan, an action, a status and a request', async () => {
    const count = async (query: string) => idsOf((await browser.get(`${report}?${query}`)).text).length;
    expect(await count('user=bob@example.com')).to.equal(2);
    expect(await count('user=BOB@example.com&status=failure')).to.equal(1);
    expect(await count('application=default&action=user')).to.equal(3);
    expect(await count('application=default%20CONNECTION&action=user')).to.equal(3);
    expect(await count('to=2024-05-06&action=user')).to.equal(1);
    expect(await count('from=2024-05-07&to=2024-05-07')).to.equal(2);
    expect(await count('action=user.create&status=done')).to.equal(2);
    expect(await count('action=delete')).to.equal(0);
    expect(await count('request=nobody')).to.equal(0);
  });

  it('finds a text wherever it stands in a record, in any case', async () => {
    const found = async (text: string, more = '') =>
      idsOf((await browser.get(`${report}?text=${encodeURIComponent(text)}${more}`)).text);
    // Values of attributes, reasons, the request as received.
    expect(await found('ONERROR=alert')).to.have.length(1);
    expect(await found('must be UNIQUE')).to.have.length(1);
    expect(await found('"onerror')).to.deep.equal([]);
    expect(await found('bob@EXAMPLE')).to.have.length(2);
    expect(await found('bob@example', '&status=failure')).to.have.length(1);
    expect(await found('bob@example', '&to=2024-05-06')).to.deep.equal([]);
    const csv = await browser.get(`${report}/export?format=csv&text=must%20be%20unique`);
    expect(csv.text.trimEnd().split('\r\n')).to.have.length(2);
  });

  it('says what is wrong with a search', async () => {
    const unknown = await browser.get(`${report}?application=nowhere`);
    expect(unknown.status).to.equal(422);
    expect(unknown.text).to.include('No application has the code');
    expect((await browser.get(`${report}?from=yesterday`)).text).to.include('two days such as');
    expect((await browser.get(`${report}?from=2024-05-07&to=2024-05-01`)).text).to.include('ends before it begins');
    expect((await browser.get(`${report}?status=odd`)).status).to.equal(422);
    expect((await browser.get(`${report}/export?status=odd`)).status).to.equal(303);
  });

  it('opens a record with who, what, why and what to do, and harms nobody', async () => {
    const [refused = 0] = idsOf((await browser.get(`${report}?status=409`)).text);
    const page = (await browser.get(`${report}/${refused}`)).text;
    expect(page).to.include('What to do').and.include('Look at what the message names');
    expect(page).to.include('href="/admin/connections/default"').and.include('Trace');
    const [made = 0] = idsOf((await browser.get(`${report}?user=ada@example.com`)).text);
    const { text } = await browser.get(`${report}/${made}`);
    expect(text).to.include('Modified attributes').and.include('<code>lastname</code>');
    expect(text).to.match(/href="\/admin\/customers\/\d+">ada@example.com/);
    expect(text).to.include('&lt;img src=x').and.not.include('<img src=x');
    expect((await browser.get(`${report}/999999`)).status).to.equal(404);
    expect((await browser.get(`${report}/none`)).status).to.equal(404);
  });

  it('hides links and buttons from those who may not follow them, and the report from those who may not see it', async () => {
    const reader = await host.enter(['activity::view']);
    const { text } = await reader.get(report);
    expect(text).to.include('ada@example.com').and.not.include('/admin/customers/').and.not.include('Export CSV');
    expect(text).not.to.include('href="/admin/connections/');
    expect((await reader.get(`${report}/export?format=csv`)).status).to.equal(403);
    const [made = 0] = idsOf(text);
    expect((await reader.get(`${report}/${made}/replay`)).status).to.equal(403);
    expect((await (await host.enter(['activity::config'])).get(report)).status).to.equal(403);
  });

  it('writes what a search finds as CSV that no spreadsheet computes, and as JSON', async () => {
    await host.scim.post({ userName: '=HYPERLINK("http://x")', emails: [{ value: 'h@example.com' }] });
    await host.host.resolve(Activities).flush();
    const csv = await browser.get(`${report}/export?format=csv&action=user`);
    expect(csv.headers.get('content-disposition')).to.match(
      /attachment; filename="?provisioning-report-2024-05-07.csv/,
    );
    expect(csv.text.trimEnd().split('\r\n')).to.have.length(5);
    expect(csv.text).to.include(`"'=HYPERLINK(""http://x"")"`);
    const one = await browser.get(`${report}/export?format=csv&user=ada@example.com`);
    expect(one.text.trimEnd().split('\r\n')).to.have.length(2);
    expect(one.text).to.include('"default","Default connection"');
    const json = JSON.parse((await browser.get(`${report}/export?format=json&status=failure`)).text) as unknown[];
    expect(json).to.have.length(1);
    expect(json[0]).to.include({
      operation: 'user.create',
      status: 409,
      application: 'default',
      applicationName: 'Default connection',
    });
    expect(JSON.parse((await browser.get(`${report}/export?format=json&action=delete`)).text)).to.deep.equal([]);
  });

  it('shows a connection its own records as a tab', async () => {
    await host.connect('other');
    expect(idsOf((await browser.get('/admin/connections/default/activity?action=user')).text)).to.have.length(4);
    const { text } = await browser.get('/admin/connections/other/activity');
    expect(text).to.include('other').and.not.include('ada@example.com').and.not.include('Application Name');
    expect(/<nav class="tabs".*?<\/nav>/s.exec(text)?.[0]).to.match(/aria-current="page">Activity/);
  });

  it('asks ten statements at most for any of its pages', async () => {
    const [id] = idsOf((await browser.get(report)).text);
    for (const path of [
      report,
      `${report}?user=ada@example.com&status=failure`,
      `${report}?text=unique&status=failure&user=bob@example.com`,
      `${report}/${id}`,
      '/admin/connections/default/activity',
    ]) {
      const counted = countStatements(host.database);
      await browser.get(path);
      counted.stop();
      expect(counted.statements.length, counted.statements.join('\n')).to.be.within(1, 10);
    }
  });
});
