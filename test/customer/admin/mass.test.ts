import { expect } from 'chai';
import { MappingVersions } from '../../../modules/attribute-mapping/index.ts';
import { Connections } from '../../../modules/connection/index.ts';
import { sql } from '../../../modules/framework/index.ts';
import type { BrowserVisitor } from '../../admin/visitor.ts';
import { type AdministeredHost, openAdministeredHost } from '../../setup/administered-host.ts';
import { onBothEngines } from '../../setup/databases.ts';

const grid = '/admin/customers';
const hostile = '<img src=x onerror=alert(1)>';

onBothEngines('Acts on picked customers', (engine) => {
  let host: AdministeredHost;
  let browser: BrowserVisitor;
  let ids: number[];
  let managed: number;
  let round = 0;
  before(async () => {
    host = await openAdministeredHost(engine);
    browser = await host.enter();
  });
  beforeEach(async () => {
    round++;
    host.advance(6);
    ids = [];
    for (let at = 0; at < 3; at++)
      ids.push(await host.shopper(`sam${round}-${at}@example.com`, { firstname: at === 0 ? hostile : `Sam ${at}` }));
    const user = {
      userName: `ada${round}`,
      name: { givenName: 'Ada' },
      emails: [{ value: `ada${round}@example.com` }],
    };
    managed = Number((await host.scim.create(user)).split('-')[0]);
  });
  after(() => host.close());

  const ask = (act: string, customer: readonly number[], query = '') =>
    browser.send(grid, { customer: customer.map(String), grid: query }, `${grid}/mass-${act}`);
  const confirm = (act: string, customers: readonly number[], more: Record<string, string> = {}) =>
    browser.send(grid, { customers: customers.join(','), ...more }, `${grid}/mass-${act}/confirmed`);
  const told = async () => /<div class="notice (\w+)".*?<div>(.*?)<\/div>/s.exec((await browser.get(grid)).text);
  const column = async (name: 'is_active' | 'group_id') =>
    (await host.rows<Record<string, number>>(sql`SELECT * FROM {customer_entity} ORDER BY entity_id`))
      .filter(({ entity_id }) => [...ids, managed].includes(Number(entity_id)))
      .map((row) => row[name]);

  it('stand in a menu of the grid, each for those who may', async () => {
    const { text } = await browser.get(`${grid}?state=active`);
    for (const act of ['deactivate', 'activate', 'group', 'subscribe', 'unsubscribe', 'delete'])
      expect(text).to.include(`action="${grid}/mass-${act}"`);
    expect(text).to.include('name="grid" value="state=active"');
    const editor = await host.enter(['customer::view', 'customer::edit']);
    const shown = (await editor.get(grid)).text;
    expect(shown).to.include('mass-group').and.not.include('mass-delete').and.not.include('mass-deactivate');
    const refused = await editor.send(grid, { customers: String(ids[0]) }, `${grid}/mass-delete/confirmed`);
    expect(refused.status).to.equal(403);
    expect((await (await host.enter(['customer::view'])).get(grid)).text).not.to.include('data-label="Pick"');
  });

  it('ask first: whom, what will happen, and what it means for those who are managed', async () => {
    const { status, text } = await ask('deactivate', [...ids, managed], 'state=active&size=50');
    expect(status).to.equal(200);
    expect(text).to.include('Deactivate 4 customers?').and.include('One of them is managed by Default connection');
    expect(text).to.include('&lt;img src=x').and.include(`sam${round}-1@example.com`);
    expect(text).not.to.include('<img src=x');
    expect(text).to.include('href="/admin/customers?state=active&amp;size=50">Cancel');
    expect(await column('is_active')).to.deep.equal([1, 1, 1, 1]);
    expect((await ask('deactivate', [], 'size=50')).location).to.equal(`${grid}?size=50`);
    expect((await told())?.[2]).to.include('Pick customers first');
    expect(
      (
        await ask(
          'deactivate',
          Array.from({ length: 201 }, (_, at) => at + 1),
        )
      ).status,
    ).to.equal(400);
  });

  it('lock out and let in again, each customer with a record, and say what became of whom', async () => {
    await confirm('deactivate', [ids[0] ?? 0]);
    const { location } = await confirm('deactivate', [...ids, managed, 999_999], { grid: 'size=50' });
    expect(location).to.equal(`${grid}?size=50`);
    expect((await told())?.slice(1)).to.deep.equal([
      'done',
      '3 customers were deactivated. 1 customer needed nothing. 1 customer is there no more.',
    ]);
    expect(await column('is_active')).to.deep.equal([0, 0, 0, 0]);
    const locks = await host.rows<{ n: number }>(
      sql`SELECT COUNT(*) AS n FROM {customer_entity} WHERE lock_expires = '2038-01-01 00:00:00'
        AND entity_id >= ${ids[0] ?? 0}`,
    );
    expect(Number(locks[0]?.n)).to.equal(4);
    const records = (await host.records()).filter(({ operation }) => operation === 'customer.deactivate').slice(0, 4);
    expect(records.map(({ customerId }) => customerId)).to.have.members([...ids, managed]);
    expect(records.map(({ actor }) => actor)).to.deep.equal(Array(4).fill('anna1'));
    await confirm('activate', [...ids, managed]);
    expect(await column('is_active')).to.deep.equal([1, 1, 1, 1]);
    await confirm('activate', ids);
    expect((await told())?.slice(1)).to.deep.equal(['note', '3 customers needed nothing.']);
  });

  it('put into a group, except whom an identity provider puts into one', async () => {
    expect((await ask('group', ids)).text).to.match(/<option value="2">Wholesale/);
    const unsaid = await confirm('group', ids, { group: '' });
    expect(unsaid.status).to.equal(422);
    expect(unsaid.text).to.include('Choose a group from the list.');
    expect((await confirm('group', ids, { group: '0' })).status).to.equal(422);
    await confirm('group', [...ids, managed], { group: '2' });
    expect(await column('group_id')).to.deep.equal([2, 2, 2, 2]);
    expect((await host.records())[0]?.modified).to.deep.equal([{ attribute: 'group_id', before: 1, after: 2 }]);
    await lockGroup();
    await confirm('group', [...ids, managed], { group: '3' });
    expect(await column('group_id')).to.deep.equal([3, 3, 3, 2]);
    expect((await told())?.slice(1)).to.deep.equal([
      'done',
      `3 customers were put into the group. Left out: ada${round}@example.com: the group is set by Default connection.`,
    ]);
    await confirm('group', [managed], { group: '3' });
    expect((await told())?.[1]).to.equal('problem');
  });

  /** The mapping sets the group, and keeps it. */
  async function lockGroup(): Promise<void> {
    const connection = await host.host.resolve(Connections).byCode(host.database, 'default');
    if (!connection) throw new Error('no connection');
    const versions = host.host.resolve(MappingVersions);
    const { document } = await versions.inEffect(host.database, connection);
    const row = { id: 'group', type: 'constant', value: 'Wholesale', target: 'group', locked: true, direction: 'in' };
    const rows = [...document.rows, row] as typeof document.rows;
    await host.database.transaction(async (tx) => {
      const given = { revision: 0, author: 'anna' };
      const { revision } = await versions.saveDraft(tx, connection, { ...document, rows }, given, host.now());
      await versions.publishDraft(tx, connection, { revision, author: 'anna' }, host.now());
    });
    host.advance(6);
  }

  it('subscribe and unsubscribe', async () => {
    const subscribed = async () =>
      Number(
        (
          await host.row<{ n: number }>(
            sql`SELECT COUNT(*) AS n FROM {newsletter_subscriber} WHERE subscriber_status = 1 AND customer_id >= ${ids[0] ?? 0}`,
          )
        ).n,
      );
    await confirm('subscribe', ids);
    expect(await subscribed()).to.equal(3);
    await confirm('unsubscribe', ids.slice(1));
    expect(await subscribed()).to.equal(1);
    expect((await host.records())[0]?.modified).to.deep.equal([{ attribute: 'newsletter', before: 1, after: 0 }]);
  });

  it('delete for good, after the password was asked for where the login is long ago', async () => {
    host.advance(11 * 60);
    expect((await ask('delete', ids)).text).to.include("can't be undone");
    const long = await confirm('delete', ids);
    expect(long.location ?? long.text).to.match(/confirm|password/i);
    expect(await column('is_active')).to.have.length(4);
    browser = await host.enter();
    await confirm('delete', ids);
    expect(await column('is_active')).to.deep.equal([1]);
    const gone = (await host.records()).filter(({ operation }) => operation === 'customer.delete');
    expect(gone.map(({ customerId }) => customerId)).to.include.members(ids);
  });
});
