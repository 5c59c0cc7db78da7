import { expect } from 'chai';
import { countStatements, sql } from '../../../modules/framework/index.ts';
import { createDepartures } from '../../../modules/provisioning/departure/departures.ts';
import type { ConnectionDepartures } from '../../../modules/provisioning/index.ts';
import { SamlIdentities } from '../../../modules/saml/index.ts';
import saml from '../../../modules/saml/module.ts';
import { openHost, type ScimHost } from '../../provisioning/host.ts';
import { type Connected, connected } from '../../provisioning/policy/connected.ts';
import { departureRoom } from '../../provisioning/policy/departure-room.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { withFrozenClocks } from '../../setup/frozen-clocks.ts';
import { type People, peopleOf } from './people.ts';

const soap = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims';

onBothEngines('People who sign in by SAML', (engine) => {
  let host: ScimHost;
  let shop: Connected;
  let people: People;
  let identities: SamlIdentities;
  let name: string;
  before(async () => {
    host = await openHost(engine, { modules: [saml] });
    identities = host.host.resolve(SamlIdentities);
  });
  withFrozenClocks();
  after(() => host.close());
  beforeEach(async () => {
    shop = await connected(host);
    people = peopleOf(host, shop.code);
    name = `ann.${shop.code}@example.com`;
  });

  const claims = (more: Record<string, string | string[]> = {}) => ({
    firstName: 'Ann',
    lastName: 'Smith',
    email: name,
    ...more,
  });
  const known = async () => (await identities.page(host.database, await shop.connection())).identities;

  it('become users by their claims, are recorded without their assertion, and are remembered', async () => {
    const { userId, customerId } = await people.signIn({ nameId: name, attributes: claims({ title: 'Buyer' }) });
    expect((await shop.scim.get(`/Users/${userId}`)).json).to.deep.include({
      userName: name,
      name: { givenName: 'Ann', familyName: 'Smith' },
      title: 'Buyer',
    });
    const record = (await host.records()).find(
      ({ customerId: of, operation }) => of === customerId && operation === 'sign-in',
    );
    expect(record?.trace?.map(({ step }) => step)).to.deep.equal(['claims', 'map', 'write', 'answer']);
    expect(record?.payload).to.deep.nested.include({ path: `/saml/${shop.code}/acs`, 'body.title': 'Buyer' });
    expect(JSON.stringify(record)).not.to.contain('SECRET');
    const [identity, ...more] = await known();
    expect(more).to.deep.equal([]);
    expect(identity).to.deep.include({ customerId, identifier: name });
    expect(identity?.said.title).to.equal('Buyer');
    const first = identity?.lastAt;
    host.advance(60);
    await people.signIn({ nameId: name, attributes: claims({ title: 'Buyer' }) });
    const [again] = await known();
    expect([again?.firstAt, again?.lastAt === first]).to.deep.equal([identity?.firstAt, false]);
  });

  it('are told apart byte by byte', async () => {
    const one = await people.signIn({ nameId: 'AbC', format: 'persistent', attributes: { uid: `x-${shop.code}` } });
    const two = await people.signIn({ nameId: 'aBc', format: 'persistent', attributes: { uid: `y-${shop.code}` } });
    expect(one.customerId).not.to.equal(two.customerId);
    expect((await people.signIn({ nameId: 'AbC', format: 'persistent' })).customerId).to.equal(one.customerId);
    expect((await known()).map(({ identifier }) => identifier).sort()).to.deep.equal(['AbC', 'aBc']);
  });

  it('are refused where nothing tells who they are, and where it changes each time', async () => {
    const transient = await people.refused({ nameId: '_1', format: 'transient', attributes: claims() });
    expect(transient.code).to.equal('INVALID');
    expect(transient.message).to.contain('transient').and.to.contain('identifier');
    expect(await known()).to.deep.equal([]);
    const chosen = { identifier: `${soap}/upn` };
    expect(
      (
        await people.signIn(
          { nameId: '_1', format: 'transient', attributes: claims({ [`${soap}/upn`]: name }) },
          chosen,
        )
      ).outcome,
    ).to.equal('created');
  });

  it('again take four reading statements and write their record and when it was', async () => {
    const groups = [`A ${shop.code}`];
    const said = { nameId: name, attributes: claims({ groups, street: '1 Main', city: 'Austin', c: 'US' }) };
    const settings = { groupsAttribute: 'groups' };
    const { customerId } = await people.signIn(said, settings);
    await people.signIn(said, settings);
    await host.records();
    const counted = countStatements(host.database);
    const before = await host.customer(customerId);
    counted.reset();
    expect((await people.signIn(said, settings)).outcome).to.equal('unchanged');
    const statements = counted.statements.filter((text) => !text.includes('FROM vestibule_connection '));
    expect(statements.filter((text) => /^\s*SELECT/.test(text))).to.have.length(4);
    expect(
      statements.filter((text) => !/^\s*SELECT/.test(text)).map((text) => text.split(' ').slice(0, 3).join(' ')),
    ).to.have.members(['UPDATE vestibule_saml_identity SET', 'INSERT INTO vestibule_activity_pending']);
    expect(await host.customer(customerId)).to.deep.equal(before);
  });

  it('at the same moment become one customer with one identity', async () => {
    await host.warm();
    const came = await Promise.all(
      Array.from({ length: 50 }, () => people.signIn({ nameId: name, attributes: claims({ title: 'x' }) })),
    );
    expect(new Set(came.map(({ customerId }) => customerId)).size).to.equal(1);
    expect(came.filter(({ outcome }) => outcome === 'created')).to.have.length(1);
    expect(await known()).to.have.length(1);
    const again = await people.signIn({ nameId: name, attributes: claims({ title: 'y' }) });
    expect(again.outcome).to.equal('updated');
    // Whoever comes last in a crowd that says different things still writes what is its own.
    await Promise.all(
      Array.from({ length: 8 }, (_, n) => people.signIn({ nameId: name, attributes: claims({ title: `t${n}` }) })),
    );
    expect((await people.signIn({ nameId: name, attributes: claims({ title: 'z' }) })).outcome).to.equal('updated');
  });

  it('are remembered until the customer is anonymised or deleted, and as long as SCIM may bring them back', async () => {
    const remove = async (who: string, deletion: 'deactivate' | 'anonymise' | 'delete'): Promise<number> => {
      await shop.set({ deletion });
      const { userId } = await people.signIn({ nameId: `${who}.${name}` });
      await shop.scim.delete(userId);
      return (await known()).filter(({ identifier }) => identifier === `${who}.${name}`).length;
    };
    expect(await remove('one', 'deactivate')).to.equal(1);
    expect(await remove('two', 'anonymise')).to.equal(0);
    expect(await remove('three', 'delete')).to.equal(0);
    expect((await people.refused({ nameId: `one.${name}` })).code).to.equal('DELETED');
  });

  it('go with their customers to another connection, and away with their own', async () => {
    const to = await connected(host);
    const other = peopleOf(host, to.code);
    const { customerId } = await people.signIn({ nameId: name });
    await people.signIn({ nameId: 'both', format: 'persistent', attributes: { uid: `b-${shop.code}` } });
    const there = await other.signIn({ nameId: 'both', format: 'persistent', attributes: { uid: `c-${to.code}` } });
    const departures: ConnectionDepartures = createDepartures(departureRoom(host), async () => host.advance(6));
    const done = await departures.delete({
      code: shop.code,
      customers: { kind: 'transfer', to: to.code },
      dryRun: false,
    });
    expect(done.belongings).to.include({ 'SAML identities': 2 });
    expect(await other.signIn({ nameId: name })).to.include({ customerId, outcome: 'unchanged' });
    expect((await other.signIn({ nameId: 'both', format: 'persistent' })).customerId).to.equal(there.customerId);
    await departures.delete({ code: to.code, customers: { kind: 'keep' }, dryRun: false });
    const left = await host.rows(
      sql`SELECT customer_id FROM {vestibule_saml_identity} WHERE customer_id = ${customerId}`,
    );
    expect(left).to.deep.equal([]);
  });
});
