import { expect } from 'chai';
import { sql } from '../../modules/framework/index.ts';
import { onBothEngines } from '../setup/databases.ts';
import { type ConnectionRoom, openRoom, refusalOf } from './room.ts';

onBothEngines('A connection', (engine) => {
  let room: ConnectionRoom;
  before(async () => {
    room = await openRoom(engine);
  });
  after(() => room.close());

  const create = (code: string, name = 'A name') =>
    room.transaction((tx) => room.connections.create(tx, { code, name, websiteId: 1 }, room.now()));
  const change = (code: string, changes: Parameters<ConnectionRoom['connections']['change']>[2]) =>
    room.transaction((tx) => room.connections.change(tx, code, changes));

  it('is read as it was made: on, generic, linking', async () => {
    const made = await create('first', '  Staff of the shop  ');
    expect(made).to.deep.equal({
      id: made.id,
      code: 'first',
      name: 'Staff of the shop',
      profile: 'generic',
      websiteId: 1,
      active: true,
      match: 'link',
      groups: 'create',
      policy: {
        scim: true,
        newCustomers: true,
        create: true,
        update: true,
        delete: true,
        deactivate: true,
        addresses: [],
        requestsPerSecond: null,
        verifiedDomains: [],
        visibility: 'managed',
        deactivation: 'end-sessions',
        deletion: 'deactivate',
        missingEmail: 'placeholder',
        passwords: false,
        welcomeMail: 'none',
        scope: null,
        defaultGroup: null,
        guard: true,
        guardPercent: 20,
        guardAtLeast: 10,
        guardMost: 500,
      },
      createdAt: '2024-05-06 12:00:00',
    });
    expect(await room.connections.byCode(room.database, 'first')).to.deep.equal(made);
    expect(await room.connections.byId(room.database, made.id)).to.deep.equal(made);
    expect(await room.connections.byId(room.database, 4_000_000_000)).to.equal(undefined);
  });

  for (const code of ['a', 'okta', 'entra-2', 'x'.repeat(32), 'a-', 'a--b'])
    it(`may have the code "${code}"`, async () => {
      expect((await create(code)).code).to.equal(code);
    });

  const unfit = ['', 'A', 'Okta', '1a', '-a', 'a_b', 'a b', 'a.b', 'a/b', 'é', 'a\n', 'x'.repeat(33), '../a', 'a%2f'];
  for (const code of unfit)
    it(`can not have the code ${JSON.stringify(code)}`, async () => {
      const refusal = await refusalOf(create(code));
      expect(refusal.code).to.equal('CONNECTION_CODE_INVALID');
      expect(refusal.message).to.contain('1 to 32 of a–z, 0–9 and "-"');
    });

  for (const code of ['admin', 'base', 'credential', 'credentials', 'email', 'local', 'password', 'scim', 'saml'])
    it(`can not have the code "${code}", which means something else`, async () => {
      expect((await refusalOf(create(code))).code).to.equal('CONNECTION_CODE_RESERVED');
    });

  it('shares its code with no other', async () => {
    await create('twice');
    expect(await refusalOf(create('twice'))).to.include({
      code: 'CONNECTION_EXISTS',
      message: 'A connection with the code "twice" exists already.',
    });
  });

  it('made twice at once is one connection', async () => {
    const outcomes = await Promise.allSettled([create('race'), create('race'), create('race')]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).to.have.length(1);
  });

  for (const [what, name] of [
    ['no name', ''],
    ['blanks for a name', '  \t '],
    ['a name of 256 characters', 'n'.repeat(256)],
    ['a name with a line break', 'two\nlines'],
  ] as const)
    it(`can not have ${what}`, async () => {
      expect((await refusalOf(create('named', name))).code).to.equal('NAME_INVALID');
      await refusalOf(room.connections.byCode(room.database, 'named'));
    });

  it('is found by exactly its code', async () => {
    await create('exact');
    for (const code of ['EXACT', 'exact ', 'éxact', 'exact\u0301'])
      expect((await refusalOf(room.connections.byCode(room.database, code))).code).to.equal('CONNECTION_UNKNOWN');
  });

  it('changes in what is given and nothing else', async () => {
    const made = await create('changing');
    expect(await change('changing', { name: 'Other', profile: 'entra' })).to.deep.equal({
      ...made,
      name: 'Other',
      profile: 'entra',
    });
    expect(await change('changing', { active: false })).to.include({ name: 'Other', active: false });
    expect(await change('changing', { match: 'refuse' })).to.include({ name: 'Other', active: false, match: 'refuse' });
    expect(await room.connections.byCode(room.database, 'changing')).to.deep.equal({
      ...made,
      name: 'Other',
      profile: 'entra',
      active: false,
      match: 'refuse',
    });
    expect((await refusalOf(change('nowhere', { active: false }))).code).to.equal('CONNECTION_UNKNOWN');
    expect((await refusalOf(change('changing', { name: '' }))).code).to.equal('NAME_INVALID');
  });

  it('stays paused when somebody else changes its name at the same moment', async () => {
    await create('contested');
    for (let round = 0; round < 10; round++) {
      await change('contested', { active: true });
      await Promise.all([
        change('contested', { name: `Name ${round}` }),
        change('contested', { active: false }),
        change('contested', { match: 'refuse' }),
      ]);
      expect(await room.connections.byCode(room.database, 'contested')).to.include({
        active: false,
        match: 'refuse',
        name: `Name ${round}`,
      });
    }
  });

  it('stands in the list by its code', async () => {
    const codes = (await room.connections.list(room.database)).map(({ code }) => code);
    expect(codes)
      .to.include('okta')
      .and.to.deep.equal([...codes].sort());
  });

  it('goes with its tokens, and its id does not come back', async () => {
    const made = await create('going');
    await room.issue(made);
    const gone = await room.transaction((tx) => room.connections.remove(tx, 'going'));
    expect(gone).to.deep.equal(made);
    expect(await room.tokens.list(room.database, made.id)).to.deep.equal([]);
    expect((await refusalOf(room.transaction((tx) => room.connections.remove(tx, 'going')))).code).to.equal(
      'CONNECTION_UNKNOWN',
    );
    expect((await create('going')).id).to.be.above(made.id);
    expect(
      await room.database.all(sql`SELECT code FROM {vestibule_connection} WHERE code = ${'going'}`),
    ).to.have.length(1);
  });
});
