import { expect } from 'chai';
import { sql } from '../../../modules/framework/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { type Company, companyHouse, inactive, refs } from './company.ts';

onBothEngines('A wave that the guard has stopped', (engine) => {
  const house = companyHouse(engine);
  let company: Company;
  let staff: string;
  const anna = { actor: 'anna' };
  const user = (n: number) => company.users[n] as string;
  beforeEach(async () => {
    company = await house.open(30);
    staff = await company.groups.create({ displayName: 'Staff', members: refs(company.users) });
  });
  after(() => house.close());

  async function restore(): Promise<number> {
    const holdId = await company.openHold();
    await company.holds.restore(holdId, anna);
    await company.jobs.drain();
    return holdId;
  }

  it('is undone in one step: whom it deactivated, whom it deleted, and their groups', async () => {
    const before = await company.host.rows<Record<string, unknown>>(
      sql`SELECT entity_id, email, is_active, lock_expires, group_id FROM {customer_entity} ORDER BY entity_id`,
    );
    const shown = [];
    for (const id of company.users) shown.push((await company.host.scim.get(`/Users/${id}`)).json);
    await company.deactivateAll(company.users.slice(0, 4));
    for (const id of company.users.slice(2, 8)) expect((await company.host.scim.delete(id)).status).to.equal(204);
    await company.groups.patch(staff, { op: 'remove', path: 'members', value: refs([user(8), user(9), user(0)]) });
    expect((await company.deactivate(user(10))).status).to.equal(503);
    const holdId = await restore();
    expect(await company.holds.show(holdId)).to.include({ passed: 10, restored: 10, restore: 'done' });
    expect(
      await company.host.rows(
        sql`SELECT entity_id, email, is_active, lock_expires, group_id FROM {customer_entity} ORDER BY entity_id`,
      ),
    ).to.deep.equal(before);
    for (const [n, id] of company.users.entries()) {
      const { meta: _, ...now } = (await company.host.scim.get(`/Users/${id}`)).json as unknown as Record<
        string,
        unknown
      >;
      const { meta: __, ...then } = shown[n] as unknown as Record<string, unknown>;
      expect(now).to.deep.equal(then);
    }
    for (const filter of ['userName eq "u3@example.com"', 'emails.value eq "u3@example.com"', 'externalId eq "x3"'])
      expect((await company.host.scim.find(filter)).json.totalResults, filter).to.equal(
        filter.startsWith('emails') ? 0 : 1,
      );
    const records = (await company.host.records()).filter(({ operation }) => operation === 'user.restore');
    expect(records).to.have.length(10);
    expect(new Set(records.map(({ actor }) => actor))).to.deep.equal(new Set(['anna']));
  });

  it('counts no more once it is undone', async () => {
    await company.deactivateAll(company.users.slice(0, 11));
    await company.holds.deny(await company.openHold(), anna);
    const [hold] = await company.holds.list();
    await company.holds.restore(hold?.id ?? 0, anna);
    await company.jobs.drain();
    expect(await company.active()).to.equal(30);
    expect(await company.deactivateAll(company.users.slice(20, 30))).to.deep.equal(Array(10).fill(200));
  });

  it('does not bring back whom somebody else deactivated or deleted before', async () => {
    await company.deactivate(user(29));
    await company.host.scim.delete(user(28));
    company.host.advance(7200);
    await company.host.scim.delete(user(29));
    await company.deactivateAll(company.users.slice(0, 11));
    await restore();
    expect((await company.host.scim.get(`/Users/${user(28)}`)).status).to.equal(404);
    expect((await company.host.scim.get(`/Users/${user(29)}`)).status).to.equal(404);
    expect(await company.active()).to.equal(28);
  });

  it('leaves alone whom the provider has brought back already', async () => {
    for (const id of company.users.slice(0, 10)) await company.host.scim.delete(id);
    await company.host.scim.delete(user(10));
    const { json } = await company.host.scim.post({ userName: 'u3@example.com', externalId: 'x3' });
    expect(json.id).to.equal(`${user(3)}-1`);
    const holdId = await restore();
    expect(await company.holds.show(holdId)).to.include({ passed: 10, restored: 10 });
    expect((await company.host.scim.get(`/Users/${user(3)}-1`)).json).to.include({ active: true });
    expect(await company.groups.members(staff))
      .to.include(`${user(3)}-1`)
      .and.to.have.length(30);
  });

  it('says whom it can not bring back and why, and goes on with the others', async () => {
    for (const id of company.users.slice(0, 10)) await company.host.scim.delete(id);
    await company.host.scim.delete(user(10));
    expect((await company.host.scim.post({ userName: 'u3@example.com', externalId: 'new' })).status).to.equal(201);
    const holdId = await restore();
    const shown = await company.holds.show(holdId);
    expect(shown).to.include({ passed: 10, restored: 9, restore: 'done' });
    expect(
      shown.losses.filter(({ failure }) => failure !== null).map(({ customerId, failure }) => [customerId, failure]),
    ).to.deep.equal([[Number(user(3)), "The customer's e-mail address belongs to somebody else by now."]]);
  });

  it('is undone as far as the delete policy has left anything', async () => {
    await company.policy({ deletion: 'anonymise' });
    for (const id of company.users.slice(0, 5)) await company.host.scim.delete(id);
    await company.policy({ deletion: 'delete' });
    for (const id of company.users.slice(5, 8)) await company.host.scim.delete(id);
    await company.policy({ deletion: 'deactivate' });
    for (const id of company.users.slice(8, 10)) await company.host.scim.delete(id);
    expect((await company.deactivate(user(10))).status).to.equal(503);
    const shown = await company.holds.show(await restore());
    expect(shown).to.include({ passed: 10, restored: 2 });
    const reasons = shown.losses.map(({ failure }) => failure ?? 'back');
    expect(reasons.filter((reason) => reason.includes('anonymised'))).to.have.length(5);
    expect(reasons.filter((reason) => reason.includes('deleted'))).to.have.length(3);
  });

  it('goes on after an interruption with those who are left', async () => {
    await company.deactivateAll(company.users.slice(0, 11));
    const holdId = await company.openHold();
    await company.jobs.stop();
    await company.holds.restore(holdId, anna);
    await company.host.scim.patch(user(0), { ...inactive, value: true });
    await company.host.database.run(
      sql`UPDATE {vestibule_guard_event} SET restored_at = '2024-05-06 14:00:00.000', counts = 0 WHERE customer_id = ${Number(user(0))}`,
    );
    expect(await company.active()).to.equal(21);
    company.jobs.start();
    await company.jobs.drain();
    expect(await company.active()).to.equal(30);
  });

  it('can be undone for thirty days', async () => {
    await company.deactivateAll(company.users.slice(0, 11));
    const holdId = await company.openHold();
    company.host.advance(29 * 86_400);
    await restore();
    expect(await company.active()).to.equal(30);
    company.host.advance(2 * 86_400);
    const error = await company.holds.restore(holdId, anna).catch((thrown: unknown) => thrown);
    expect(error).to.include({ code: 'HOLD_TOO_OLD' });
  });

  it('is undone after it was approved, too', async () => {
    for (const id of company.users.slice(0, 15)) await company.host.scim.delete(id);
    const holdId = await company.openHold();
    await company.holds.approve(holdId, anna);
    await company.jobs.drain();
    expect(await company.active()).to.equal(15);
    await company.holds.restore(holdId, anna);
    await company.jobs.drain();
    expect(await company.active()).to.equal(30);
    expect(await company.holds.show(holdId)).to.include({ passed: 15, restored: 15 });
  });
});
