import { expect } from 'chai';
import { type MappingRow, MappingVersions, presetFor } from '../../../modules/attribute-mapping/index.ts';
import { sql } from '../../../modules/framework/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { type MappedClient, type MappedHost, openMappedHost } from '../mapped/mapped-host.ts';
import { readOnly } from '../preview/read-only.ts';
import { after as changedRows, connectionOf, impactOf, before as presentRows } from './impacted-host.ts';

onBothEngines('The impact of a mapping', (engine) => {
  let host: MappedHost;
  before(async () => {
    host = await openMappedHost(engine);
  });
  after(() => host.close());

  const titled = async (...titles: string[]): Promise<{ scim: MappedClient; ids: string[] }> => {
    const scim = await host.mapped(presentRows);
    const ids: string[] = [];
    for (const title of titles) ids.push(await scim.create(scim.user({ title })));
    return { scim, ids };
  };

  /** A mapping without the rows that the others have in common. */
  const publishWhole = async (scim: MappedClient, rows: readonly MappingRow[]): Promise<void> => {
    const connection = await connectionOf(host, scim);
    const versions = host.host.resolve(MappingVersions);
    await host.database.transaction((tx) =>
      versions.publish(tx, connection, { version: 1, rows }, { author: 'a test' }, host.now()),
    );
  };

  it('counts who would change, who would stay, and every attribute, without writing anything', async () => {
    const { scim, ids } = await titled('boss', 'CLERK', '');
    await scim.publish(changedRows);
    host.advance(5);
    const { result, refused, reads } = await readOnly(host, () => impactOf(host, scim));
    expect(refused).to.deep.equal([]);
    expect(reads).to.have.length.above(3);
    expect(result.summary).to.deep.include({ total: 3, changes: 3, same: 0, fails: 0, deactivated: 0 });
    expect(result.summary.targets).to.deep.equal({ job_title: 1, suffix: 3 });
    expect(result.progress).to.deep.equal(['3 of 3']);
    expect(result.customers[0]).to.deep.include({
      customerId: Number(ids[0]),
      id: ids[0],
      outcome: 'changes',
      changes: [
        { target: 'job_title', before: 'boss', after: 'BOSS' },
        { target: 'suffix', before: null, after: 'Ada Lovelace' },
      ],
    });
  });

  it('is none for the mapping in effect', async () => {
    const { scim } = await titled('boss', 'clerk');
    const { summary, customers } = await impactOf(host, scim);
    expect(summary).to.deep.include({ total: 2, changes: 0, same: 2, fails: 0 });
    expect(customers).to.deep.equal([]);
  });

  it('can be asked of an older version as well', async () => {
    const { scim } = await titled('boss');
    await scim.publish(changedRows);
    const { summary } = await impactOf(host, scim, 1);
    expect(summary).to.deep.include({ version: 1, changes: 0, same: 1 });
  });

  it('leaves what the store has changed, unless the mapping says something else than it did', async () => {
    const { scim, ids } = await titled('boss', 'clerk');
    const [first, second] = ids.map(Number);
    await host.database.run(sql`UPDATE {customer_entity} SET firstname = 'Augusta' WHERE entity_id = ${first}`);
    await host.database.run(
      sql`UPDATE {customer_entity_varchar} SET value = 'King' WHERE entity_id = ${second} AND value = 'clerk'`,
    );
    expect((await impactOf(host, scim)).summary).to.include({ changes: 0, same: 2 });
    await scim.publish(changedRows);
    host.advance(5);
    const { customers } = await impactOf(host, scim);
    expect(customers.map(({ changes }) => changes.map(({ target, before }) => `${target} ${before}`))).to.deep.equal([
      ['job_title boss', 'suffix null'],
      ['job_title King', 'suffix null'],
    ]);
  });

  it('names those who would fail, and why: a value too long, a customer who is protected, an address that is taken', async () => {
    const { scim, ids } = await titled('boss', 'x'.repeat(50), 'clerk', 'taken');
    const [, , closed] = ids.map(Number);
    await host.shopper('taken@example.com');
    await host.database.run(
      sql`INSERT INTO {vestibule_protected_customer} (customer_id, protected_at, protected_by) VALUES (${closed}, '2024-05-06 12:00:00', 'a test')`,
    );
    await publishWhole(scim, [
      ...presetFor('generic').rows.filter(({ target }) => target !== 'email' && target !== 'prefix'),
      { id: 'prefix', type: 'direct', source: 'title', target: 'prefix' },
      {
        id: 'mail',
        type: 'expression',
        expression: 'title = "taken" ? "taken@example.com" : emails[0].value',
        target: 'email',
      },
    ]);
    host.advance(5);
    const { summary, customers } = await impactOf(host, scim);
    expect(summary).to.include({ total: 4, changes: 1, fails: 3 });
    const failed = customers.filter(({ outcome }) => outcome === 'fails');
    expect(failed.map(({ message }) => message).join('\n')).to.match(/40.*\n.*is protected.*\n.*must be unique/s);
    expect(failed.every(({ changes }) => changes.length === 0)).to.equal(true);
  });

  it('tells how many would get the right to log in back, or lose it', async () => {
    const { scim, ids } = await titled('boss', 'clerk');
    await scim.patch(ids[0] ?? '', { op: 'replace', path: 'active', value: false });
    await host.database.run(
      sql`UPDATE {customer_entity} SET is_active = 1 - is_active WHERE entity_id IN (${Number(ids[0])}, ${Number(ids[1])})`,
    );
    expect((await impactOf(host, scim)).summary).to.include({ changes: 0, deactivated: 0, activated: 0 });
    await publishWhole(
      scim,
      presetFor('generic').rows.map((row) => (row.id === 'active' ? { ...row, locked: true } : row)),
    );
    host.advance(5);
    const { summary } = await impactOf(host, scim);
    expect(summary).to.include({ total: 2, changes: 2, deactivated: 1, activated: 1 });
  });

  it('sees each connection alone, and no deleted user', async () => {
    const { scim, ids } = await titled('boss', 'clerk');
    await titled('boss');
    await scim.delete(ids[0] ?? '');
    await scim.publish(changedRows);
    host.advance(5);
    const { summary, progress } = await impactOf(host, scim);
    expect(summary).to.include({ total: 1, changes: 1 });
    expect(progress).to.deep.equal(['1 of 1']);
  });
});
