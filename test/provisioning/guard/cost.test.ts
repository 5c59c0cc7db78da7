import { expect } from 'chai';
import { Activities } from '../../../modules/activity/index.ts';
import { type CountedStatements, countStatements } from '../../../modules/framework/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { withFrozenClocks } from '../../setup/frozen-clocks.ts';
import type { ScimAnswer } from '../client.ts';
import { type Company, inactive, openCompany, refs } from './company.ts';

onBothEngines('The guard costs', (engine) => {
  let company: Company;
  let counted: CountedStatements;
  let last: number;
  before(async () => {
    company = await openCompany(engine, 80);
    counted = countStatements(company.host.database);
  });
  withFrozenClocks();
  after(() => company.close());

  /** The guard's own statements among those of a request. */
  async function asked(request: () => Promise<ScimAnswer>): Promise<string[]> {
    await company.host.host.resolve(Activities).flush();
    counted.reset();
    const { status, text } = await request();
    last = status;
    expect(status, text).to.be.oneOf([200, 201, 204, 503]);
    return counted.statements.filter(
      (statement) => statement.includes('vestibule_guard_') && !statement.includes('group_guard'),
    );
  }

  it('no statement where nobody loses anything', async () => {
    const { host, groups, users } = company;
    const [a, b] = [users[0] as string, users[1] as string];
    const group = await groups.create({ displayName: 'Cost', members: refs([a]) });
    const harmless = [
      () => host.scim.post({ userName: `new${Math.random()}@example.com` }),
      () => host.scim.get(`/Users/${a}`),
      () => host.scim.find('userName eq "u1@example.com"'),
      () => host.scim.patch(a, { op: 'replace', path: 'name.familyName', value: `F${Math.random()}` }),
      () => host.scim.patch(a, { op: 'replace', path: 'name.familyName', value: 'Same' }),
      () => host.scim.patch(b, inactive),
      () => host.scim.patch(b, { ...inactive, value: true }),
      () => groups.patch(group, { op: 'add', path: 'members', value: refs([b]) }),
      () => groups.patch(group, { op: 'replace', path: 'displayName', value: `Cost ${Math.random()}` }),
      () => groups.post({ displayName: `More ${Math.random()}`, members: refs([a, b]) }),
    ] as const;
    for (const [i, request] of harmless.entries())
      if (i !== 5) expect(await asked(request), `request ${i}`).to.deep.equal([]);
      else expect(await asked(request)).to.have.length(2);
  });

  it('two statements for a loss within ten, and a count of the customers once a minute above', async () => {
    const { users } = company;
    for (const id of users.slice(2, 11)) expect(await asked(() => company.deactivate(id))).to.have.length(2);
    // The first above ten, one of whom was activated again: everything is counted, and who is back is forgotten.
    expect(await asked(() => company.deactivate(users[11] as string))).to.have.length(4);
    const spent: number[] = [];
    for (const id of users.slice(12, 16)) spent.push((await asked(() => company.deactivate(id))).length);
    expect(spent).to.deep.equal([2, 2, 2, 2]);
  });

  it('few statements for a request that is held, and none for others meanwhile', async () => {
    const { users, host, groups } = company;
    for (const id of users.slice(16, 20)) await company.deactivate(id);
    expect(await asked(() => company.deactivate(users[30] as string))).to.have.length.at.most(12);
    expect(last).to.equal(503);
    expect(await asked(() => company.deactivate(users[30] as string))).to.have.length.at.most(8);
    const group = await groups.create({ displayName: 'Meanwhile' });
    for (const request of [
      () => host.scim.patch(users[40] as string, { op: 'replace', path: 'name.familyName', value: 'New' }),
      () => host.scim.post({ userName: 'another@example.com' }),
      () => host.scim.get(`/Users/${users[40]}`),
      () => groups.patch(group, { op: 'replace', path: 'displayName', value: 'Meanwhile, renamed' }),
    ])
      expect(await asked(request)).to.deep.equal([]);
  });
});
