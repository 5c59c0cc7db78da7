import { expect } from 'chai';
import { Activities } from '../../../modules/activity/index.ts';
import { Connections } from '../../../modules/connection/index.ts';
import { type CountedStatements, countStatements, sql } from '../../../modules/framework/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { withFrozenClocks } from '../../setup/frozen-clocks.ts';
import { openHost, type ScimHost } from '../host.ts';
import { type GroupClient, groupClient } from './group-client.ts';

onBothEngines('The statement budget of groups', (engine) => {
  let host: ScimHost;
  let groups: GroupClient;
  let counted: CountedStatements;
  const users: string[] = [];
  const large = 3000;

  before(async function () {
    this.timeout(120_000);
    host = await openHost(engine, { poolMax: 1 });
    await host.database.transaction(async (tx) => {
      const [first] = await host.host.resolve(Connections).list(tx);
      await host.host.resolve(Connections).change(tx, first?.code ?? '', { groups: 'none' });
    });
    host.advance(6);
    groups = groupClient(host.scim);
    for (let i = 0; i < 300; i++) users.push(await host.scim.create({ userName: `u${i}@example.com` }));
    counted = countStatements(host.database);
  });
  withFrozenClocks();
  after(() => host.close());

  const add = (values: readonly string[]) => ({
    op: 'add',
    path: 'members',
    value: values.map((value) => ({ value })),
  });

  /** A group with many members, who are customers made by SQL. */
  async function largeGroup(displayName: string): Promise<string> {
    const id = await groups.create({ displayName });
    const number = Number(id.slice(1));
    await host.database.transaction(async (tx) => {
      const base = 1_000_000;
      const known = await tx.first(sql`SELECT entity_id FROM {customer_entity} WHERE entity_id = ${base}`);
      for (let i = 0; i < large; i++) {
        const customer = base + i;
        if (!known) {
          tx.later(
            sql`INSERT INTO {customer_entity} (entity_id, email, website_id, group_id, store_id) VALUES (${customer}, ${`many${i}@example.com`}, 1, 1, 1)`,
          );
          tx.later(
            sql`INSERT INTO {vestibule_user} (customer_id, connection_id, user_name_key) VALUES (${customer}, 1, ${`many${i}@example.com`})`,
          );
          tx.later(
            sql`INSERT INTO {vestibule_user_document} (customer_id, connection_id, modified_at, document, shadow) VALUES (${customer}, 1, '2024-01-01 00:00:00.000', ${JSON.stringify({ userName: `many${i}@example.com` })}, '{}')`,
          );
        }
        tx.later(
          sql`INSERT INTO {vestibule_group_member} (group_id, generation, customer_id) VALUES (${number}, 0, ${customer})`,
        );
      }
      tx.later(sql`UPDATE {vestibule_group} SET member_count = ${large} WHERE group_id = ${number}`);
    });
    return id;
  }

  /**
   * Rows that the database reads for a request, index entries included: on the one connection for statements and the one
   * for transactions, because other tests use the same server. Undefined on SQLite, which does not count.
   */
  async function rowsRead(request: () => Promise<unknown>): Promise<number | undefined> {
    if (host.database.dialect.name === 'sqlite') {
      await request();
      return undefined;
    }
    const reads = async () => {
      const status = sql`SHOW SESSION STATUS WHERE Variable_name LIKE 'Handler_read%' OR Variable_name = 'Handler_icp_attempts'`;
      const rows = await host.rows<{ Value: string }>(status);
      rows.push(...(await host.database.transaction((tx) => tx.all<{ Value: string }>(status))));
      return rows.reduce((sum, row) => sum + Number(row.Value), 0);
    };
    await host.host.resolve(Activities).flush();
    const before = await reads();
    await request();
    const after = await reads();
    return after - before - ((await reads()) - after);
  }

  async function statementsOf(request: () => Promise<{ status: number; text: string }>): Promise<string[]> {
    // What is kept for seconds is read anew now, not while it is counted.
    await host.scim.get('/Users?count=0');
    await host.host.resolve(Activities).flush();
    counted.reset();
    const { status, text } = await request();
    expect(status, text).to.be.below(300);
    return [...counted.statements];
  }

  /** The same for a large group and an empty one, but for a handful of rows. */
  function expectAlike([large, small]: readonly (number | undefined)[]): void {
    if (large === undefined || small === undefined) return;
    expect(large).to.be.above(50);
    expect(large).to.be.at.most(small * 1.3 + 20);
  }

  it('is at most 5 to add 100 members, to an empty group and to a large one, and reads as many rows', async () => {
    const [empty, full] = [await groups.create({ displayName: 'Empty' }), await largeGroup('Full')];
    const hundred = users.slice(0, 100);
    const path = (id: string) => `/Groups/${id}?excludedAttributes=members`;
    const send = (id: string, operation: Record<string, unknown>) => () =>
      host.scim.send('PATCH', path(id), {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
        Operations: [operation],
      });
    expect(await statementsOf(send(full, add(hundred)))).to.have.length.at.most(5);
    expect(await statementsOf(send(empty, add(hundred)))).to.have.length.at.most(5);
    const next = users.slice(100, 200);
    const rows = [await rowsRead(send(full, add(next))), await rowsRead(send(empty, add(next)))];
    expectAlike(rows);
    const gone = (values: readonly string[]) => ({
      op: 'remove',
      path: 'members',
      value: values.map((value) => ({ value })),
    });
    // Two more than to add: the guard asks who is in no group now, and remembers who left which one.
    expect(await statementsOf(send(full, gone(hundred)))).to.have.length.at.most(7);
    expectAlike([await rowsRead(send(full, gone(next))), await rowsRead(send(empty, gone(next)))]);
    await send(full, add(next))();
    const { n } = await host.row<{ n: number }>(
      sql`SELECT COUNT(*) AS n FROM {vestibule_group_member} WHERE group_id = ${Number(full.slice(1))}`,
    );
    expect(n).to.equal(large + 100);
  });

  it('grows by what moves customers where the group maps to a customer group, not by its members', async () => {
    const [empty, full] = [await groups.create({ displayName: 'Maps' }), await largeGroup('Maps large')];
    await host.database.run(
      sql`UPDATE {vestibule_group} SET customer_group_id = 2 WHERE group_id IN (${Number(empty.slice(1))}, ${Number(full.slice(1))})`,
    );
    const send = (id: string, values: readonly string[]) => () =>
      host.scim.send('PATCH', `/Groups/${id}?excludedAttributes=members`, {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
        Operations: [add(values)],
      });
    const [hundred, next] = [users.slice(200, 250), users.slice(250, 300)];
    const counts = [await statementsOf(send(full, hundred)), await statementsOf(send(empty, next))];
    for (const statements of counts) expect(statements).to.have.length.at.most(10);
    const rows = [await rowsRead(send(full, next)), await rowsRead(send(empty, hundred))];
    expectAlike(rows);
  });

  it('is at most 5 for a rename and for one member of a large group, which answers 204', async () => {
    const id = await largeGroup('Answers 204');
    expect(await statementsOf(() => groups.patch(id, add([users[0] as string])))).to.have.length.at.most(5);
    expect((await groups.patch(id, add([users[1] as string]))).status).to.equal(204);
    expect(
      await statementsOf(() => groups.patch(id, { op: 'replace', path: 'displayName', value: 'Still 204' })),
    ).to.have.length.at.most(5);
  });

  it('writes nothing for what changes nothing', async () => {
    const id = await groups.create({ displayName: 'Nothing', members: [{ value: users[0] }] });
    // Members who are there already are found by an insertion that ignores them.
    for (const request of [
      () => groups.patch(id, add([users[0] as string])),
      () => groups.patch(id, { op: 'remove', path: `members[value eq "${users[1]}"]` }),
      () => groups.patch(id, { op: 'replace', path: 'displayName', value: 'Nothing' }),
      () => groups.put(id, { displayName: 'Nothing', members: [{ value: users[0] }] }),
    ])
      expect(
        (await statementsOf(request)).filter((text) => !/^\s*(SELECT|INSERT (OR )?IGNORE)/i.test(text)),
      ).to.deep.equal([]);
  });

  it('touches no member row where members are left out', async () => {
    const id = await groups.create({ displayName: 'Left out', members: users.slice(0, 3).map((value) => ({ value })) });
    for (const path of [
      `/Groups/${id}?excludedAttributes=members`,
      `/Groups?excludedAttributes=members&filter=${encodeURIComponent('displayName eq "left out"')}`,
      `/Groups/${id}?attributes=displayName`,
    ]) {
      const statements = await statementsOf(() => host.scim.get(path));
      expect(
        statements.filter((text) => text.includes('vestibule_group_member')),
        path,
      ).to.deep.equal([]);
      expect(statements).to.have.length.within(1, 3);
    }
  });

  it('is at most 4 and a count for a page of groups with their members', async () => {
    expect(await statementsOf(() => host.scim.get('/Groups?count=100'))).to.have.length.at.most(5);
  });

  it('is at most 3 to read a user in a group', async () => {
    const id = await groups.create({ displayName: 'Read', members: [{ value: users[250] }] });
    expect(await statementsOf(() => host.scim.get(`/Users/${users[250]}`))).to.have.length.at.most(3);
    const alone = await host.scim.create({ userName: 'alone@example.com' });
    expect(await statementsOf(() => host.scim.get(`/Users/${alone}`))).to.have.length(1);
    expect((await host.scim.get(`/Users/${users[299]}`)).json.groups).to.have.length(2);
    expect(id).to.be.a('string');
  });
});
