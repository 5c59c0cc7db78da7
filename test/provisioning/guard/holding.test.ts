import { expect } from 'chai';
import { sql } from '../../../modules/framework/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { type Company, companyHouse, inactive } from './company.ts';

onBothEngines('The mass-deprovision guard', (engine) => {
  const house = companyHouse(engine);
  let company: Company;
  const first = (n: number) => company.users.slice(0, n);
  beforeEach(async () => {
    company = await house.open(60);
  });
  after(() => house.close());

  it('lets a fifth of the active customers go and holds the rest', async () => {
    const statuses = await company.deactivateAll(first(20));
    expect(statuses.slice(0, 12)).to.deep.equal(Array(12).fill(200));
    expect(statuses.slice(12)).to.deep.equal(Array(8).fill(503));
    expect(await company.active()).to.equal(48);
  });

  it('lets the last one of that fifth go also where the customers are counted anew for it', async () => {
    expect(new Set(await company.deactivateAll(first(11)))).to.deep.equal(new Set([200]));
    // What was counted is remembered for a minute.
    company.host.advance(61);
    expect(await company.deactivateAll(company.users.slice(11, 13))).to.deep.equal([200, 503]);
  });

  it('says what is held, why and who decides, and when to come again', async () => {
    await company.deactivateAll(first(12));
    const { status, headers, json } = await company.deactivate(company.users[12] as string);
    expect(status).to.equal(503);
    expect(Number(headers.get('retry-after'))).to.be.above(0);
    const holdId = await company.openHold();
    expect(json.detail).to.match(
      /^Held by the store's mass-deprovision guard: within an hour 13 customers of the connection "default" would be deactivated, deleted or left in no group, and 12 may be without asking\./,
    );
    expect(json.detail).to.include(`hold ${holdId} `).and.to.include('under Held Changes').and.to.include('guard:show');
  });

  it('holds deletions and deactivations together, and counts a customer once', async () => {
    for (const id of first(6)) {
      expect((await company.deactivate(id)).status).to.equal(200);
      expect((await company.host.scim.delete(id)).status).to.equal(204);
    }
    for (const id of company.users.slice(6, 12)) expect((await company.host.scim.delete(id)).status).to.equal(204);
    expect((await company.host.scim.delete(company.users[12] as string)).status).to.equal(503);
    expect((await company.host.scim.get(`/Users/${company.users[12]}`)).status).to.equal(200);
  });

  it('looks at the last hour only', async () => {
    expect(new Set(await company.deactivateAll(first(12)))).to.deep.equal(new Set([200]));
    company.host.advance(3601);
    expect(await company.deactivateAll(company.users.slice(12, 22))).to.deep.equal(Array(10).fill(200));
    expect(await company.deactivateAll(company.users.slice(22, 23))).to.deep.equal([503]);
  });

  it('waits for a decision, whatever falls out of the hour meanwhile', async () => {
    await company.deactivateAll(first(13));
    company.host.advance(7200);
    expect(await company.deactivateAll(company.users.slice(12, 20))).to.deep.equal(Array(8).fill(503));
  });

  it('lets pass what takes nothing from anybody while it holds', async () => {
    await company.deactivateAll(first(13));
    const { scim } = company.host;
    const id = company.users[30] as string;
    expect((await scim.patch(id, { op: 'replace', path: 'name.familyName', value: 'Byron' })).status).to.equal(200);
    expect((await scim.post({ userName: 'new@example.com' })).status).to.equal(201);
    expect((await scim.patch(company.users[0] as string, inactive)).status).to.equal(200);
  });

  it('does not count customers who are less than an hour old, and lets them go while it holds', async () => {
    const { scim } = company.host;
    for (let round = 0; round < 20; round++) {
      const id = await scim.create({ userName: `test${round}@example.com` });
      expect((await scim.patch(id, inactive)).status).to.equal(200);
      expect((await scim.delete(id)).status).to.equal(204);
    }
    const young = await scim.create({ userName: 'young@example.com' });
    const statuses = await company.deactivateAll(first(14));
    expect(statuses.filter((status) => status === 200)).to.have.length(12);
    expect((await scim.delete(young)).status).to.equal(204);
  });

  it('forgets whom the provider has activated again', async () => {
    await company.deactivateAll(first(12));
    for (const id of first(6)) await company.host.scim.patch(id, { ...inactive, value: true });
    expect(await company.deactivateAll(company.users.slice(12, 18))).to.deep.equal(Array(6).fill(200));
    expect(await company.deactivateAll(company.users.slice(18, 19))).to.deep.equal([503]);
  });

  it('lets ten go from the smallest of connections', async () => {
    company = await house.open(11);
    const statuses = await company.deactivateAll(company.users);
    expect(statuses).to.deep.equal([...Array(10).fill(200), 503]);
    expect((await company.holds.list())[0]).to.include({ limit: 10, active: 11 });
  });

  it('follows the policy of the connection', async () => {
    await company.policy({ guardPercent: 50 });
    expect(await company.deactivateAll(first(31))).to.deep.equal([...Array(30).fill(200), 503]);
    const holdId = await company.openHold();
    await company.holds.deny(holdId, { actor: 'anna' });
    await company.policy({ guard: false });
    expect(new Set(await company.deactivateAll(company.users.slice(30)))).to.deep.equal(new Set([200]));
  });

  it('holds above an absolute number', async () => {
    await company.policy({ guardMost: 4 });
    expect(await company.deactivateAll(first(6))).to.deep.equal([200, 200, 200, 200, 503, 503]);
  });

  it('holds above a number that is larger than any that it looks at closely', async () => {
    const most = 10_020;
    await company.policy({ guardMost: most, guardAtLeast: most });
    const at = new Date(company.host.now().getTime() - 60_000).toISOString().replace('T', ' ').replace('Z', '');
    const { id } = await company.host.row<{ id: number }>(
      sql`SELECT connection_id AS id FROM {vestibule_connection} WHERE code = 'default'`,
    );
    // As many as may were deleted with their rows a minute ago.
    await company.host.database.run(
      sql`INSERT INTO {vestibule_guard_event} (connection_id, at, customer_id, kind, weighs, counts, was_active) WITH RECURSIVE n AS (SELECT 0 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 99), m AS (SELECT 0 AS j UNION ALL SELECT j + 1 FROM m WHERE j < 100) SELECT ${id}, ${at}, 1000000 + i + 100 * j, 'delete', 1, 1, 1 FROM n CROSS JOIN m WHERE i + 100 * j < ${most}`,
    );
    const { status, json } = await company.deactivate(company.users[0] as string);
    expect(status).to.equal(503);
    expect(json.detail).to.include('within an hour 10021 customers');
  });

  it('keeps a request once, however often it is sent, and no password', async () => {
    await company.deactivateAll(first(12));
    const id = company.users[12] as string;
    const password = { op: 'replace', path: 'password', value: 'S3cret-Hold!' };
    for (let i = 0; i < 3; i++) expect((await company.host.scim.patch(id, inactive, password)).status).to.equal(503);
    const whole = { userName: 'u12@example.com', active: false, password: 'S3cret-Hold!' };
    for (let i = 0; i < 3; i++) expect((await company.host.scim.put(id, whole)).status).to.equal(503);
    const rows = await company.host.rows<Record<string, unknown>>(
      sql`SELECT * FROM {vestibule_guard_held} ORDER BY held_id`,
    );
    expect(rows.map(({ operation, tries, status }) => [operation, tries, status])).to.deep.equal([
      ['user.patch', 3, 'superseded'],
      ['user.replace', 3, 'waiting'],
    ]);
    expect(JSON.stringify(rows)).not.to.include('S3cret');
    expect(rows[0]?.had_password).to.equal(1);
  });

  it('takes the operations of a bulk request one by one, and holds all that are too many', async () => {
    const Operations = first(20).map((id) => ({ method: 'DELETE', path: `/Users/${id}` }));
    const { status, json } = await company.host.scim.send('POST', '/Bulk', {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
      Operations,
    });
    expect(status).to.equal(200);
    const answers = json.Operations as unknown as { status: string }[];
    expect(answers.map((answer) => answer.status)).to.deep.equal([...Array(12).fill('204'), ...Array(8).fill('503')]);
    expect((await company.holds.show(await company.openHold())).waiting).to.equal(8);
  });

  it('does not speak for another connection', async () => {
    await company.deactivateAll(first(13));
    const other = await company.host.connect('other');
    const id = await other.create({ userName: 'theirs@example.com' });
    company.host.advance(3601);
    expect((await other.patch(id, inactive)).status).to.equal(200);
  });
});
