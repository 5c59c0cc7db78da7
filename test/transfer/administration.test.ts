import { expect } from 'chai';
import { Tasks } from '../../modules/admin/index.ts';
import { Customers } from '../../modules/customer/index.ts';
import { sql } from '../../modules/framework/index.ts';
import transfer from '../../modules/transfer/module.ts';
import type { BrowserVisitor } from '../admin/visitor.ts';
import { type AdministeredHost, openAdministeredHost } from '../setup/administered-host.ts';
import { sqlite } from '../setup/databases.ts';

const page = '/admin/customer-import';

describe('Import & Export in the administration', () => {
  let host: AdministeredHost;
  let browser: BrowserVisitor;
  before(async () => {
    host = await openAdministeredHost(sqlite, [transfer]);
    browser = await host.enter();
  });
  after(() => host.close());

  const named = (email: string) => host.host.resolve(Customers).findByEmail(host.database, 1, email);
  /** What the page of a file shows when its work is done. */
  async function shown(at: string): Promise<string> {
    await host.host.resolve(Tasks).settled();
    const { status, text } = await browser.get(at);
    expect(status).to.equal(200);
    return text;
  }

  it('shows every change of a file before it is imported, and gives the rows that fail back', async () => {
    const managed = await host.scim.create({ userName: 'mia@example.com', emails: [{ value: 'mia@example.com' }] });
    const content = [
      'email,_website,firstname,lastname',
      'ada@example.com,base,Ada,<b>Love</b>',
      'mia@example.com,base,Mia,Changed',
      'bob@example.com,nowhere,Bob,=B',
    ].join('\n');
    const given = await browser.send(page, { content, website: '', only: '' });
    const at = given.location ?? '';
    expect(at).to.match(/^\/admin\/customer-import\/\d+$/);
    const rehearsed = await shown(at);
    expect(rehearsed).to.include('this is what an import would do');
    expect(rehearsed).to.include('create  line 2 ada@example.com').and.include('∅ → &lt;b>Love&lt;/b>');
    expect(rehearsed).to.include('skip    line 3 mia@example.com: Default connection manages the customer');
    expect(rehearsed).to.include('line 4, _website: There is no website &quot;nowhere&quot;.');
    expect(await named('ada@example.com')).to.equal(undefined);

    await browser.send(at, {});
    const imported = await shown(at);
    expect(imported).to.include('The file was imported.').and.not.include('>Import</button>');
    expect((await named('ada@example.com'))?.attributes).to.include({ lastname: '<b>Love</b>' });
    expect((await host.customer(managed)).lastname).not.to.equal('Changed');
    const [record] = (await host.records()).filter(({ operation }) => operation === 'customer.create');
    expect(record).to.include({ actor: 'anna1', subject: 'ada@example.com' });

    const errors = await browser.get(`${at}/csv`);
    expect(errors.headers.get('content-disposition')).to.include('.csv');
    expect(errors.text).to.include(
      `"bob@example.com","nowhere","Bob","'=B","4","_website: There is no website ""nowhere"".`,
    );
    expect((await browser.get(page)).text).to.include(`href="${at}"`);
  });

  it('asks for a file where none was given, and says what makes one unreadable', async () => {
    const { status, text } = await browser.send(page, { content: ' ' });
    expect(status).to.equal(422);
    expect(text).to.include('Paste the content of a file, or take one.');
    const { location } = await browser.send(page, { content: 'name\nAda\n' });
    expect(await shown(location ?? '')).to.include('It failed: There is no column &quot;name&quot; of customers.');
    expect((await browser.get(`${page}/999999`)).status).to.equal(404);
  });

  it('keeps no file readable in the database, and none for longer than a day', async () => {
    const { location } = await browser.send(page, { content: 'email,firstname,lastname\nsecret@example.com,S,S\n' });
    await shown(location ?? '');
    // Nothing is written that was not shown before.
    await host.database.run(sql`UPDATE {vestibule_import_upload} SET outcome = NULL`);
    await browser.send(page, {}, location ?? '');
    expect(await shown(location ?? '')).to.include('this is what an import would do');
    const rows = await host.database.all(sql`SELECT * FROM {vestibule_import_upload}`);
    const tasks = await host.database.all(sql`SELECT * FROM {vestibule_admin_task}`);
    expect(JSON.stringify([rows, tasks])).not.to.include('secret@');
    host.advance(25 * 3600);
    browser = await host.enter();
    await browser.send(page, { content: 'email\na@x.io\n' });
    await host.host.resolve(Tasks).settled();
    expect(await host.database.all(sql`SELECT upload_id FROM {vestibule_import_upload}`)).to.have.length(1);
  });

  it('exports all customers as the command does, and offers it to whom it is allowed', async () => {
    await host.shopper('sam@shop.example', { firstname: '=S' });
    const { text, headers } = await browser.get('/admin/customer-export/export?format=csv&website=base');
    expect(headers.get('content-disposition')).to.match(/customers-\d{4}-\d\d-\d\d\.csv/);
    expect(text)
      .to.match(/^"email","_website",/)
      .and.include(`"sam@shop.example"`)
      .and.include(`"'=S"`);
    const magento = await browser.get('/admin/customer-export/export?format=magento');
    expect(magento.text).to.include('" =S"').and.not.include('is_active');
    const jsonl = await browser.get('/admin/customer-export/export?format=jsonl');
    expect(jsonl.text.split('\n').find((line) => line.includes('sam@'))).to.include('"firstname":"=S"');
    const clerk = await host.enter(['customer::view', 'transfer::import']);
    expect((await clerk.get('/admin/customer-export/export')).status).to.equal(403);
    expect((await clerk.get(page)).text).not.to.include('Export Customers');
  });
});
