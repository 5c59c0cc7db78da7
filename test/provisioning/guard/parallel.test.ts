import { expect } from 'chai';
import { sql } from '../../../modules/framework/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { type Company, openCompany, refs } from './company.ts';

onBothEngines('Deprovisioning requests that come at once', (engine) => {
  let company: Company;
  beforeEach(async () => {
    company = await openCompany(engine, 100, { file: true });
    await company.host.warm();
  });
  afterEach(() => company.close());

  /** Keeps `width` requests under way until all are sent. */
  async function inFlight(width: number, requests: readonly (() => Promise<{ status: number }>)[]): Promise<number[]> {
    const statuses: number[] = [];
    const rest = requests.entries();
    await Promise.all(
      Array.from({ length: width }, async () => {
        for (const [i, request] of rest) statuses[i] = (await request()).status;
      }),
    );
    return statuses;
  }

  for (const width of [8, 100])
    it(`pass beyond the limit at most as many as are under way: ${width}`, async () => {
      const statuses = await inFlight(
        width,
        company.users.map((id, i) => () => (i % 2 === 0 ? company.deactivate(id) : company.host.scim.delete(id))),
      );
      for (const status of statuses) expect(status).to.be.oneOf([200, 204, 503]);
      const passed = statuses.filter((status) => status < 300).length;
      expect(passed).to.be.within(20, 20 + width - 1);
      expect(await company.active()).to.equal(100 - passed);
      const { n } = await company.host.row<{ n: number }>(
        sql`SELECT COUNT(*) AS n FROM {vestibule_guard_event} WHERE counts = 1`,
      );
      expect(n).to.equal(passed);
    });

  it('open one hold, and each is kept in it once', async () => {
    await company.deactivateAll(company.users.slice(0, 20));
    const late = company.users.slice(20);
    const statuses = await inFlight(
      100,
      [...late, ...late].map((id) => () => company.deactivate(id)),
    );
    expect(new Set(statuses)).to.deep.equal(new Set([503]));
    expect(await company.holds.list()).to.have.length(1);
    const { held } = await company.holds.show(await company.openHold());
    expect(held).to.have.length(80);
    expect(new Set(held.map(({ tries }) => tries))).to.deep.equal(new Set([2]));
  });

  it('are counted with members who are taken out of a group', async () => {
    const staff = await company.groups.create({ displayName: 'Staff', members: refs(company.users) });
    const one = (id: string) => () =>
      company.groups.patch(staff, { op: 'remove', path: 'members', value: [{ value: id }] });
    const statuses = await inFlight(
      8,
      company.users.map((id, i) => (i % 2 === 0 ? one(id) : () => company.deactivate(id))),
    );
    for (const status of statuses) expect(status).to.be.oneOf([200, 204, 503]);
    expect(statuses.filter((status) => status < 300).length).to.be.within(20, 27);
  });
});
