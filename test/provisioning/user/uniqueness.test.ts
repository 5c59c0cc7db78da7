import { expect } from 'chai';
import { sql } from '../../../modules/framework/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { openHost, type ScimHost } from '../host.ts';

onBothEngines('A user that exists already', (engine) => {
  let host: ScimHost;
  before(async () => {
    host = await openHost(engine);
    await host.scim.create({ userName: 'Jose@Example.com', externalId: 'E1' });
    await host.scim.create({ userName: 'groß', externalId: 'E2' });
  });
  after(() => host.close());

  const sizes = () =>
    host.row(sql`SELECT (SELECT COUNT(*) FROM {customer_entity}) AS customers,
      (SELECT COUNT(*) FROM {customer_grid_flat}) AS grid, (SELECT COUNT(*) FROM {vestibule_user}) AS users,
      (SELECT COUNT(*) FROM {vestibule_user_email}) AS emails`);

  /** A POST that is refused with 409 and leaves everything as it was. */
  async function refused(user: Record<string, unknown>, attribute: string): Promise<void> {
    const before = await sizes();
    const { status, json } = await host.scim.post(user);
    expect([status, json.scimType, json.status]).to.deep.equal([409, 'uniqueness', '409']);
    expect(String(json.detail)).to.include(attribute);
    expect(await sizes()).to.deep.equal(before);
  }

  for (const userName of ['jose@example.com', ' JOSE@EXAMPLE.COM ', 'ｊｏｓｅ@example.com'])
    it(`is found by the fold of its userName: ${userName}`, () => refused({ userName }, 'userName'));

  it('is another one where the fold tells them apart: ß is not ss', async () => {
    await refused({ userName: 'GROẞ' }, 'userName');
    expect((await host.scim.post({ userName: 'gross' })).status).to.equal(201);
  });

  it('is the same however its letters are composed', async () => {
    await host.scim.create({ userName: 'ren\u00e9' });
    await refused({ userName: 'RENE\u0301' }, 'userName');
  });

  it('has its externalId to itself, which is compared exactly', async () => {
    await refused({ userName: 'other', externalId: 'E1' }, 'externalId');
    expect((await host.scim.post({ userName: 'lower', externalId: 'e1' })).status).to.equal(201);
  });

  it('keeps its e-mail address, whoever else sends it', async () => {
    await host.scim.create({ userName: 'mail-1', emails: [{ value: 'one@example.com' }] });
    await refused({ userName: 'mail-2', emails: [{ value: 'ONE@example.com' }] }, 'emails');
    await refused({ userName: 'One@example.com' }, 'userName');
  });

  it('answers the same to PUT and PATCH, which then change nothing', async () => {
    const id = await host.scim.create({
      userName: 'mover',
      externalId: 'M1',
      emails: [{ value: 'mover@example.com' }],
    });
    const before = await host.scim.get(`/Users/${id}`);
    for (const [path, value, attribute] of [
      ['userName', 'JOSE@example.com', 'userName'],
      ['externalId', 'E1', 'externalId'],
      ['emails[type eq "work"].value', 'one@example.com', 'emails'],
    ] as const) {
      const { status, json } = await host.scim.patch(
        id,
        { op: 'replace', path, value },
        { op: 'add', path: 'title', value: 'x' },
      );
      expect([path, status, json.scimType]).to.deep.equal([path, 409, 'uniqueness']);
      expect(String(json.detail)).to.include(attribute);
    }
    expect((await host.scim.put(id, { userName: 'jose@example.com' })).status).to.equal(409);
    expect((await host.scim.get(`/Users/${id}`)).text).to.equal(before.text);
    expect(await host.eav(id)).to.deep.equal({});
  });

  it('and an address that only the store’s collation equates is a 409 as the database says', async () => {
    await host.scim.create({ userName: 'accent-1', emails: [{ value: 'pepe@example.com' }] });
    const answer = await host.scim.post({ userName: 'accent-2', emails: [{ value: 'pépé@example.com' }] });
    expect(answer.status).to.equal(engine.name === 'mysql' ? 409 : 201);
    if (engine.name === 'mysql') expect(answer.json.scimType).to.equal('uniqueness');
    await host.shopper('jorg@example.com');
    const adopted = await host.scim.find('userName eq "jörg@example.com"');
    expect(adopted.json.totalResults).to.equal(0);
  });

  it('of fifty parallel POSTs of one userName, one is made and the others are told', async () => {
    await host.warm();
    const posts = Array.from({ length: 50 }, (_, i) =>
      host.scim.post({ userName: 'Race@example.com', externalId: `race-${i}`, title: String(i) }),
    );
    const answers = await Promise.all(posts);
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).to.deep.equal([201, ...Array.from({ length: 49 }, () => 409)]);
    expect(answers.filter(({ text }) => text.includes('"scimType":"uniqueness"'))).to.have.length(49);
    expect((await host.scim.find('userName eq "race@example.com"')).json.totalResults).to.equal(1);
    expect(
      await host.rows(sql`SELECT entity_id FROM {customer_entity} WHERE email = 'race@example.com'`),
    ).to.have.length(1);
  });

  it('of fifty parallel POSTs in variants of case, blanks and width, one is made and the others are told', async () => {
    await host.warm();
    const before = await sizes();
    const variants = [
      'mix@example.com',
      ' MIX@example.com',
      'Mix@Example.COM  ',
      'ｍｉｘ@example.com',
      '\tmIx@example.com',
    ];
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        host.scim.post({
          userName: variants[i % variants.length],
          emails: i % 2 ? [{ value: `mix-${i}@example.com` }] : [],
        }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([201, ...Array.from({ length: 49 }, () => 409)]);
    expect(new Set(answers.map(({ json }) => json.scimType as unknown))).to.deep.equal(
      new Set([undefined, 'uniqueness']),
    );
    const made = answers.find(({ status }) => status === 201);
    for (const userName of variants)
      expect((await host.scim.post({ userName })).json.scimType, userName).to.equal('uniqueness');
    const rows = await host.rows<{ customer_id: number }>(
      sql`SELECT customer_id FROM {vestibule_user} WHERE user_name_key = 'mix@example.com'`,
    );
    expect(rows.map(({ customer_id }) => String(customer_id))).to.deep.equal([made?.json.id]);
    expect((await sizes()).customers).to.equal(Number(before.customers) + 1);
  });

  it('is never taken for another by an externalId that looks like an id', async () => {
    const victim = await host.scim.create({ userName: 'victim@example.com' });
    for (const externalId of ['0', '1', '-1', victim, `${victim}-1`, ` ${victim}`]) {
      const id = await host.scim.create({ userName: `numeric ${externalId}`, externalId });
      expect(id).to.not.equal(victim);
      expect((await host.scim.find(`externalId eq "${externalId}"`)).json.Resources?.[0]?.id).to.equal(id);
    }
    expect((await host.scim.find(`externalId eq "999999"`)).json.totalResults).to.equal(0);
    expect((await host.scim.get(`/Users/${victim}`)).json.userName).to.equal('victim@example.com');
  });
});
