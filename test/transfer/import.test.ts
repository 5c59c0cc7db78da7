import { expect } from 'chai';
import { ourLock } from '../../modules/customer/index.ts';
import { sql } from '../../modules/framework/index.ts';
import { onBothEngines } from '../setup/databases.ts';
import { openTransferRoom, type TransferRoom } from './transfer-room.ts';

onBothEngines('customer:import', (engine) => {
  let room: TransferRoom;
  before(async () => {
    room = await openTransferRoom(engine);
  });
  beforeEach(() => room.clear());
  after(() => room.close());

  const count = async (): Promise<number | undefined> =>
    (await room.database.first<{ n: number }>(sql`SELECT COUNT(*) AS n FROM {customer_entity}`))?.n;
  async function customer(email: string) {
    const found = await room.customers.findByEmail(room.database, 1, email);
    if (!found) throw new Error(`There is no ${email}.`);
    return { ...found, addresses: await room.customers.addresses(room.database, found) };
  }
  const head = 'email,_website,firstname,lastname';

  it('creates customers with what the file says, in the form of the store', async () => {
    const { result } = await room.importLines([
      `${head},_store,_group,dob,gender,tier,likes,vip,score,created_at,is_subscribed,_address_street,_address_city,_address_country_id,_address_region,_address_telephone,_address_default_billing_,_address_default_shipping_`,
      'ada@example.com,base,Ada,\'=1,default,gold club,12/10/1815,female,silver,"Tea,""Cake, sweet""",yes,1.5,2001-02-03 04:05:06,1,"1 Main St',
      '2nd floor",Austin,United States,tx,\'+1 512,1,1',
      `${','.repeat(14)}Rue 1,Paris,fr,,1,0,0`,
      `bob@example.com,,Bob,Builder${','.repeat(17)}`,
    ]);
    expect(result).to.deep.include({ records: 2, created: 2, failed: 0 });
    const ada = await customer('ada@example.com');
    const tier = await room.attributes.optionId(room.database, 'tier', 'Silver');
    const likes = ['Tea', 'Cake, sweet'].map((label) => room.attributes.optionId(room.database, 'likes', label));
    expect(ada.attributes).to.include({
      website_id: 1,
      store_id: 1,
      group_id: (await room.groups.byCode(room.database, 'Gold Club'))?.id,
      lastname: '=1',
      dob: '1815-12-10',
      gender: 2,
      tier,
      likes: (await Promise.all(likes)).join(','),
      vip: 1,
      score: '1.5000',
      created_at: '2001-02-03 04:05:06',
      created_in: 'Default Store View',
      is_active: 1,
    });
    expect(
      ada.addresses.map(({ attributes, defaultBilling, defaultShipping }) => ({
        ...attributes,
        defaultBilling,
        defaultShipping,
      })),
    ).to.containSubset([
      {
        street: '1 Main St\n2nd floor',
        country_id: 'US',
        region: 'Texas',
        region_id: 57,
        telephone: '+1 512',
        firstname: 'Ada',
        defaultBilling: true,
        defaultShipping: true,
      },
      { city: 'Paris', country_id: 'FR', region: null, defaultBilling: false, defaultShipping: false },
    ]);
    expect(await room.newsletter.status(room.database, ada)).to.equal(1);
    expect(
      await room.database.first(sql`SELECT name, billing_city FROM {customer_grid_flat} WHERE entity_id = ${ada.id}`),
    ).to.deep.equal({ name: 'Ada =1', billing_city: 'Austin' });
  });

  it('records each customer with the values before and after, and the import once', async () => {
    await room.importLines([head, 'eve@example.com,base,Eve,Old']);
    await room.importLines([head, 'eve@example.com,base,Eve,New', 'new@example.com,base,New,One', 'x,base,X,X']);
    const { id } = await customer('eve@example.com');
    const [last] = await room.activities.recent(room.database, { customerId: id });
    expect(last).to.deep.include({
      operation: 'customer.update',
      actor: 'test',
      subject: 'eve@example.com',
      modified: [{ attribute: 'lastname', before: 'Old', after: 'New' }],
      notes: ['Imported from customers.csv, line 2.'],
    });
    const [run] = await room.activities.recent(room.database, { limit: 1 });
    expect(run).to.deep.include({
      operation: 'customer.import',
      outcome: 'done',
      status: 207,
      requestId: last?.requestId,
    });
    expect(run?.notes?.[0]).to.equal(
      '3 customers in the file: 1 created, 1 updated, 0 unchanged, 0 skipped, 1 failed.',
    );
  });

  it('changes what a row says, leaves alone what it does not, and clears where it is told to', async () => {
    await room.importLines([`${head},taxvat,remark,prefix`, 'ada@example.com,base,Ada,Lovelace,DE1,Hi,Dr']);
    const before = await customer('ada@example.com');
    const { plans, result } = await room.importLines([
      `${head},taxvat,remark`,
      'ADA@example.com,base,Augusta,Lovelace,,__EMPTY__VALUE__',
    ]);
    expect(result).to.include({ updated: 1 });
    expect(plans[0]).to.deep.include({
      modified: [
        { attribute: 'firstname', before: 'Ada', after: 'Augusta' },
        { attribute: 'remark', before: 'Hi', after: null },
      ],
    });
    const after = await customer('ada@example.com');
    expect(after.id).to.equal(before.id);
    expect(after.attributes).to.include({
      firstname: 'Augusta',
      taxvat: 'DE1',
      remark: null,
      prefix: 'Dr',
      email: 'ada@example.com',
    });
    const again = await room.importLines([`${head},taxvat`, 'ada@example.com,base,Augusta,Lovelace,DE1']);
    expect(again.result).to.include({ unchanged: 1, updated: 0 });
  });

  it('finds the address that a row means, and adds the others', async () => {
    const columns =
      'email,_address_street,_address_city,_address_country_id,_address_telephone,_address_default_billing_,_address_default_shipping_';
    const { id } = await room.create({ attributes: { email: 'ada@example.com' } });
    const rows = [columns, 'ada@example.com,Way 1,Rome,IT,1,1,0', ',Way 2,Rome,IT,1,0,1', ',Way 3,Rome,IT,1,0,0'];
    expect((await room.importLines(rows)).result).to.include({ updated: 1 });
    const first = await customer('ada@example.com');
    expect((await room.importLines([...rows, ''])).result).to.include({ unchanged: 1 });
    // The default address moves house, the last becomes the default for parcels, and a fourth is new.
    await room.importLines([
      columns,
      'ada@example.com,Road 1,Oslo,NO,1,1,0',
      ',Way 3,Rome,IT,1,0,1',
      ',Way 4,Rome,IT,1,,',
    ]);
    const after = await customer('ada@example.com');
    expect(after.id).to.equal(id);
    const [one, two, three] = first.addresses.map((address) => address.id);
    expect(
      after.addresses
        .slice(0, 3)
        .map((address) => [address.id, address.attributes.street, address.defaultBilling, address.defaultShipping]),
    ).to.deep.equal([
      [one, 'Road 1', true, false],
      [two, 'Way 2', false, false],
      [three, 'Way 3', false, true],
    ]);
    expect(after.addresses[3]?.attributes).to.include({ street: 'Way 4' });
    const byId = await room.importLines([
      'email,_address_entity_id,_address_street',
      `ada@example.com,${two},Way 22`,
      ',999999,Way 5',
      ',,Way 6',
    ]);
    expect(byId.result.faults).to.deep.equal([
      {
        line: 3,
        column: '_address_entity_id',
        message: 'The customer has no address 999999. Empty the cell to add the address.',
      },
      {
        line: 4,
        column: '_address_country_id',
        message: 'An address needs a country. Fill it in, or empty all cells of the address.',
      },
    ]);
  });

  it('lets a bad row fail alone, with its line, column and cure, into a file that can be corrected and imported', async () => {
    const errors = room.path('errors.csv');
    const { result } = await room.importLines(
      [
        `${head};tier;_address_city`.replaceAll(',', ';'),
        'ada@example.com;base;Ada;Lovelace;Silver;',
        'bob@example.com;nowhere;"=Bob";;Lead;',
        ';;;;;Paris',
        'cy@example.com;base;Cy;Twombly;;',
        ';x;;;;Rome',
        'ada@example.com;base;Ada;Twice;;',
      ],
      { errors },
    );
    expect(result).to.include({ records: 4, created: 1, failed: 3 });
    expect(result.faults.map(({ line, column }) => [line, column])).to.deep.equal([
      [3, 'tier'],
      [3, '_website'],
      [6, '_website'],
      [7, 'email'],
    ]);
    expect(result.faults[3]?.message).to.equal('The customer stands in line 2 already. Keep one of the two rows.');
    const written = await room.text('errors.csv');
    expect(written.split('\r\n')[0]).to.equal(
      '"email";"_website";"firstname";"lastname";"tier";"_address_city";"_line";"_error"',
    );
    expect(written).to.include(
      '"bob@example.com";"nowhere";"\'=Bob";"";"Lead";"";"3";"tier: ""Lead"" is none of the choices.',
    );
    const corrected = written
      .replace('nowhere', 'base')
      .replace('"";"Lead";""', '"B";"Gold, large";""')
      .replace('"x";""', '"";""')
      .replace('"";"";"";"";"";"Rome"', '"";"";"";"";"";""')
      .replace('"Paris"', '""')
      .replace('"Ada";"Twice"', '"Ada";"Once"');
    await room.put('corrected.csv', corrected);
    expect((await room.import(room.path('corrected.csv'))).result).to.include({ created: 2, updated: 1, failed: 0 });
    expect((await customer('bob@example.com')).attributes).to.include({ firstname: '=Bob' });
  });

  it('takes one by one what the database refuses', async () => {
    room.refused.add('bad@example.com');
    try {
      const rows = ['a@x.io', 'bad@example.com', 'c@x.io'].map((email) => `${email},base,A,B`);
      const { result, plans } = await room.importLines([head, ...rows]);
      expect(result).to.include({ created: 2, failed: 1 });
      expect(plans.map(({ kind }) => kind)).to.deep.equal(['create', 'failed', 'create']);
      expect(result.faults).to.deep.equal([{ line: 3, column: 'email', message: 'No.' }]);
      expect(await count()).to.equal(2);
    } finally {
      room.refused.clear();
    }
  });

  it('writes nothing in a dry run, and shows every change', async () => {
    const { id } = await room.create({ attributes: { email: 'ada@example.com', group_id: 1 } });
    const text: string[] = [];
    const file = await room.put(
      'dry.csv',
      `${head},_group,tier\nada@example.com,base,Ada,Byron,Gold Club,silver\nnew@example.com,base,N,"E\nW",,\nx@y,base,,,,\n`,
    );
    room.statements.reset();
    await room.run('customer:import', { file, 'dry-run': true }, { write: (piece) => void text.push(piece) });
    const { statements } = room.statements;
    expect(text.join('')).to.equal(
      [
        `update  line 2 ada@example.com (customer ${id})`,
        '          lastname: Lovelace → Byron',
        '          tier: ∅ → Silver',
        '          group_id: General → Gold Club',
        'create  line 3 new@example.com',
        '          email: ∅ → new@example.com',
        '          firstname: ∅ → N',
        '          lastname: ∅ → E ⏎ W',
        'fail    line 5, firstname: A new customer needs firstname. Fill it in.',
        'fail    line 5, lastname: A new customer needs lastname. Fill it in.',
        '',
      ].join('\n'),
    );
    expect(statements.filter((statement) => !/^\s*SELECT/i.test(statement))).to.deep.equal([]);
    expect(await count()).to.equal(1);
  });

  it('leaves out what was not asked for, and whom an identity provider manages', async () => {
    const { id } = await room.create({ attributes: { email: 'ada@example.com' } });
    const rows = [head, 'ada@example.com,base,Ada,Byron', 'new@example.com,base,New,One'];
    expect((await room.importLines(rows, { only: 'create', dryRun: true })).result).to.include({
      created: 1,
      skipped: 1,
    });
    expect((await room.importLines(rows, { only: 'update', dryRun: true })).result).to.include({
      updated: 1,
      skipped: 1,
    });
    room.managed.add(id);
    try {
      const { plans } = await room.importLines(rows);
      expect(plans[0]).to.include({
        kind: 'skipped',
        reason: 'Okta manages the customer; change it there, or give --managed',
      });
      expect((await customer('ada@example.com')).attributes.lastname).to.equal('Lovelace');
      expect((await room.importLines(rows, { managed: true })).result).to.include({ updated: 1, unchanged: 1 });
      expect((await customer('ada@example.com')).attributes.lastname).to.equal('Byron');
    } finally {
      room.managed.clear();
    }
  });

  it('finds customers by their id, whose e-mail moves then, and never takes one for another', async () => {
    const { id } = await room.create({ attributes: { email: 'old@example.com' } });
    await room.create({ attributes: { email: 'taken@example.com' } });
    expect((await room.importLines(['entity_id,email', `${id},moved@example.com`])).result).to.include({ updated: 1 });
    expect((await customer('moved@example.com')).id).to.equal(id);
    const { result } = await room.importLines([
      'entity_id,email',
      `${id},taken@example.com`,
      '999999,a@x.io',
      'x,b@x.io',
    ]);
    expect(result.faults.map(({ line, column }) => [line, column])).to.deep.equal([
      [2, 'email'],
      [3, 'entity_id'],
      [4, 'entity_id'],
    ]);
    const rehearsed = await room.importLines(['entity_id,email', `${id},taken@example.com`], { dryRun: true });
    expect(rehearsed.result.faults[0]?.message).to.match(/^Customer \d+ has the e-mail "taken@example.com"/);
    // What the database's collation holds for the same is not the same person.
    await room.create({ attributes: { email: 'jose@example.com' } });
    const accented = await room.importLines([head, 'josé@example.com,base,José,B']);
    expect((await customer('jose@example.com')).attributes.firstname).to.equal('Ada');
    expect(accented.result).to.include(engine.name === 'mysql' ? { failed: 1 } : { created: 1 });
  });

  it('locks out who is deactivated, and lets in again who is activated', async () => {
    await room.importLines([`${head},is_active`, 'ada@example.com,base,Ada,L,0', 'bob@example.com,base,Bob,B,1']);
    expect((await customer('ada@example.com')).attributes).to.include({ is_active: 0, lock_expires: ourLock });
    await room.importLines(['email,is_active', 'ada@example.com,yes', 'bob@example.com,no']);
    expect((await customer('ada@example.com')).attributes).to.include({ is_active: 1, lock_expires: null });
    expect((await customer('bob@example.com')).attributes).to.include({ is_active: 0, lock_expires: ourLock });
  });

  it('takes passwords under the store policy, and hashes only when it is told to', async () => {
    const hash = await room.passwords.hash('Correct1horse');
    const rows = [`${head},password`, 'ada@example.com,base,Ada,L,Correct1horse', 'bob@example.com,base,Bob,B,weak'];
    const { result } = await room.importLines(rows);
    expect(result.faults.map(({ line, column }) => [line, column])).to.deep.equal([[3, 'password']]);
    expect(JSON.stringify(result)).not.to.include('weak"');
    const { id } = await customer('ada@example.com');
    expect(await room.passwords.verify(room.database, id, 'Correct1horse')).to.equal(true);
    expect((await room.importLines(rows.slice(0, 2))).result).to.include({ unchanged: 1 });

    const hashed = [`${head},password_hash`, `cy@example.com,base,Cy,T,${hash}`];
    expect((await room.importLines(hashed)).notices).to.deep.equal([
      'Passed over: password_hash. Give --with-password-hashes to take the hashes.',
    ]);
    expect((await room.importLines(hashed, { passwordHashes: true })).result).to.include({ updated: 1 });
    expect(await room.passwords.verify(room.database, (await customer('cy@example.com')).id, 'Correct1horse')).to.equal(
      true,
    );
    expect((await room.importLines(hashed, { passwordHashes: true })).result).to.include({ unchanged: 1 });
    const [record] = await room.activities.recent(room.database, { customerId: id, limit: 1 });
    expect(JSON.stringify(record)).not.to.include('horse');
  });

  it('refuses columns that nobody knows, all of them at once, unless they are to be passed over', async () => {
    const rows = [`${head},shoe,hat,updated_at`, 'ada@example.com,base,Ada,L,1,2,3'];
    const refused = await room.importLines(rows).catch((error: unknown) => error);
    expect(refused).to.include({ code: 'COLUMN_UNKNOWN' });
    expect((refused as Error).message).to.match(/^There are no columns "shoe", "hat" of customers\./);
    expect((await room.importLines(rows, { ignored: new Set(['shoe', 'hat']) })).result).to.include({ created: 1 });
    expect(await room.importLines(['name', 'Ada']).catch((error: unknown) => error)).to.include({
      code: 'COLUMN_UNKNOWN',
    });
    expect(await room.importLines(['firstname', 'Ada']).catch((error: unknown) => error)).to.include({
      code: 'COLUMN_MISSING',
    });
  });
});
