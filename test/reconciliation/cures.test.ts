import { expect } from 'chai';
import type { MappingRow } from '../../modules/attribute-mapping/index.ts';
import { CustomerAnonymised } from '../../modules/customer/index.ts';
import { countStatements, Events, sql } from '../../modules/framework/index.ts';
import { ProtectedCustomers } from '../../modules/provisioning/index.ts';
import { Reconciliation, ReconciliationRuns } from '../../modules/reconciliation/index.ts';
import reconciliation from '../../modules/reconciliation/module.ts';
import { ReconciliationSchedule } from '../../modules/reconciliation/schedule/schedule.ts';
import { type MappedHost, openMappedHost } from '../provisioning/mapped/mapped-host.ts';
import { onBothEngines } from '../setup/databases.ts';
import { findings, inStore, told } from './reconciled-host.ts';

const isWrite = (text: string): boolean => /^\s*(insert|update|delete|replace)/i.test(text);

onBothEngines('Cures and runs of a reconciliation', (engine) => {
  let host: MappedHost;
  let service: Reconciliation;
  let runs: ReconciliationRuns;
  before(async () => {
    host = await openMappedHost(engine, { modules: [reconciliation] });
    service = host.host.resolve(Reconciliation);
    runs = host.host.resolve(ReconciliationRuns);
  });
  after(() => host.close());

  const user = (name: string, more: Readonly<Record<string, unknown>> = {}): Promise<string> =>
    host.scim.create({ userName: `${name}@shop.example`, name: { givenName: name, familyName: 'L' }, ...more });

  /** Statements of a whole comparison. */
  async function statements(): Promise<number> {
    const counted = countStatements(host.database);
    await findings(host);
    counted.stop();
    return counted.statements.length;
  }

  it('do nothing where a finding holds no more', async () => {
    const id = await user('late');
    await inStore(host, id, { firstname: 'Store' });
    const [found] = await findings(host, { kinds: ['drifted'] });
    if (!found) throw new Error('a value differs');
    expect(await service.cure(found, 'restore', 'anna')).to.equal('cured');
    const recorded = (await host.records()).length;
    const counted = countStatements(host.database);
    expect(await service.cure(found, 'restore', 'anna')).to.equal('gone');
    expect(await service.cure({ ...found, customerId: 999_999 }, 'restore', 'anna')).to.equal('gone');
    counted.stop();
    expect(counted.statements.filter(isWrite)).to.deep.equal([]);
    expect((await host.records()).length).to.equal(recorded);
  });

  it('leave protected customers alone, and say how they could be changed', async () => {
    const id = await user('safe', { active: false });
    await inStore(host, id, { is_active: 1, lock_expires: null });
    const [before] = await findings(host);
    await host.database.transaction((tx) =>
      host.host.resolve(ProtectedCustomers).protect(tx, { name: id }, 'anna', host.now()),
    );
    expect(before?.cures).to.deep.equal(['lock', 'accept']);
    expect((await findings(host))[0]?.cures).to.deep.equal([]);
    if (!before) throw new Error('somebody was unlocked');
    const refused = await service.cure(before, 'lock', 'anna').catch((error: unknown) => error);
    expect(refused).to.include({ code: 'CURE_REFUSED' });
    expect(String(refused)).to.include(`customer:unprotect ${id}`);
    expect(await host.customer(id)).to.include({ is_active: 1 });
    await host.database.transaction((tx) =>
      host.host.resolve(ProtectedCustomers).unprotect(tx, { name: id }, 'anna', host.now()),
    );
    expect(await service.cure(before, 'lock', 'anna')).to.equal('cured');
    expect(await findings(host)).to.deep.equal([]);
  });

  it('say who has a name or an address by now', async () => {
    const id = await user('mail');
    await inStore(host, id, { email: 'else@shop.example' });
    const other = await host.shopper('mail@shop.example');
    const [found] = await findings(host, { kinds: ['drifted'] });
    if (!found) throw new Error('the address differs');
    const refused = await service.cure(found, 'restore', 'anna').catch((error: unknown) => error);
    expect(refused).to.include({ code: 'CURE_REFUSED' });
    expect(String(refused)).to.include('email');
    expect(await host.customer(other)).to.include({ email: 'mail@shop.example' });
    expect(await service.cure(found, 'accept', 'anna')).to.equal('cured');
  });

  it('put owned values back and offer nothing else, and leave to the store what a rule leaves to it', async () => {
    const owned = await host.mapped([
      { id: 'title', type: 'direct', source: 'title', target: 'taxvat', locked: true },
      { id: 'once', type: 'direct', source: 'nickName', target: 'suffix', apply: 'create' },
    ]);
    const id = await owned.create(owned.user({ title: 'Boss', nickName: 'jr' }));
    await inStore(host, id, { taxvat: 'Mine', suffix: 'sr' });
    const [found, ...more] = await findings(host, { kinds: ['drifted'], connection: owned.code });
    expect(more).to.deep.equal([]);
    expect(found).to.deep.include({ attribute: 'taxvat', severity: 'medium', cures: ['restore'] });
    if (found) expect(await service.cure(found, 'restore', 'anna')).to.equal('cured');
    expect(await host.customer(id)).to.include({ taxvat: 'Boss', suffix: 'sr' });
  });

  it('know groups, store views, newsletters and addresses that a mapping tells apart', async () => {
    const rows = (kind: 'billing' | 'shipping', type: string) =>
      (['street', 'city', 'postcode', 'country_id'] as const).map(
        (field, i): MappingRow => ({
          id: `${kind}-${field}`,
          type: 'direct',
          source: `addresses[type eq "${type}"].${['streetAddress', 'locality', 'postalCode', 'country'][i]}`,
          target: `${kind}.${field}`,
        }),
      );
    const apart = await host.mapped([
      ...rows('billing', 'work'),
      ...rows('shipping', 'home'),
      { id: 'group', type: 'constant', value: 'Wholesale', target: 'group' },
      { id: 'view', type: 'constant', value: 'default', target: 'store_view' },
      { id: 'news', type: 'constant', value: true, target: 'newsletter' },
    ]);
    const of = (type: string, locality: string) => ({
      type,
      locality,
      streetAddress: '1',
      postalCode: '2',
      country: 'US',
    });
    const id = await apart.create(apart.user({ addresses: [of('work', 'Austin'), of('home', 'Dallas')] }));
    for (const stale of await findings(host, { kinds: ['grid-stale'] })) await service.cure(stale, 'rewrite', 'anna');
    await host.database.run(sql`DELETE FROM {newsletter_subscriber}`);
    expect(await told(host)).to.deep.equal([]);
    await host.database.run(sql`UPDATE {customer_address_entity} SET city = 'Rome' WHERE city = 'Dallas'`);
    await inStore(host, id, { group_id: 3 });
    const [group, city, ...more] = await findings(host, { kinds: ['drifted', 'group-differs'] });
    expect([city?.attribute, group?.attribute, more.length]).to.deep.equal(['shipping.city', 'group_id', 0]);
    for (const found of [city, group])
      if (found) expect(await service.cure(found, 'restore', 'anna')).to.equal('cured');
    const cities = await host.rows<{ city: string }>(
      sql`SELECT city FROM {customer_address_entity} WHERE parent_id = ${id} ORDER BY city`,
    );
    expect(cities).to.deep.equal([{ city: 'Austin' }, { city: 'Dallas' }]);
    expect(await host.customer(id)).to.include({ group_id: 2 });
    await host.database.run(sql`DELETE FROM {customer_address_entity} WHERE city = 'Austin'`);
    await inStore(host, id, { default_billing: null });
    const [gone] = await findings(host, { kinds: ['drifted'] });
    if (gone) expect(await service.cure(gone, 'restore', 'anna')).to.equal('cured');
    expect(await told(host, 'drifted')).to.deep.equal([]);
  });

  it('lock again with what a lock-out takes by the policy of the connection', async () => {
    const flagged = await host.mapped([], { deactivation: 'flag' });
    const id = await flagged.create(flagged.user({ active: false }));
    expect(await told(host, 'unlocked')).to.deep.equal([]);
    await inStore(host, id, { is_active: 1 });
    const [found] = await findings(host, { kinds: ['unlocked'] });
    if (found) expect(await service.cure(found, 'lock', 'anna')).to.equal('cured');
    expect(await host.customer(id)).to.include({ is_active: 0, lock_expires: null });
  });

  it('ask a bounded number of statements for each batch, however many users there are', async function () {
    this.timeout(30_000);
    for (const stale of await findings(host, { kinds: ['grid-stale'] })) await service.cure(stale, 'rewrite', 'anna');
    const few = await statements();
    // Eight walks through rows, the connections twice, and for each of three connections one batch of users.
    expect(few).to.be.at.most(10 + 3 * 8);
    for (let first = 10_000; first < 11_000; first += 500) {
      const numbers = Array.from({ length: 500 }, (_, i) => first + i);
      const insert = (head: string, row: (n: number) => string): Promise<unknown> =>
        host.database.run({ sql: `INSERT INTO ${head} VALUES ${numbers.map(row).join(', ')}`, values: [] });
      await insert(
        '{customer_entity} (entity_id, email, website_id, group_id, firstname, lastname)',
        (n) => `(${n}, 'mass${n}@shop.example', 1, 1, 'Mass', 'Many')`,
      );
      await insert(
        '{vestibule_user} (customer_id, connection_id, user_name_key)',
        (n) => `(${n}, 1, 'mass${n}@shop.example')`,
      );
      await insert(
        '{vestibule_user_document} (customer_id, connection_id, modified_at, document, shadow)',
        (n) =>
          `(${n}, 1, '2024-01-01 00:00:00', '{"schemas":["x"],"userName":"mass${n}@shop.example"}', '{"firstname":"Mass"}')`,
      );
    }
    const many = await statements();
    // Five batches of users more and one of each table that is walked through: seven statements each at most.
    expect(many - few).to.be.at.most(5 * 6 + 10);
    const found = await findings(host, { kinds: ['grid-missing'] });
    expect(found).to.have.length(1_000);
    // Only what is asked for is looked for.
    const counted = countStatements(host.database);
    await findings(host, { kinds: ['document-orphaned'] });
    counted.stop();
    expect(counted.statements).to.have.length(4);
  });

  it('keep what a run has found, until it is cured, one by one or all of a kind', async () => {
    await host.database.run(sql`DELETE FROM {vestibule_user} WHERE customer_id > 10011`);
    await host.database.run(sql`DELETE FROM {customer_entity} WHERE entity_id > 10011`);
    const run = await runs.run('anna');
    expect(run).to.include({ by: 'anna', state: 'done', found: 12 });
    const standing = await runs.standing(host.database);
    expect(standing.counts).to.deep.equal([{ kind: 'grid-missing', found: 12, open: 12 }]);
    const id = run?.id ?? 0;
    const page = await runs.findings(host.database, id, {}, { limit: 3 });
    const [first, second, third] = page;
    if (!first || !second || !third) throw new Error('a page of three');
    expect(await runs.findings(host.database, id, {}, { before: third.id, limit: 1 })).to.deep.equal([second]);
    expect(await runs.findings(host.database, id, { connectionId: 77 }, { limit: 1 })).to.deep.equal([]);
    expect(await runs.cure(first.id, 'rewrite', 'boris')).to.equal('cured');
    // What was cured elsewhere meanwhile is taken from the list, too.
    await service.cure(second, 'rewrite', 'boris');
    expect(await runs.cure(second.id, 'rewrite', 'boris')).to.equal('gone');
    expect((await runs.standing(host.database)).counts[0]?.open).to.equal(10);
    expect(await runs.cure(first.id, 'rewrite', 'boris').catch((error: unknown) => error)).to.include({
      code: 'FINDING_UNKNOWN',
    });
    await host.database.run(sql`DELETE FROM {vestibule_user} WHERE customer_id > 10006`);
    await host.database.run(sql`DELETE FROM {customer_entity} WHERE entity_id > 10006`);
    const progress: number[] = [];
    const cured = await runs.cureAll({ kind: 'grid-missing' }, 'rewrite', 'boris', (done) => progress.push(done));
    expect(cured).to.deep.equal({ cured: 5, gone: 5, refused: 0, reasons: [] });
    expect(progress.at(-1)).to.equal(10);
    expect((await runs.standing(host.database)).counts[0]?.open).to.equal(0);
  });

  it('keep the findings of the last run alone, and none of whom nothing may be kept', async () => {
    const id = await user('erase');
    await inStore(host, id, { firstname: 'Secret' });
    await runs.run('anna');
    const kept = async () => (await host.rows(sql`SELECT 1 FROM {vestibule_reconciliation_finding}`)).length;
    expect(await kept()).to.equal(2);
    await host.database.transaction((tx) => host.host.resolve(Events).emit(CustomerAnonymised, { id: Number(id) }, tx));
    expect(await kept()).to.equal(0);
    expect((await runs.standing(host.database)).counts.map(({ open }) => open)).to.deep.equal([0, 0]);
    await runs.run('anna');
    expect(await host.rows(sql`SELECT 1 FROM {vestibule_reconciliation_run}`)).to.have.length(1);
    await inStore(host, id, { firstname: 'erase' });
  });

  it('run once, whoever asks at the same time, and when they are due', async () => {
    const both = await Promise.all([runs.run('anna'), runs.run('boris')]);
    expect(both.filter((run) => run !== undefined)).to.have.length(1);
    const schedule = host.host.resolve(ReconciliationSchedule);
    expect(await schedule.look()).to.equal(false);
    host.advance(24 * 3600 + 1);
    expect(await schedule.look()).to.equal(true);
    expect((await runs.standing(host.database)).latest).to.include({ by: 'schedule', state: 'done' });
    expect(await schedule.look()).to.equal(false);
  });

  it('begin anew where the process of a run has ended', async () => {
    await host.database.run(
      sql`INSERT INTO {vestibule_reconciliation_run} (started_by, state, is_running, claimed_by, started_ms, beat_ms) VALUES ('dead', 'running', 1, 'gone', ${host.now().getTime()}, ${host.now().getTime()})`,
    );
    expect(await runs.run('anna')).to.equal(undefined);
    expect((await runs.standing(host.database)).latest).to.include({ by: 'dead', state: 'running' });
    host.advance(61);
    expect((await runs.standing(host.database)).latest).to.include({ by: 'dead', state: 'stopped' });
    expect(await runs.run('anna')).to.include({ by: 'anna', state: 'done' });
  });
});
