import { expect } from 'chai';
import { MappingVersions } from '../../../modules/attribute-mapping/index.ts';
import { Connections } from '../../../modules/connection/index.ts';
import { CustomerAttributes } from '../../../modules/customer/index.ts';
import { sql } from '../../../modules/framework/index.ts';
import type { BrowserVisitor } from '../../admin/visitor.ts';
import { type AdministeredHost, openAdministeredHost } from '../../setup/administered-host.ts';
import { onBothEngines } from '../../setup/databases.ts';

onBothEngines('Editing a customer in the administration', (engine) => {
  let host: AdministeredHost;
  let browser: BrowserVisitor;
  let id: number;
  let home: string;

  before(async () => {
    host = await openAdministeredHost(engine, [], {
      secondWebsite: true,
      config: { 'customer/address/dob_show': 'opt' },
    });
    await host.database.transaction((tx) =>
      host.host.resolve(CustomerAttributes).ensure(tx, [
        { code: 'size', label: 'Size', backendType: 'int', input: 'select', options: ['Small', 'Large'] },
        { code: 'likes', label: 'Likes', backendType: 'varchar', input: 'multiselect', options: ['Tea', 'Rye', 'Ale'] },
        { code: 'member_since', label: 'Member since', backendType: 'datetime' },
        { code: 'vip', label: 'VIP', backendType: 'int', input: 'boolean' },
        { code: 'remark', label: 'Remark', backendType: 'text' },
      ]),
    );
    host.advance(6);
    browser = await host.enter();
  });
  after(() => host.close());
  beforeEach(async () => {
    host.advance(60);
    id = await host.shopper(`sam${host.now().getTime()}@example.com`);
    home = `/admin/customers/${id}`;
  });

  /** The fields of a form as a browser would send them. */
  async function fieldsOf(path: string): Promise<Record<string, string | string[]>> {
    const { text } = await browser.get(path);
    const form = text.slice(text.indexOf('name="version"') - 200);
    const fields: Record<string, string | string[]> = {};
    for (const [, tag = ''] of form.matchAll(/<(input [^>]*)>/g)) {
      const name = /name="([^"]+)"/.exec(tag)?.[1];
      if (!name || /type="checkbox"/.test(tag) || / disabled/.test(tag)) continue;
      const value = /value="([^"]*)"/.exec(tag)?.[1] ?? '';
      const known = fields[name];
      fields[name] = known === undefined ? value : [known, value].flat();
    }
    for (const [, name = '', options = ''] of form.matchAll(
      /<select [^>]*name="([^"]+)"(?![^>]*disabled)[^>]*>(.*?)<\/select>/gs,
    ))
      fields[name] = [...options.matchAll(/<option value="([^"]*)" selected/g)].map(([, value = '']) => value);
    return fields;
  }
  const edit = async (changes: Record<string, string | string[]>, path = `${home}/edit`) =>
    browser.send(path, { ...(await fieldsOf(path)), ...changes });
  const optionId = async (code: string, label: string) =>
    String(await host.host.resolve(CustomerAttributes).optionId(host.database, code, label));
  const record = async () => (await host.records())[0];

  it('writes what was changed as Magento does, grid and attributes included, and records before and after', async () => {
    const large = await optionId('size', 'large');
    const likes = [await optionId('likes', 'tea'), await optionId('likes', 'ale')];
    const { location } = await edit({
      firstname: 'Samuel',
      dob: '1990-12-31',
      group_id: '2',
      size: large,
      likes: ['', ...likes],
      member_since: '2020-02-29',
      vip: '1',
      remark: 'one\r\ntwo',
    });
    expect(location).to.equal(home);
    expect(await host.customer(id)).to.include({
      firstname: 'Samuel',
      lastname: 'Shopper',
      dob: '1990-12-31',
      group_id: 2,
    });
    expect(await host.eav(id)).to.include({ likes: likes.join(',') });
    expect(await host.row(sql`SELECT name, group_id FROM {customer_grid_flat} WHERE entity_id = ${id}`)).to.include({
      name: 'Samuel Shopper',
      group_id: 2,
    });
    const done = await record();
    expect(done).to.include({ operation: 'customer.update', actor: 'anna1', customerId: id, outcome: 'done' });
    expect(done?.modified).to.deep.include({ attribute: 'firstname', before: 'Sam', after: 'Samuel' });
    expect(done?.changed).to.have.members([
      'firstname',
      'dob',
      'group_id',
      'size',
      'likes',
      'member_since',
      'vip',
      'remark',
    ]);
    const { text } = await browser.get(`${home}/edit`);
    expect(text).to.include('value="2020-02-29"').and.include(`value="${large}" selected`);
  });

  it('writes and records nothing where nothing was changed', async () => {
    const before = (await host.records()).length;
    await edit({});
    expect((await browser.get(home)).text).to.include('Nothing was changed');
    expect(await host.records()).to.have.length(before);
  });

  it('says at the field what is wrong, keeps what was typed and writes nothing', async () => {
    await host.shopper('taken@example.com');
    const wrong: readonly (readonly [Record<string, string>, string])[] = [
      [{ firstname: '' }, 'First Name is required.'],
      [{ email: 'no address' }, 'is no e-mail address'],
      [{ email: 'taken@example.com', lastname: 'Typed' }, 'has this e-mail address already'],
      [{ dob: '1990-02-31' }, 'takes a date'],
      [{ group_id: '0' }, 'choose from the list'],
      [{ store_id: '2' }, 'choose from the list'],
      [{ size: '99999' }, 'choose from the list'],
    ];
    for (const [changes, words] of wrong) {
      const { status, text } = await edit(changes);
      expect(status, words).to.equal(422);
      expect(text, words).to.include(words).and.include('field-error');
    }
    expect((await edit({ firstname: '', lastname: 'Kept' })).text).to.include('value="Kept"');
    expect(await host.customer(id)).to.include({ firstname: 'Sam', lastname: 'Shopper' });
  });

  it('is undone from its record, but for what was changed since', async () => {
    await edit({ firstname: 'Samuel', lastname: 'Changed', remark: 'new' });
    const { id: number } = (await record()) ?? { id: 0 };
    const page = `/admin/reports/provisioning/${number}`;
    expect((await browser.get(page)).text).to.include('Put the Values Back');
    host.advance(5);
    await edit({ lastname: 'Later' });
    const { location } = await browser.send(page, {}, `${page}/undo`);
    expect(location).to.equal(home);
    expect((await browser.get(home)).text).to.include('The values were put back. What was changed since');
    expect(await host.customer(id)).to.include({ firstname: 'Sam', lastname: 'Later' });
    const undone = await record();
    expect(undone).to.include({ operation: 'customer.update', actor: 'anna1' });
    expect(undone?.modified).to.deep.include({ attribute: 'firstname', before: 'Samuel', after: 'Sam' });
    await browser.send(page, {}, `${page}/undo`);
    expect((await browser.get(page)).text).to.include('Nothing was put back');
    const reader = await host.enter(['activity::view', 'customer::view']);
    expect((await reader.get(page)).text).not.to.include('Put the Values Back');
  });

  it('does not overwrite what somebody else saved meanwhile', async () => {
    const fields = await fieldsOf(`${home}/edit`);
    host.advance(5);
    await edit({ firstname: 'First' });
    const late = await browser.send(`${home}/edit`, { ...fields, lastname: 'Late' });
    expect(late.status).to.equal(409);
    expect(late.text).to.include('Somebody changed this customer').and.include('value="Late"');
    expect(await host.customer(id)).to.include({ firstname: 'First', lastname: 'Shopper' });
  });

  it('subscribes and unsubscribes, and moves a subscription with the e-mail', async () => {
    const subscription = () =>
      host.rows<{ subscriber_status: number; subscriber_email: string }>(
        sql`SELECT subscriber_status, subscriber_email FROM {newsletter_subscriber} WHERE customer_id = ${id}`,
      );
    await edit({ newsletter: '1' });
    expect((await subscription())[0]).to.include({ subscriber_status: 1 });
    expect((await record())?.modified).to.deep.equal([{ attribute: 'newsletter', before: 0, after: 1 }]);
    host.advance(5);
    await edit({ newsletter: '1', email: `new${id}@example.com` });
    expect((await subscription())[0]).to.include({ subscriber_email: `new${id}@example.com` });
    host.advance(5);
    await edit({});
    expect((await subscription())[0]).to.include({ subscriber_status: 3 });
  });

  it('shows what an identity provider owns, and leaves it alone whatever is sent', async () => {
    const user = await host.scim.create({
      userName: `own${id}@example.com`,
      name: { givenName: 'Ada', familyName: 'Love' },
    });
    const connection = await host.host.resolve(Connections).byCode(host.database, 'default');
    const versions = host.host.resolve(MappingVersions);
    const { document } = await versions.inEffect(host.database, connection);
    const rows = document.rows.map((row) => (row.target === 'lastname' ? { ...row, locked: true } : row));
    await host.database.transaction(async (tx) => {
      const given = { revision: 0, author: 'anna' };
      const { revision } = await versions.saveDraft(tx, connection, { ...document, rows }, given, host.now());
      await versions.publishDraft(tx, connection, { revision, author: 'anna' }, host.now());
    });
    host.advance(6);
    const managed = `/admin/customers/${user.split('-')[0]}`;
    const { text } = await browser.get(`${managed}/edit`);
    expect(text).to.match(/<input [^>]*name="lastname"[^>]* disabled/);
    expect(text).to.include(`Owned by ${connection.name}`);
    await edit({ lastname: 'Mine', firstname: 'Ida' }, `${managed}/edit`);
    expect(await host.customer(user)).to.include({ firstname: 'Ida', lastname: 'Love' });
  });

  it('adds, changes and deletes addresses with their defaults', async () => {
    const rows = () =>
      host.rows<Record<string, unknown>>(
        sql`SELECT entity_id, street, city, region, region_id, country_id FROM {customer_address_entity} WHERE parent_id = ${id} ORDER BY entity_id`,
      );
    const address = {
      street: ['1 Main', 'Floor 2'],
      city: 'Austin',
      country_id: 'US',
      region: 'TX',
      postcode: '78701',
      telephone: '1',
    };
    const added = await edit({ ...address, billing: '1' }, `${home}/addresses/new`);
    expect(added.location).to.equal(home);
    const [first] = await rows();
    expect(first).to.include({ street: '1 Main\nFloor 2', region: 'Texas', city: 'Austin' });
    expect(first?.region_id).to.be.above(0);
    expect(await host.customer(id)).to.include({ default_billing: first?.entity_id, default_shipping: null });
    expect(await host.row(sql`SELECT billing_city FROM {customer_grid_flat} WHERE entity_id = ${id}`)).to.include({
      billing_city: 'Austin',
    });
    host.advance(5);
    const path = `${home}/addresses/${first?.entity_id}`;
    await edit({ city: 'Dallas', shipping: '1' }, path);
    expect(await host.customer(id)).to.include({ default_billing: null, default_shipping: first?.entity_id });
    expect((await record())?.modified).to.deep.include({
      attribute: `address ${first?.entity_id} city`,
      before: 'Austin',
      after: 'Dallas',
    });
    expect((await edit({ ...address, city: '' }, path)).text).to.include('City is required.');
    expect((await browser.get(`${path}/delete`)).text)
      .to.include('Delete this address?')
      .and.include('no default shipping');
    await browser.send(`${path}/delete`, {});
    expect(await rows()).to.deep.equal([]);
    expect(await host.customer(id)).to.include({ default_shipping: null });
    expect(await record()).to.include({ operation: 'customer.delete-address' });
    expect((await browser.get(path)).status).to.equal(404);
    const other = await host.shopper(`other${id}@example.com`);
    expect((await browser.get(`/admin/customers/${other}/addresses/${first?.entity_id}`)).status).to.equal(404);
  });

  it('deletes a customer after it has asked, and says what stays', async () => {
    const { text } = await browser.get(`${home}/delete`);
    expect(text).to.include('Delete Sam Shopper?').and.include('Orders stay');
    // The password of the login before is too old by now.
    expect((await browser.send(`${home}/delete`, {})).text).to.include('Confirm that it');
    const deleter = await host.enter();
    expect((await deleter.send(`${home}/delete`, {})).location).to.equal('/admin/customers');
    expect(await host.rows(sql`SELECT entity_id FROM {customer_entity} WHERE entity_id = ${id}`)).to.deep.equal([]);
    expect((await deleter.get('/admin/customers')).text).to.include('Sam Shopper was deleted');
    expect(await record()).to.include({ operation: 'customer.delete', customerId: id, actor: 'anna3' });
  });

  it('is for those whose role allows it', async () => {
    const reader = await host.enter(['customer::view']);
    const { text } = await reader.get(home);
    expect(text).not.to.include(`${home}/edit`).and.not.include(`${home}/delete`).and.not.include('Add Address');
    for (const path of ['edit', 'delete', 'addresses/new'])
      expect((await reader.get(`${home}/${path}`)).status).to.equal(403);
  });
});
