import { expect } from 'chai';
import { sql } from '../../../modules/framework/index.ts';
import { defaultGroupLimits, GroupLimits } from '../../../modules/provisioning/group/limits.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { type Company, companyHouse, inactive, refs } from './company.ts';

const add = (ids: readonly string[]) => ({ op: 'add', path: 'members', value: refs(ids) });
const remove = (ids: readonly string[]) => ({ op: 'remove', path: 'members', value: refs(ids) });

for (const large of [defaultGroupLimits.large, 3])
  onBothEngines(`The mass-deprovision guard over groups, of which those above ${large} are large,`, (engine) => {
    const house = companyHouse(engine, { override: [[GroupLimits, { ...defaultGroupLimits, large }]] });
    let company: Company;
    let staff: string;
    beforeEach(async () => {
      company = await house.open(60);
      staff = await company.groups.create({ displayName: 'Staff', members: refs(company.users) });
    });
    after(() => house.close());
    const some = (from: number, to: number) => company.users.slice(from, to);
    const members = async () => (await company.groups.members(staff)).length;

    it('holds a group that is emptied by a PATCH without filter', async () => {
      expect((await company.groups.patch(staff, { op: 'remove', path: 'members' })).status).to.equal(503);
      expect(await members()).to.equal(60);
    });

    it('says whom its requests would cost something, each customer once, and not whom the provider spares', async () => {
      expect((await company.groups.patch(staff, remove(some(0, 30)))).status).to.equal(503);
      for (const id of some(28, 32)) expect((await company.deactivate(id)).status).to.equal(503);
      const hold = async () => (await company.holds.list())[0];
      expect(await hold()).to.include({ waiting: 5, customers: 32 });
      await company.groups.patch(staff, add(some(0, 10)));
      expect(await hold()).to.include({ waiting: 5, customers: 22 });
      await company.host.scim.patch(company.users[31] as string, { ...inactive, value: true });
      expect(await hold()).to.include({ waiting: 4, customers: 21 });
    });

    it('holds a group that is emptied by a PUT', async () => {
      const put = (ids: readonly string[]) => company.groups.put(staff, { displayName: 'Staff', members: refs(ids) });
      expect((await put(some(0, 48))).status).to.equal(200);
      expect((await put(some(0, 47))).status).to.equal(503);
      expect((await put([])).status).to.equal(503);
      expect(await members()).to.equal(48);
    });

    it('is about whom the last PUT or DELETE leaves out, whomever an earlier one did', async () => {
      const put = (ids: readonly string[]) => company.groups.put(staff, { displayName: 'Staff', members: refs(ids) });
      await company.deactivateAll(some(50, 60));
      for (const ids of [some(0, 45), some(0, 30), some(2, 47)]) expect((await put(ids)).status).to.equal(503);
      const hold = async () => (await company.holds.list())[0];
      expect(await hold()).to.include({ waiting: 1, customers: 5 });
      await company.holds.deny(await company.openHold(), { actor: 'anna' });
      expect((await company.groups.patch(staff, remove(some(1, 2)))).status).to.equal(403);
      expect((await company.groups.patch(staff, remove(some(47, 48)))).status).to.equal(403);
      expect((await company.groups.patch(staff, remove(some(40, 41)))).status).to.equal(200);
      const more = await company.join('more@example.com');
      expect((await company.groups.delete(staff)).status).to.equal(403);
      const other = await company.groups.create({ displayName: 'Other', members: refs([...some(2, 20)]) });
      await company.groups.patch(staff, remove(some(2, 20)));
      company.host.advance(3601);
      expect((await company.groups.delete(other)).status).to.equal(503);
      expect(await hold()).to.include({ waiting: 1, customers: 18 });
      await company.groups.patch(other, add([more]));
      expect((await company.groups.delete(other)).status).to.equal(503);
      expect(await hold()).to.include({ waiting: 1, customers: 19 });
    });

    it('holds a group that is deleted', async () => {
      expect((await company.groups.delete(staff)).status).to.equal(503);
      expect(await members()).to.equal(60);
    });

    it('holds members who are removed one by one', async () => {
      const statuses: number[] = [];
      for (const id of some(0, 14)) statuses.push((await company.groups.patch(staff, remove([id]))).status);
      expect(statuses.filter((status) => status < 300)).to.have.length(12);
      expect(statuses.slice(12)).to.deep.equal([503, 503]);
      expect(await members()).to.equal(48);
    });

    it('counts those who are left in no group together with those who are deactivated', async () => {
      await company.deactivateAll(some(0, 6));
      expect((await company.groups.patch(staff, remove(some(6, 12)))).status).to.equal(200);
      // Whoever has left already is one customer, and stays one.
      expect((await company.deactivate(company.users[6] as string)).status).to.equal(200);
      const { n } = await company.host.row<{ n: number }>(
        sql`SELECT COUNT(*) AS n FROM {vestibule_guard_event} WHERE counts = 1`,
      );
      expect(n).to.equal(12);
      expect((await company.groups.patch(staff, remove(some(12, 13)))).status).to.equal(503);
      expect((await company.deactivate(company.users[12] as string)).status).to.equal(503);
    });

    it('does not count whom a deactivation has cost everything, nor newcomers', async () => {
      await company.deactivateAll(some(0, 12));
      company.host.advance(3601);
      expect((await company.groups.patch(staff, remove(some(0, 12)))).status).to.equal(200);
      expect((await company.groups.patch(staff, remove(some(12, 22)))).status).to.equal(200);
      const young = await company.host.scim.create({ userName: 'young@example.com' });
      await company.groups.patch(staff, add([young]));
      expect((await company.groups.patch(staff, remove([young]))).status).to.equal(200);
    });

    it('lets everybody move to another group, whichever comes first', async () => {
      const other = await company.groups.create({ displayName: 'Other', members: refs(some(0, 30)) });
      expect((await company.groups.patch(staff, remove(some(0, 30)))).status).to.equal(200);
      for (const id of some(30, 60)) {
        expect((await company.groups.patch(staff, remove([id]))).status).to.equal(200);
        expect((await company.groups.patch(other, add([id]))).status).to.equal(200);
      }
      expect((await company.groups.delete(staff)).status).to.equal(204);
      expect(await company.holds.list()).to.deep.equal([]);
    });

    it('lets a removal pass that it held, once the members are in another group, and holds nothing then', async () => {
      const other = await company.groups.create({ displayName: 'Other' });
      expect((await company.groups.patch(staff, remove(some(0, 30)))).status).to.equal(503);
      expect((await company.groups.patch(other, add(some(0, 30)))).status).to.equal(200);
      expect((await company.groups.patch(staff, remove(some(0, 30)))).status).to.equal(200);
      const [hold] = await company.holds.list();
      expect(hold).to.include({ status: 'withdrawn', waiting: 0 });
      expect((await company.deactivate(company.users[0] as string)).status).to.equal(200);
    });

    it('sees who is still in a group through another one', async () => {
      const outer = await company.groups.create({ displayName: 'Outer', members: refs([staff]) });
      expect((await company.groups.delete(outer)).status).to.equal(204);
      const inner = await company.groups.create({ displayName: 'Inner', members: refs(some(0, 30)) });
      await company.groups.patch(staff, add([inner]));
      expect((await company.groups.patch(staff, remove(some(0, 30)))).status).to.equal(200);
    });

    it('carries out what it held of a group', async () => {
      await company.groups.patch(staff, { op: 'remove', path: 'members' });
      await company.groups.patch(staff, { op: 'replace', path: 'displayName', value: 'Renamed' });
      await company.holds.approve(await company.openHold(), { actor: 'anna' });
      await company.jobs.drain();
      expect(await members()).to.equal(0);
      const [hold] = await company.holds.list();
      expect(hold).to.include({ status: 'done', done: 1, failed: 0 });
      expect((await company.groups.get(staff)).json.displayName).to.equal('Renamed');
      const passed = await company.host.rows(sql`SELECT * FROM {vestibule_guard_event} WHERE kind = 'leave'`);
      expect(passed).to.have.length(60);
    });

    it('refuses a denied removal for those it was about, and lets others go', async () => {
      await company.groups.patch(staff, remove(some(0, 20)));
      const holdId = await company.openHold();
      await company.holds.deny(holdId, { actor: 'anna' });
      const { status, json } = await company.groups.patch(staff, remove(some(19, 21)));
      expect(status).to.equal(403);
      expect(json.detail).to.include('anna').and.to.include(`hold ${holdId} `);
      expect((await company.groups.patch(staff, remove(some(20, 22)))).status).to.equal(200);
      expect((await company.deactivate(company.users[0] as string)).status).to.equal(403);
    });

    it('brings members back into their group, and a group that was deleted with them', async () => {
      const small = await company.groups.create({
        displayName: 'Small',
        externalId: 'small',
        members: refs(some(0, 8)),
      });
      await company.groups.patch(staff, remove(some(0, 8)));
      expect((await company.groups.delete(small)).status).to.equal(204);
      await company.groups.patch(staff, remove(some(8, 12)));
      expect((await company.deactivate(company.users[12] as string)).status).to.equal(503);
      const holdId = await company.openHold();
      await company.holds.deny(holdId, { actor: 'anna' });
      await company.holds.restore(holdId, { actor: 'anna' });
      await company.jobs.drain();
      expect(await company.holds.show(holdId)).to.include({ passed: 12, restored: 12, restore: 'done' });
      expect((await company.groups.members(small)).sort()).to.deep.equal([...some(0, 8)].sort());
      if (large > 8) expect(await members()).to.equal(60);
      expect((await company.groups.get(small)).json).to.include({ externalId: 'small', displayName: 'Small' });
      const { customer_group_code } = await company.host.row<{ customer_group_code: string }>(
        sql`SELECT k.customer_group_code FROM {customer_entity} c JOIN {customer_group} k ON k.customer_group_id = c.group_id WHERE c.entity_id = ${Number(company.users[9])}`,
      );
      expect(customer_group_code).to.equal('Staff');
    });

    it('takes back what is held of members who are put into the group again', async () => {
      await company.groups.patch(staff, remove(some(0, 20)));
      await company.groups.patch(staff, add(some(0, 15)));
      await company.holds.approve(await company.openHold(), { actor: 'anna' });
      await company.jobs.drain();
      expect(await members()).to.equal(55);
      await company.groups.patch(staff, remove(some(20, 60)));
      await company.groups.put(staff, { displayName: 'Staff', members: refs(company.users) });
      expect((await company.holds.list())[0]).to.include({ status: 'withdrawn' });
    });

    it('asks the database nothing where members only come', async () => {
      const { n } = await company.host.row<{ n: number }>(sql`SELECT COUNT(*) AS n FROM {vestibule_guard_event}`);
      expect(n).to.equal(0);
      expect((await company.host.scim.patch(company.users[0] as string, { ...inactive, value: true })).status).to.equal(
        200,
      );
    });
  });
