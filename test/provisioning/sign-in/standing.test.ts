import { expect } from 'chai';
import { CustomerAnonymised, CustomerDeleted, CustomerSaved, Customers } from '../../../modules/customer/index.ts';
import { defineModule, observe, sql, sqlTimestamp } from '../../../modules/framework/index.ts';
import { deleteConnection } from '../../../modules/provisioning/departure/delete-connection.ts';
import { GuardHolds } from '../../../modules/provisioning/guard/holds.ts';
import { GuardJobs } from '../../../modules/provisioning/guard/job/guard-jobs.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { openHost, type ScimHost } from '../host.ts';
import { type Connected, connected } from '../policy/connected.ts';
import { departureRoom } from '../policy/departure-room.ts';
import { type Door, doorOf } from './door.ts';

onBothEngines('Who does not come in', (engine) => {
  let host: ScimHost;
  let shop: Connected;
  let door: Door;
  let id: string;
  let name: string;
  /** What ends sessions of SAML: told after the commit, by whichever path. */
  const ended: { id: number; how: string }[] = [];
  const listener = defineModule({
    name: 'listener',
    version: '1.0.0',
    sequence: ['customer'],
    observers: [
      observe(CustomerSaved, {
        id: 'listener.saved',
        when: 'committed',
        handle: ({ id: customer, changed, created }) => {
          if (!created && changed.some((code) => code === 'is_active' || code === 'lock_expires'))
            ended.push({ id: customer, how: 'saved' });
        },
      }),
      observe(CustomerDeleted, {
        id: 'listener.deleted',
        when: 'committed',
        handle: ({ id: customer }) => void ended.push({ id: customer, how: 'deleted' }),
      }),
      observe(CustomerAnonymised, {
        id: 'listener.anonymised',
        when: 'committed',
        handle: ({ id: customer }) => void ended.push({ id: customer, how: 'anonymised' }),
      }),
    ],
  });
  before(async () => {
    host = await openHost(engine, { modules: [listener] });
  });
  after(() => host.close());
  beforeEach(async () => {
    shop = await connected(host);
    door = doorOf(host, shop);
    name = `in.${shop.code}@example.com`;
    id = await shop.scim.create({ userName: name, title: 'Countess' });
    await door.signIn(name);
    ended.length = 0;
  });

  const rows = async () => [
    await host.customer(id),
    await host.row(sql`SELECT * FROM {vestibule_user} WHERE customer_id = ${Number(id)}`),
    await host.row(sql`SELECT * FROM {vestibule_user_document} WHERE customer_id = ${Number(id)}`),
    door.remembered.get(name),
  ];

  /** A refusal that leaves everything as it is but for its record. */
  async function expectRefused(code: string): Promise<void> {
    const before = await rows();
    const requestId = `${code}-${shop.code}`;
    const refused = await door.refused(name, { title: 'Duchess' }, { requestId });
    expect([refused.code, refused.customerId]).to.deep.equal([code, Number(id)]);
    expect(await rows()).to.deep.equal(before);
    const records = (await host.records()).filter((record) => record.requestId === requestId);
    expect(records).to.have.length(1);
    expect(records[0]).to.include({ operation: 'sign-in', outcome: 'refused', status: 403, customerId: Number(id) });
    expect(records[0]?.reason).to.contain(String(id));
    expect(refused.sentence)
      .to.match(/^[A-Z].*\.$/)
      .and.not.to.contain(name);
  }

  it('is whom SCIM has deactivated, until SCIM activates it', async () => {
    await shop.scim.patch(id, { op: 'replace', path: 'active', value: false });
    await expectRefused('INACTIVE');
    await shop.scim.patch(id, { op: 'replace', path: 'active', value: true });
    expect((await door.signIn(name, { title: 'Countess' })).outcome).to.equal('unchanged');
  });

  it('is whom the flag alone deactivated, and whom an administrator deactivated', async () => {
    await shop.set({ deactivation: 'flag' });
    await shop.scim.patch(id, { op: 'replace', path: 'active', value: false });
    await expectRefused('INACTIVE');
    await host.database.run(sql`UPDATE {customer_entity} SET is_active = 1 WHERE entity_id = ${Number(id)}`);
    expect((await door.signIn(name)).userId).to.equal(id);
  });

  it('is whom failed log-ins have locked, until the lock ends', async () => {
    const ends = sqlTimestamp(new Date(host.now().getTime() + 600_000));
    await host.database.run(sql`UPDATE {customer_entity} SET lock_expires = ${ends} WHERE entity_id = ${Number(id)}`);
    await expectRefused('LOCKED');
    host.advance(600);
    expect((await door.signIn(name)).userId).to.equal(id);
  });

  it('is a customer that no connection may change, and whoever the connection does not serve', async () => {
    await host.database.run(
      sql`INSERT INTO {vestibule_protected_customer} (customer_id, protected_at, protected_by) VALUES (${Number(id)}, ${'2024-01-01 00:00:00'}, ${'anna'})`,
    );
    await expectRefused('PROTECTED');
    await host.database.run(sql`DELETE FROM {vestibule_protected_customer} WHERE customer_id = ${Number(id)}`);
    await shop.set({ scope: 'title eq "Duke"' });
    await expectOutOfScope();
  });

  async function expectOutOfScope(): Promise<void> {
    const refused = await door.refused(name, { title: 'Duchess' });
    expect([refused.code, refused.customerId]).to.deep.equal(['OUT_OF_SCOPE', Number(id)]);
    expect(refused.message).to.contain('--scope');
  }

  describe('is told to others after the commit, whoever keeps it out:', () => {
    const paths: Readonly<Record<string, () => Promise<unknown>>> = {
      'SCIM by PATCH': () => shop.scim.patch(id, { op: 'replace', path: 'active', value: false }),
      'SCIM by PUT': () => shop.scim.put(id, { userName: name, active: false }),
      'SCIM by DELETE': () => shop.scim.delete(id),
      'SCIM by DELETE, anonymising': async () => {
        await shop.set({ deletion: 'anonymise' });
        return shop.scim.delete(id);
      },
      'SCIM by DELETE, deleting': async () => {
        await shop.set({ deletion: 'delete' });
        return shop.scim.delete(id);
      },
      'SCIM, held by the guard and approved by an administrator': async () => {
        await shop.set({ guardAtLeast: 1, guardPercent: 1 });
        const decoy = await shop.scim.create({ userName: `decoy-${shop.code}` });
        await host.database.run(
          sql`UPDATE {customer_entity} SET created_at = ${'2024-05-05 00:00:00'} WHERE entity_id IN (${Number(id)}, ${Number(decoy)})`,
        );
        await shop.scim.patch(decoy, { op: 'replace', path: 'active', value: false });
        ended.length = 0;
        expect((await shop.scim.patch(id, { op: 'replace', path: 'active', value: false })).status).to.equal(503);
        expect(ended).to.deep.equal([]);
        const holds = host.host.resolve(GuardHolds);
        const [hold] = await holds.list({ connectionId: (await shop.connection()).id });
        await holds.approve(Number(hold?.id), { actor: 'anna' });
        await host.host.resolve(GuardJobs).drain();
      },
      'the deletion of the connection': () =>
        deleteConnection(departureRoom(host), {
          code: shop.code,
          customers: { kind: 'deactivate' },
          dryRun: false,
          settle: async () => host.advance(5),
        }),
      'the store': () =>
        host.database.transaction(async (tx) => {
          const customers = host.host.resolve(Customers);
          const customer = await customers.byId(tx, Number(id), { forUpdate: true });
          if (customer) await customers.update(tx, customer, { is_active: 0 }, host.now());
        }),
    };
    for (const [who, path] of Object.entries(paths)) {
      it(who, async () => {
        await path();
        expect(ended.map((one) => one.id)).to.include(Number(id));
      });
    }
  });
});
