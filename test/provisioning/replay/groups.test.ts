import { expect } from 'chai';
import { Connections } from '../../../modules/connection/index.ts';
import { raw } from '../../../modules/framework/index.ts';
import { type GroupPreview, MappingPreview, Replays } from '../../../modules/provisioning/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { type Company, companyHouse, inactive, refs } from '../guard/company.ts';

/** Everything that a request about a group could have changed. */
const tables = [
  ...['group', 'group_member', 'group_nesting', 'group_closure', 'group_job', 'customer_group'],
  ...['customer_group_assignment', 'guard_event', 'guard_hold', 'guard_held', 'guard_group', 'activity_pending'],
].map((name) => `vestibule_${name}`);

onBothEngines('What would happen, when it is tried,', (engine) => {
  const house = companyHouse(engine);
  let company: Company;
  after(() => house.close());
  beforeEach(async () => {
    company = await house.open(14);
  });

  async function stored(): Promise<unknown> {
    const { host } = company;
    await host.records();
    const rows: Record<string, unknown> = {};
    for (const table of [...tables, 'customer_entity', 'customer_group'])
      rows[table] = await host.rows(raw(`SELECT * FROM {${table}} ORDER BY 1`));
    return rows;
  }
  /** A dry replay of the newest record of an operation: what it tells, and that it leaves nothing. */
  async function tried(operation: string): Promise<GroupPreview> {
    const { host } = company;
    const record = (await host.records()).find((one) => one.operation === operation);
    const before = await stored();
    const { resource, preview } = await host.host.resolve(Replays).dry(record?.id ?? 0);
    expect(await stored()).to.deep.equal(before);
    expect(resource).to.equal('group');
    return preview as GroupPreview;
  }
  const [first, second] = [() => company.users[0] ?? '', () => company.users[1] ?? ''];

  it('to a group: who comes, who goes, and which customers follow', async () => {
    const { groups } = company;
    const id = await groups.create({ displayName: 'Staff', members: refs(company.users.slice(0, 2)) });
    await groups.patch(id, { op: 'remove', path: 'members', value: refs([first()]) });
    await groups.patch(id, { op: 'add', path: 'members', value: refs([first()]) });
    const preview = await tried('group.patch');
    expect(preview).to.deep.include({ status: 200, request: { method: 'PATCH', path: `/Groups/${id}` } });
    expect(preview).to.not.have.property('operation');
    await groups.patch(id, { op: 'remove', path: 'members', value: refs([first()]) });
    const { host } = company;
    const added = (await host.records()).filter((one) => one.operation === 'group.patch').at(-2);
    const { preview: again } = await host.host.resolve(Replays).dry(added?.id ?? 0);
    expect(again).to.deep.include({
      operation: 'group.patch',
      before: { displayName: 'Staff', members: 1, customerGroup: 'Staff' },
      after: { displayName: 'Staff', members: 2, customerGroup: 'Staff' },
      joining: { count: 1, examples: [{ id: first(), email: 'u0@example.com' }] },
      leaving: { count: 0, examples: [] },
    });
    expect(again.issues.map(({ message }) => message)).to.include('1 customer was moved to another customer group.');
    expect(await groups.members(id)).to.deep.equal([second()]);
  });

  it('to a group that is there already, or is gone', async () => {
    const { groups } = company;
    const id = await groups.create({ displayName: 'Staff', members: refs([first()]) });
    const taken = await tried('group.create');
    expect(taken).to.include({ status: 409, before: null, after: null });
    expect(taken.issues[0]).to.include({ severity: 'error', code: 'uniqueness' });
    await groups.delete(id);
    expect(await tried('group.delete')).to.include({ status: 404 });
    const made = await tried('group.create');
    expect(made).to.deep.include({
      status: 201,
      operation: 'group.create',
      before: null,
      after: { displayName: 'Staff', members: 1, customerGroup: 'Staff' },
    });
    // Its number will be another group's.
    expect(made.answer).to.not.have.property('id');
    expect((made.answer as { meta: object }).meta).to.not.have.property('location');
  });

  it('to a group whose loss the mass-deprovision guard would hold, and nothing is held', async () => {
    const { groups, holds } = company;
    const id = await groups.create({ displayName: 'Staff', members: refs(company.users) });
    await groups.put(id, { displayName: 'Staff', members: [] });
    const [hold] = await holds.list();
    await holds.deny(hold?.id ?? 0, { actor: 'anna' });
    company.host.advance(8 * 86_400);
    const preview = await tried('group.replace');
    expect(preview.status).to.equal(503);
    expect(preview.issues[0]).to.include({ severity: 'error', code: 'guard-held' });
    expect(preview.issues[0]?.message).to.match(/would hold this request: within an hour 14 customers .* and 10 may/);
    expect((await holds.list()).filter(({ status }) => status === 'open')).to.deep.equal([]);
  });

  it('to a user whom the guard would hold: the preview says so, and what to do', async () => {
    const { host, users, holds } = company;
    const connection = await host.host.resolve(Connections).byCode(host.database, 'default');
    const preview = (id: string) =>
      host.host.resolve(MappingPreview).preview({ connection, id, body: { Operations: [inactive] } });
    const last = users.at(-1) ?? '';
    await company.deactivateAll(users.slice(0, 9));
    expect(await preview(last)).to.include({ status: 200, operation: 'user.deactivate' });
    await company.deactivateAll(users.slice(9, 10));
    const held = await preview(last);
    expect(held).to.include({ status: 503 });
    expect(held.issues[0]).to.include({ severity: 'error', code: 'guard-held' });
    expect(held.issues[0]?.message).to.match(/would hold this request: within an hour 11 customers .* and 10 may/);
    expect(held.issues[0]?.cure).to.include('guard:list');
    expect(held.difference).to.deep.equal([]);
    expect(held.trace.find(({ outcome }) => outcome === 'failed')?.step).to.equal('write');
    expect(await holds.list()).to.deep.equal([]);
    // As it is in earnest.
    expect((await company.deactivate(last)).status).to.equal(503);
    expect(await holds.list()).to.have.length(1);
  });
});
