import { expect } from 'chai';
import { CaptureError } from '../../modules/change-capture/capture-error.ts';
import { installCommand } from '../../modules/change-capture/commands/install.ts';
import { removeCommand } from '../../modules/change-capture/commands/remove.ts';
import { statusCommand } from '../../modules/change-capture/commands/status.ts';
import { triggersPath } from '../../modules/change-capture/settings.ts';
import { createTriggers } from '../../modules/change-capture/trigger/create-triggers.ts';
import { type Command, Config, connect, createCatalogue, raw, sql } from '../../modules/framework/index.ts';
import { onBothEngines } from '../setup/databases.ts';
import { type CaptureRoom, openCaptureRoom } from './capture-room.ts';

onBothEngines('Triggers', (engine) => {
  let room: CaptureRoom;
  let attribute: number;
  before(async () => {
    room = await openCaptureRoom(engine, 'shop_');
    await room.triggers.install();
    const row = await room.database.first<{ attribute_id: number }>(
      sql`SELECT attribute_id FROM {eav_attribute} ORDER BY attribute_id LIMIT 1`,
    );
    attribute = row?.attribute_id ?? 0;
  });
  after(() => room.close());

  const row = { kind: raw("'x'"), customer_id: raw('1'), at_ms: raw('1') };

  /** Runs a command as the command line would. */
  async function run(given: Command) {
    const dependencies = Object.entries(given.dependencies).map(([name, token]) => [name, room.host.resolve(token)]);
    const silent = { write() {}, tell() {}, json: false };
    const result = await given.run({}, Object.fromEntries(dependencies), silent);
    return { result, text: given.print(result, {}), code: given.exitCode(result) };
  }

  const set = (id: number, assignments: string) =>
    sql`UPDATE {customer_entity} SET ${raw(assignments)} WHERE entity_id = ${id}`;
  const value = (id: number, text: string | null, table = 'customer_entity_varchar') =>
    sql`INSERT INTO ${raw(`{${table}}`)} (attribute_id, entity_id, value) VALUES (${attribute}, ${id}, ${text})`;

  it('see a customer come, change and go, and its website', async () => {
    expect(
      await room.captured(
        sql`INSERT INTO {customer_entity} (entity_id, website_id, email) VALUES (5001, 1, 'foreign@example.com')`,
      ),
    ).to.deep.equal(['created 5001']);
    expect(room.heard).to.have.length(1);
    expect(room.heard[0]).to.include({ own: false, cause: null, websiteId: 1, addressId: null });
    expect(Math.abs((room.heard[0]?.atMs ?? 0) - Date.now())).to.be.lessThan(60_000);
    expect(await room.captured(set(5001, "firstname = 'Eve'"))).to.deep.equal(['updated 5001 profile']);
    expect(await room.captured(sql`DELETE FROM {customer_entity} WHERE entity_id = 5001`)).to.deep.equal([
      'deleted 5001',
    ]);
    expect(room.heard[0]).to.include({ websiteId: 1 });
  });

  it('tell what an update is about', async () => {
    const { id } = await room.customer();
    expect(await room.captured(set(id, 'group_id = 2'))).to.deep.equal([`updated ${id} group`]);
    expect(await room.captured(set(id, "password_hash = 'a:b:1'"))).to.deep.equal([`updated ${id} password`]);
    expect(
      await room.captured(set(id, "group_id = 1, password_hash = NULL, taxvat = 'x', is_active = 0")),
    ).to.deep.equal([`updated ${id} profile+group+password`]);
  });

  it('pass over updates that change nothing, or only what changes with every log-in', async () => {
    const { id } = await room.customer();
    for (const write of [
      set(id, 'firstname = firstname, middlename = NULL'),
      set(id, "updated_at = '2030-01-01 00:00:00', session_cutoff = '2030-01-01 00:00:00', rp_token = 'x'"),
      set(id, "failures_num = 3, first_failure = '2030-01-01 00:00:00', lock_expires = '2030-01-01 00:00:00'"),
      set(id, "rp_token_created_at = '2030-01-01 00:00:00'"),
    ])
      await room.foreign.run(write);
    expect(await room.database.all(sql`SELECT kind FROM {vestibule_change}`)).to.deep.equal([]);
  });

  it('see what only the collation takes for equal', async () => {
    const { id } = await room.customer();
    expect(await room.captured(set(id, "firstname = 'ADA'"))).to.deep.equal([`updated ${id} profile`]);
    expect(await room.captured(set(id, "firstname = 'ÁDA'"))).to.deep.equal([`updated ${id} profile`]);
    expect(await room.captured(set(id, "firstname = 'ÁDA '"))).to.deep.equal([`updated ${id} profile`]);
  });

  for (const type of ['varchar', 'int', 'decimal', 'datetime', 'text'])
    it(`see a value of type ${type} come, change and go`, async () => {
      const { id } = await room.customer();
      const table = raw(`{customer_entity_${type}}`);
      const [one, two] = type === 'datetime' ? ['2020-01-01 00:00:00', '2021-01-01 00:00:00'] : ['1', '2'];
      const change = (text: string) => sql`UPDATE ${table} SET value = ${text} WHERE entity_id = ${id}`;
      expect(await room.captured(value(id, one, `customer_entity_${type}`))).to.deep.equal([`updated ${id} profile`]);
      expect(room.heard[0]).to.include({ websiteId: 1 });
      expect(await room.captured(change(two))).to.deep.equal([`updated ${id} profile`]);
      expect(await room.captured(change(two))).to.deep.equal([]);
      expect(await room.captured(sql`DELETE FROM ${table} WHERE entity_id = ${id}`)).to.deep.equal([
        `updated ${id} profile`,
      ]);
    });

  it('take a value that is NULL for none', async () => {
    const { id } = await room.customer();
    expect(
      await room.captured(value(id, null), sql`DELETE FROM {customer_entity_varchar} WHERE entity_id = ${id}`),
    ).to.deep.equal([]);
  });

  it('see REPLACE and overwriting inserts of values', async () => {
    const { id } = await room.customer();
    const { onDuplicate } = room.database.dialect;
    const upsert = (text: string) => sql`${value(id, text)} ${onDuplicate(['entity_id', 'attribute_id'], ['value'])}`;
    expect(await room.captured(upsert('a'))).to.deep.equal([`updated ${id} profile`]);
    expect(await room.captured(upsert('b'))).to.deep.equal([`updated ${id} profile`]);
    expect(await room.captured(upsert('b'))).to.deep.equal([]);
    const replace = sql`REPLACE INTO {customer_entity_varchar} (attribute_id, entity_id, value) VALUES (${attribute}, ${id}, 'c')`;
    expect(await room.captured(replace)).to.deep.equal([`updated ${id} profile`]);
  });

  it('see addresses and their values, by the customer they belong to', async () => {
    const customer = await room.customer({ address: true });
    const { id } = customer;
    const address = customer.addresses[0]?.id ?? 0;
    const of = sql`WHERE entity_id = ${address}`;
    expect(await room.captured(sql`UPDATE {customer_address_entity} SET city = 'Leeds' ${of}`)).to.deep.equal([
      `address-updated ${id}/${address}`,
    ]);
    expect(room.heard[0]).to.include({ websiteId: 1 });
    expect(
      await room.captured(
        sql`UPDATE {customer_address_entity} SET city = 'Leeds', updated_at = '2030-01-01 00:00:00' ${of}`,
      ),
    ).to.deep.equal([]);
    expect(await room.captured(value(address, 'x', 'customer_address_entity_varchar'))).to.deep.equal([
      `address-updated ${id}/${address}`,
    ]);
    expect(await room.captured(sql`DELETE FROM {customer_address_entity} ${of}`)).to.deep.equal([
      `address-deleted ${id}/${address}`,
    ]);
    const insert = sql`INSERT INTO {customer_address_entity} (entity_id, parent_id, city, country_id, firstname, lastname, street, telephone) VALUES (9001, ${id}, 'York', 'GB', 'A', 'L', 's', '1')`;
    expect(await room.captured(insert)).to.deep.equal([`address-created ${id}/9001`]);
  });

  it('tell one deletion of a customer with addresses and values', async () => {
    const { id } = await room.customer({ address: true });
    await room.foreign.run(value(id, 'x'));
    await room.database.run(sql`DELETE FROM {vestibule_change}`);
    await room.foreign.run(sql`DELETE FROM {customer_entity} WHERE entity_id = ${id}`);
    expect(await room.database.all(sql`SELECT kind FROM {vestibule_change}`)).to.deep.equal([{ kind: 'deleted' }]);
    expect(await room.handedOn()).to.deep.equal([`deleted ${id}`]);
  });

  it('leave no row of what is rolled back', async () => {
    const { id } = await room.customer();
    await room.foreign
      .transaction(async (tx) => {
        await tx.run(set(id, "firstname = 'Eve'"));
        throw new Error('no');
      })
      .catch(() => {});
    expect(await room.handedOn()).to.deep.equal([]);
  });

  it('pass over what this host writes by SQL of its own, in transactions and outside', async () => {
    const { id } = await room.customer();
    await room.database.run(set(id, "firstname = 'Eve'"));
    await room.database.transaction((tx) => tx.run(set(id, "firstname = 'Eva'")));
    expect(await room.handedOn()).to.deep.equal([]);
  });

  it('change nothing of what a writer is told: ids and numbers of rows', async () => {
    const { insertId } = await room.foreign.run(
      sql`INSERT INTO {customer_entity} (website_id, email) VALUES (1, 'told@example.com')`,
    );
    const row = await room.foreign.first<{ email: string }>(
      sql`SELECT email FROM {customer_entity} WHERE entity_id = ${insertId}`,
    );
    expect(row).to.deep.equal({ email: 'told@example.com' });
    const { affectedRows } = await room.foreign.run(set(insertId, "firstname = 'Eve'"));
    expect(affectedRows).to.equal(1);
  });

  it("stand beside a store's own triggers", async () => {
    const { id } = await room.customer();
    await room.foreign.run(sql`CREATE TABLE {customer_dummy_cl} (entity_id INT)`);
    await room.foreign.withSession((session) =>
      session.execute(
        room.foreign.text(
          sql`CREATE TRIGGER {trg_customer_entity_after_update} AFTER UPDATE ON {customer_entity} FOR EACH ROW
            BEGIN INSERT INTO {customer_dummy_cl} (entity_id) VALUES (NEW.entity_id); END`,
        ),
      ),
    );
    expect(await room.captured(set(id, "firstname = 'Eve'"))).to.deep.equal([`updated ${id} profile`]);
    expect(await room.database.all(sql`SELECT entity_id FROM {customer_dummy_cl}`)).to.deep.equal([{ entity_id: id }]);
    await room.foreign.withSession((session) =>
      session.execute(room.foreign.text(sql`DROP TRIGGER {trg_customer_entity_after_update}`)),
    );
    expect((await room.triggers.status()).every(({ state }) => state === 'installed')).to.equal(true);
  });

  it('are made anew when the table has got another column, and then see it', async () => {
    const { id } = await room.customer();
    await room.foreign.run(sql`ALTER TABLE {customer_entity} ADD COLUMN shoe_size INT NULL`);
    const states = async () => (await room.triggers.status()).filter(({ state }) => state !== 'installed');
    expect(await states()).to.deep.equal([
      { name: 'vestibule_customer_entity_au', table: 'customer_entity', state: 'outdated' },
    ]);
    await room.triggers.install();
    expect(await states()).to.deep.equal([]);
    expect(await room.captured(set(id, 'shoe_size = 42'))).to.deep.equal([`updated ${id} profile`]);
  });

  if (engine.name === 'mysql')
    it('fail no writer where the table of changes is missing, or a column', async () => {
      const { id } = await room.customer();
      await room.foreign.run(sql`ALTER TABLE {customer_entity} DROP COLUMN shoe_size`);
      await room.foreign.run(sql`RENAME TABLE {vestibule_change} TO {vestibule_change_away}`);
      try {
        await room.foreign.run(set(id, "firstname = 'Zoe'"));
        await room.foreign.run(sql`INSERT INTO {customer_entity} (website_id, email) VALUES (1, 'away@example.com')`);
        await room.foreign.run(sql`DELETE FROM {customer_entity} WHERE email = 'away@example.com'`);
      } finally {
        await room.foreign.run(sql`RENAME TABLE {vestibule_change_away} TO {vestibule_change}`);
      }
      expect((await room.customers.byId(room.database, id))?.attributes.firstname).to.equal('Zoe');
      await room.triggers.install();
    });

  if (engine.name === 'mysql')
    it('see REPLACE of a customer as what it is', async () => {
      const { id } = await room.customer();
      const replace = sql`REPLACE INTO {customer_entity} (entity_id, website_id, email) VALUES (${id}, 1, 'r@example.com')`;
      expect(await room.captured(replace)).to.deep.equal([`deleted ${id}`, `created ${id}`]);
    });

  it('are shown by capture:status, with what is wrong and what to do', async () => {
    const well = await run(statusCommand);
    expect(well.result).to.include({ kept: true, waiting: 0, oldestMs: 0 });
    expect(well).to.include({ code: 0 });
    expect(well.text).to.equal(
      'Triggers: 36 installed, 0 missing, 0 outdated, 0 leftover\nNo change waits to be handed on.',
    );
    await room.foreign.run(sql`DELETE FROM {vestibule_change}`);
    await room.foreign.run(
      sql`INSERT INTO {vestibule_change} (kind, customer_id, own, at_ms) VALUES ('deleted', 1, 0, ${Date.now() - 120_000})`,
    );
    const { triggers } = room.database.dialect;
    await room.foreign.withSession(async (session) => {
      await session.execute(room.foreign.text(triggers.drop('vestibule_customer_entity_au')));
      const made = triggers.create(
        {
          name: 'vestibule_customer_gone_ai',
          table: 'customer_entity',
          after: 'INSERT',
          into: 'vestibule_change',
          row,
        },
        'x',
      );
      await session.execute(room.foreign.text(made));
    });
    const ill = await run(statusCommand);
    expect(ill.code).to.equal(1);
    expect(ill.text).to.match(
      /^Triggers: 35 installed, 1 missing, 0 outdated, 1 leftover\n {2}vestibule_customer_entity_au: missing\n {2}vestibule_customer_gone_ai: leftover\n1 changes wait to be handed on, the oldest for 12\d s\.\nWrong: 1 of 37 triggers are missing or outdated, .*capture:install.*\nWrong: Changes have waited since .*nobody hands them on/,
    );
    expect((await run(installCommand)).text).to.equal(
      '1 of 36 triggers were made. 1 that are no longer needed were removed.',
    );
    expect((await run(installCommand)).text).to.equal('All 36 triggers are in place.');
    await room.foreign.run(sql`DELETE FROM {vestibule_change}`);
  });

  it('are removed for good by capture:remove', async () => {
    expect((await run(removeCommand)).text).to.equal('36 triggers were removed. capture:install brings them back.');
    expect(await room.host.resolve(Config).entry(triggersPath)).to.include({ value: false });
    const { code, text } = await run(statusCommand);
    expect(code).to.equal(0);
    expect(text).to.contain('switched off');
    await run(installCommand);
    expect(await room.host.resolve(Config).entry(triggersPath)).to.include({ value: true });
    expect((await run(statusCommand)).result).to.include({ kept: true });
  });

  it('are made by one of two who try at once', async () => {
    await room.triggers.remove();
    const other = createTriggers({ catalogue: createCatalogue(room.foreign), database: room.foreign });
    await Promise.all([room.triggers.install(), other.install()]);
    expect((await room.triggers.status()).every(({ state }) => state === 'installed')).to.equal(true);
  });

  if (engine.name === 'mysql')
    it('that the database user may not make are refused with the cure, and nothing else suffers', async () => {
      const url = new URL(room.opened.url);
      await room.triggers.remove();
      await room.foreign.run(sql`CREATE USER 'no_triggers'@'%' IDENTIFIED BY 'secret'`);
      try {
        await room.foreign.withSession((session) =>
          session.execute(`GRANT SELECT, INSERT, UPDATE, DELETE ON ${url.pathname.slice(1)}.* TO 'no_triggers'@'%'`),
        );
        [url.username, url.password] = ['no_triggers', 'secret'];
        const poor = await connect({ url: url.href, tablePrefix: 'shop_' });
        const triggers = createTriggers({ catalogue: createCatalogue(poor), database: poor });
        const error = await triggers.install().catch((refusal: unknown) => refusal);
        await poor.close();
        expect(error).to.be.instanceOf(CaptureError);
        expect(error).to.include({ code: 'CAPTURE_DENIED' });
        expect(String(error)).to.contain('Grant').and.to.contain('TRIGGER').and.to.contain('capture:install');
      } finally {
        await room.foreign.run(sql`DROP USER 'no_triggers'@'%'`);
      }
      await room.triggers.install();
    });

  it('go without a trace', async () => {
    expect(await room.triggers.remove()).to.equal(36);
    const { id } = await room.customer();
    expect(await room.captured(set(id, "firstname = 'Eve'"))).to.deep.equal([]);
    expect(new Set((await room.triggers.status()).map(({ state }) => state))).to.deep.equal(new Set(['missing']));
  });
});
