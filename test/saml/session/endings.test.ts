import { expect } from 'chai';
import { Belongings } from '../../../modules/connection/index.ts';
import { Customers } from '../../../modules/customer/index.ts';
import { Events, sql } from '../../../modules/framework/index.ts';
import { UsersTransferred } from '../../../modules/provisioning/index.ts';
import { Housekeeping } from '../../../modules/saml/session/housekeeping.ts';
import type { BrowserVisitor } from '../../admin/visitor.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { openSignInHost, type SignInHost } from '../login/sign-in-host.ts';

onBothEngines('A session of SAML', (engine) => {
  let room: SignInHost;
  let made = 0;
  before(async () => {
    room = await openSignInHost(engine);
  });
  after(() => room.close());

  /** Somebody new who is signed in, with a code that waits. */
  async function person(): Promise<{ id: number; browser: BrowserVisitor }> {
    const nameId = `person${++made}@example.com`;
    const id = await room.provision(nameId);
    const browser = room.visitor();
    await room.signIn(browser, { assertion: { nameId, attributes: [] } });
    expect((await browser.get('/saml/default/account')).status).to.equal(200);
    return { id, browser };
  }
  const left = async (id: number) => ({
    sessions: (await room.rows(sql`SELECT 1 AS n FROM {vestibule_saml_session} WHERE customer_id = ${id}`)).length,
    codes: (await room.rows(sql`SELECT 1 AS n FROM {vestibule_saml_code} WHERE customer_id = ${id}`)).length,
  });
  const nothing = { sessions: 0, codes: 0 };
  const signOuts = async (id: number) =>
    (await room.records()).filter(({ operation, customerId }) => operation === 'sign-out' && customerId === id);

  it('ends at once when SCIM deactivates the customer: the next request is refused', async () => {
    const { id, browser } = await person();
    await room.scim.patch(id, { op: 'replace', path: 'active', value: false });
    expect(await left(id)).to.deep.equal(nothing);
    const page = await browser.get('/saml/default/account');
    expect(page.status).to.equal(303);
    expect(page.location).to.contain('/login');
    const [record, ...more] = await signOuts(id);
    expect(more).to.deep.equal([]);
    expect(record?.notes?.join(' ')).to.contain('deactivated').and.contain('Ended here only');
  });

  it('ends when somebody deactivates the customer behind our back, at the next request', async () => {
    const { id, browser } = await person();
    await room.database.run(sql`UPDATE {customer_entity} SET is_active = 0 WHERE entity_id = ${id}`);
    const page = await browser.get('/saml/default/account');
    expect(page.status).to.equal(403);
    expect(page.text).to.contain('Your account is deactivated');
    expect(await left(id)).to.deep.equal(nothing);
    expect(browser.cookies.has('vestibule_saml')).to.equal(false);
  });

  it('goes on when anything else of the customer changes', async () => {
    const { id, browser } = await person();
    await room.scim.patch(id, { op: 'replace', path: 'name.familyName', value: 'Byron' });
    expect((await browser.get('/saml/default/account')).text).to.contain('Ada Byron');
  });

  it('ends when SCIM deletes the user', async () => {
    const { id } = await person();
    await room.scim.delete(id);
    expect(await left(id)).to.deep.equal(nothing);
  });

  it('ends when the customer is anonymised or deleted', async () => {
    const customers = room.host.resolve(Customers);
    for (const end of ['anonymise', 'delete'] as const) {
      const { id } = await person();
      await room.database.transaction(async (tx) => {
        const current = await customers.byId(tx, id, { forUpdate: true });
        if (current) await customers[end](tx, current, room.now());
      });
      expect(await left(id), end).to.deep.equal(nothing);
      expect(await signOuts(id), end).to.have.length(1);
    }
  });

  it('does not end where the deactivation is rolled back', async () => {
    const { id, browser } = await person();
    const customers = room.host.resolve(Customers);
    const failing = room.database.transaction(async (tx) => {
      const current = await customers.byId(tx, id, { forUpdate: true });
      if (current) await customers.update(tx, current, { is_active: 0 }, room.now());
      throw new Error('rolled back');
    });
    expect(await failing.catch((error: Error) => error.message)).to.equal('rolled back');
    expect((await browser.get('/saml/default/account')).status).to.equal(200);
  });

  it('ends when the user goes to another connection', async () => {
    const { id } = await person();
    const { id: stays } = await person();
    const moved = { from: 1, to: 99, firstCustomer: id, lastCustomer: id };
    await room.database.transaction((tx) => room.host.resolve(Events).emit(UsersTransferred, moved, tx));
    expect(await left(id)).to.deep.equal(nothing);
    expect(await left(stays)).to.deep.equal({ sessions: 1, codes: 1 });
  });

  it('goes with its connection, which counts it before', async () => {
    const { id } = await person();
    const label = 'SAML sessions';
    const belonging = room.host.resolve(Belongings).find((one) => one.label === label);
    const { length } = await room.rows(sql`SELECT 1 AS n FROM {vestibule_saml_session} WHERE connection_id = 1`);
    expect(await belonging?.count(room.database, 1))
      .to.equal(length)
      .and.to.be.greaterThan(0);
    await room.database.transaction(async (tx) => belonging?.remove?.(tx, 1));
    expect(await left(id)).to.deep.equal(nothing);
    expect(await belonging?.count(room.database, 1)).to.equal(0);
  });

  it('is not good at another connection', async () => {
    const { browser } = await person();
    await room.connect('second');
    await room.open('second');
    expect((await browser.get('/saml/second/account')).location).to.contain('/saml/second/login');
  });

  it('ends at its time, and is removed some time later', async () => {
    const { id, browser } = await person();
    room.advance(8 * 3600);
    expect((await browser.get('/saml/default/account')).status).to.equal(303);
    expect((await left(id)).sessions).to.equal(1);
    await room.host.resolve(Housekeeping).sweep(room.now());
    expect(await left(id)).to.deep.equal(nothing);
  });
});
