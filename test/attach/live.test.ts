import { expect } from 'chai';
import { Authentication } from '../../modules/admin/access/authentication.ts';
import admin from '../../modules/admin/module.ts';
import { Roles } from '../../modules/admin/role/role.ts';
import { CaptureTriggers, ChangePump } from '../../modules/change-capture/index.ts';
import changeCapture from '../../modules/change-capture/module.ts';
import { areasNamed, runSuite } from '../../modules/conformance/index.ts';
import { connect } from '../../modules/framework/database/connect.ts';
import { openHost, type ScimHost } from '../provisioning/host.ts';
import { onBothEngines } from '../setup/databases.ts';
import { type MagentoDatabase, magentoDatabase } from './magento/database.ts';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

onBothEngines('A host on a Magento 2.4.8 with a prefix, an indexer on schedule and 10,000 customers', (engine) => {
  if (engine.name !== 'mysql') return;
  let magento: MagentoDatabase;
  let host: ScimHost;

  before(async function () {
    this.timeout(60_000);
    magento = await magentoDatabase({
      line: '2.4.8',
      prefix: 'mg_',
      customers: 10_000,
      config: { 'customer/account_share/scope': '0' },
      also: [
        "INSERT INTO mg_store_website (website_id, code, name, default_group_id) VALUES (2, 'other', 'Other', 0)",
        "INSERT INTO mg_customer_entity (website_id, email, firstname, lastname) VALUES (2, 'elsewhere@live.example', 'E', 'L')",
      ],
    });
    const database = await connect({ url: magento.url, tablePrefix: 'mg_', detectNesting: true });
    host = await openHost(engine, {
      modules: [admin, changeCapture],
      database: { url: magento.url, database, dispose: () => database.close() },
    });
  });
  after(async () => {
    await host?.close();
    await host?.database.close();
    await magento?.dispose();
  });

  const logged = async (id: string | number): Promise<number> =>
    (await magento.rows(`SELECT 1 FROM mg_customer_grid_flat_cl WHERE entity_id = ${Number(id)}`)).length;
  const clear = () => magento.run('DELETE FROM mg_customer_grid_flat_cl');

  it('meets the requirements of the RFCs', async function () {
    this.timeout(60_000);
    const areas = areasNamed(['create', 'replace', 'patch', 'delete', 'filter', 'groups']);
    const { verdicts } = await runSuite({ areas, target: { base: `${host.url}/scim/v2`, token: host.token } });
    expect(verdicts.filter(({ outcome }) => outcome === 'fail')).to.deep.equal([]);
    expect(verdicts.length).to.be.above(90);
  });

  it('finds the customers that are there, refuses to make them again, and takes them over', async () => {
    const { json } = await host.scim.find('userName eq "C4711@live.example"');
    const [found] = json.Resources as unknown as readonly { readonly id: string }[];
    expect(found?.id).to.equal('4711');
    expect((await host.scim.post({ userName: 'c4711@live.example' })).status).to.equal(409);
    expect((await host.scim.put(4711, { userName: 'c4711@live.example', displayName: 'X' })).status).to.equal(200);
    expect(await host.customer(4711)).to.include({ email: 'c4711@live.example', firstname: 'First4711' });
  });

  it('takes an e-mail address for taken that is taken on another website, where accounts are shared', async () => {
    const { status, json } = await host.scim.post({ userName: 'elsewhere@live.example' });
    expect({ status, type: json.scimType }).to.deep.equal({ status: 409, type: 'uniqueness' });
  });

  it('writes the columns that the grid has, and no others', async () => {
    const id = await host.scim.create({
      userName: 'grid@live.example',
      name: { givenName: 'Gus', familyName: 'Grid' },
    });
    const [row] = await magento.rows(`SELECT * FROM mg_customer_grid_flat WHERE entity_id = ${id}`);
    expect(row)
      .to.include({ name: 'Gus Grid', email: 'grid@live.example', loyalty_level: null })
      .and.not.have.property('taxvat');
    await host.scim.patch(id, {
      op: 'replace',
      path: 'urn:vestibule:scim:schemas:extension:customer:2.0:User:loyalty_level',
      value: 'gold',
    });
    expect(await magento.rows(`SELECT loyalty_level FROM mg_customer_grid_flat WHERE entity_id = ${id}`)).to.deep.equal(
      [{ loyalty_level: 'gold' }],
    );
  });

  it("leaves Magento's triggers to note what they see, and notes texts itself", async () => {
    const id = await host.scim.create({ userName: 'note@live.example' });
    expect(await logged(id)).to.be.above(0);
    await clear();
    await host.scim.patch(id, { op: 'replace', path: `${enterprise}:employeeNumber`, value: '701' });
    expect(await host.eav(id)).to.include({ employee_number: '701' });
    expect(await logged(id)).to.equal(1);
    await clear();
    await host.scim.patch(id, { op: 'remove', path: `${enterprise}:employeeNumber` });
    expect(await logged(id)).to.equal(1);
    await clear();
    await host.scim.patch(id, { op: 'replace', path: `${enterprise}:manager.value`, value: '1' });
    expect(await logged(id), 'what is in the document alone').to.equal(0);
  });

  it("keeps what providers say of a department beside the store's own select of that name", async () => {
    const user = { userName: 'dept@live.example', schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', enterprise] };
    const id = await host.scim.create({ ...user, [enterprise]: { department: 'Engineering' } });
    expect((await host.scim.get(`/Users/${id}`)).json[enterprise]).to.deep.equal({ department: 'Engineering' });
    const values = `SELECT value FROM mg_customer_entity_int WHERE attribute_id = 1201 AND entity_id = ${id}`;
    expect(await magento.rows(values)).to.deep.equal([]);
    const own = 'urn:vestibule:scim:schemas:extension:customer:2.0:User:department';
    expect((await host.scim.patch(id, { op: 'replace', path: own, value: 'sales' })).status).to.equal(200);
    expect(await magento.rows(values)).to.deep.equal([{ value: 1301 }]);
    const [attribute] = await magento.rows(
      "SELECT backend_type, frontend_input FROM mg_eav_attribute WHERE attribute_code = 'department'",
    );
    expect(attribute).to.deep.equal({ backend_type: 'int', frontend_input: 'select' });
  });

  it("sees what Magento writes, beside Magento's own triggers", async () => {
    await host.host.resolve(CaptureTriggers).install();
    await host.database.run({ sql: 'DELETE FROM {vestibule_change}', values: [] });
    await clear();
    await magento.run("UPDATE mg_customer_entity SET firstname = 'Anna' WHERE entity_id = 4711");
    expect(await logged(4711)).to.equal(1);
    expect(await magento.rows('SELECT customer_id FROM mg_vestibule_change')).to.deep.equal([{ customer_id: 4711 }]);
    expect((await host.scim.get('/Users/4711')).json.name?.givenName).to.equal('Anna');
    await host.host.resolve(ChangePump).pump();
  });

  it('lets its administrators in, with what their roles allow', async function () {
    this.timeout(20_000);
    const authentication = host.host.resolve(Authentication);
    const login = (user: string, password = 'Tandem-Kettle-42') =>
      authentication.login(user, password, '192.0.2.1', host.now());
    expect(await login('ada')).to.deep.equal({ id: 3 });
    expect(await login('otto')).to.deep.equal({ id: 5 });
    expect(
      await login('otto', 'Tandem-Kettle-43').catch((error: unknown) => (error as { code: string }).code),
    ).to.equal('LOGIN_REFUSED');
    const roles = host.host.resolve(Roles);
    expect((await roles.permissions(host.database, 1)).may('customer::view')).to.equal(true);
    expect((await roles.permissions(host.database, 8)).may('customer::view')).to.equal(false);
  });

  it("grants its own resources beside Magento's, which stay as they are", async () => {
    const rules = () =>
      magento.rows('SELECT rule_id, role_id, resource_id, permission FROM mg_authorization_rule ORDER BY rule_id');
    const before = await rules();
    const roles = host.host.resolve(Roles);
    const change = (...resources: string[]) =>
      host.database.transaction((tx) => roles.change(tx, 8, { name: 'Orders', everything: false, resources }));
    await change('customer::view', 'customer::edit');
    const granted = await rules();
    expect(granted.slice(0, before.length)).to.deep.equal(before);
    expect(granted.slice(before.length).map(({ resource_id }) => resource_id)).to.deep.equal([
      'customer::view',
      'customer::edit',
    ]);
    expect((await roles.permissions(host.database, 8)).may('customer::edit')).to.equal(true);
    await change();
    expect(await rules()).to.deep.equal(before);
  });
});
