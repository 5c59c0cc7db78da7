import { expect } from 'chai';
import fc from 'fast-check';
import type { MappingRow } from '../../../modules/attribute-mapping/index.ts';
import { CustomerGroups } from '../../../modules/customer/index.ts';
import { sql } from '../../../modules/framework/index.ts';
import { MappingPreview } from '../../../modules/provisioning/index.ts';
import reconciliation from '../../../modules/reconciliation/module.ts';
import { cureOnly, inStore, told } from '../../reconciliation/reconciled-host.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { runs } from '../../setup/runs.ts';
import { type GroupClient, groupClient } from '../group/group-client.ts';
import { applied, connectionOf, impactOf } from '../impact/impacted-host.ts';
import { type MappedClient, type MappedHost, openMappedHost } from './mapped-host.ts';

const row = (more: Partial<MappingRow> = {}): MappingRow =>
  ({ id: 'group', type: 'direct', source: 'userType', target: 'group', ...more }) as MappingRow;
const waits = 'A group membership decides on the customer group; ';

onBothEngines('A customer group that a mapping gives, beside memberships', (engine) => {
  let host: MappedHost;
  before(async () => {
    host = await openMappedHost(engine, { modules: [reconciliation] });
  });
  after(() => host.close());

  const groupOf = async (id: string) =>
    (
      await host.row<{ code: string }>(
        sql`SELECT g.customer_group_code AS code FROM {customer_entity} c JOIN {customer_group} g ON g.customer_group_id = c.group_id WHERE c.entity_id = ${Number(id)}`,
      )
    ).code;
  const add = (...ids: string[]) => ({ op: 'add', path: 'members', value: ids.map((value) => ({ value })) });
  const drop = (id: string) => ({ op: 'remove', path: `members[value eq "${id}"]` });
  const record = async () => (await host.records())[0];
  /** A connection with a group row, and a group of its own for each of these names. */
  async function withGroups<const Names extends readonly string[]>(
    names: Names,
    rows: readonly MappingRow[] = [row()],
  ): Promise<{ scim: MappedClient; groups: GroupClient; ids: { readonly [N in keyof Names]: string } }> {
    const scim = await host.mapped(rows);
    const groups = groupClient(scim);
    const ids: string[] = [];
    for (const displayName of names) ids.push(await groups.create({ displayName }));
    return { scim, groups, ids: ids as { readonly [N in keyof Names]: string } };
  }

  it('comes to the same in whatever order both speak: a membership decides, else the mapping, else the default', async () => {
    const { scim, groups, ids } = await withGroups(['First', 'Second']);
    const act = fc.oneof(
      fc.record({ says: fc.constantFrom('Wholesale', 'Retailer', 'First', undefined) }),
      fc.record({ joins: fc.constantFrom(0, 1) }),
      fc.record({ leaves: fc.constantFrom(0, 1) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 8 }), async (acts) => {
        const user = scim.user();
        const id = await scim.create(user);
        const member = [false, false];
        let said: string | undefined;
        const told: string[] = [];
        for (const one of [...acts, { leaves: 0 }, { leaves: 1 }]) {
          if ('says' in one) {
            said = one.says;
            await scim.put(id, said === undefined ? user : { ...user, userType: said });
          } else if ('joins' in one) {
            member[one.joins] = true;
            await groups.patch(String(ids[one.joins]), add(id));
          } else {
            member[one.leaves] = false;
            await groups.patch(String(ids[one.leaves]), drop(id));
          }
          told.push(JSON.stringify(one));
          const expected = member[0] ? 'First' : member[1] ? 'Second' : (said ?? 'General');
          expect(await groupOf(id), told.join(' ')).to.equal(expected);
        }
      }),
      { numRuns: runs(4) },
    );
  });

  it('waits, says so once, and is not told again', async () => {
    const { scim, groups, ids } = await withGroups(['Partners']);
    const user = scim.user({ userType: 'Wholesale' });
    const id = await scim.create(user);
    await groups.patch(ids[0], add(id));
    await scim.put(id, user);
    expect(await record()).to.include({ outcome: 'unchanged' });
    await scim.put(id, { ...user, userType: 'retailer' });
    expect(await record()).to.deep.include({
      outcome: 'done',
      notes: [`${waits}"retailer", which the mapping gives, counts once none does.`],
    });
    expect((await record())?.changed ?? []).to.not.include('group_id');
    await scim.put(id, { ...user, userType: 'retailer' });
    expect(await record()).to.include({ outcome: 'unchanged' });
    await scim.put(id, scim.user({ ...user, userType: undefined }));
    expect((await record())?.notes).to.deep.equal([`${waits}The website's default counts once none does.`]);
    await groups.patch(ids[0], drop(id));
    expect(await groupOf(id)).to.equal('General');
  });

  it('is the membership’s where the row goes out as well, which says nothing when it is sent back', async () => {
    const { scim, groups, ids } = await withGroups(['Retailer'], [row({ direction: 'both' })]);
    const id = await scim.create(scim.user({ userType: 'Wholesale' }));
    await groups.patch(ids[0], add(id));
    const {
      meta: _,
      groups: __,
      ...shown
    } = (await scim.get(`/Users/${id}`)).json as unknown as Record<string, unknown>;
    expect(shown.userType).to.equal('Retailer');
    await scim.put(id, { ...shown, title: 'Baker' });
    await scim.patch(id, { op: 'replace', path: 'title', value: 'Brewer' });
    await groups.patch(ids[0], drop(id));
    expect([await groupOf(id), (await scim.get(`/Users/${id}`)).json.userType]).to.deep.equal([
      'Wholesale',
      'Wholesale',
    ]);
    await groups.patch(ids[0], add(id));
    await scim.patch(id, { op: 'replace', path: 'userType', value: 'WHOLESALE' });
    await groups.patch(ids[0], drop(id));
    expect((await scim.get(`/Users/${id}`)).json.userType).to.equal('WHOLESALE');
  });

  it('waits for those whom a new mapping reaches, in impact runs as well', async () => {
    const { scim, groups, ids } = await withGroups(['Partners before'], []);
    const [inside, outside] = [scim.user({ userType: 'Wholesale' }), scim.user({ userType: 'Wholesale' })];
    const [a, b] = [await scim.create(inside), await scim.create(outside)];
    await groups.patch(ids[0], add(a));
    await scim.publish([row()]);
    host.advance(5);
    const { customers } = await impactOf(host, scim);
    expect(customers.map(({ customerId, changes }) => [customerId, changes.map(({ target }) => target)])).to.deep.equal(
      [[Number(b), ['group_id']]],
    );
    await applied(host, scim);
    expect([await groupOf(a), await groupOf(b)]).to.deep.equal(['Partners before', 'Wholesale']);
    const again = (await applied(host, scim)).at(-1);
    expect(again).to.include({ kind: 'summary', changed: 0 });
    await groups.patch(ids[0], drop(a));
    expect(await groupOf(a)).to.equal('Wholesale');
  });

  it('is a disagreement where the customer is in it all the same, as older versions left them', async () => {
    const { scim, groups, ids } = await withGroups(['Partners found']);
    const id = await scim.create(scim.user({ userType: 'Wholesale' }));
    await groups.patch(ids[0], add(id));
    const differing = async () =>
      (await told(host, 'group-differs', 'drifted')).filter((text) => text.includes(` ${scim.code}-`));
    expect(await differing()).to.deep.equal([]);
    await inStore(host, id, { group_id: 2 });
    expect(await differing()).to.have.length(1);
    expect(await cureOnly(host, 'group-differs')).to.equal('cured');
    expect(await groupOf(id)).to.equal('Partners found');
  });

  it('is no protected one, neither at once nor once the memberships end', async () => {
    const { scim, groups, ids } = await withGroups(['Partners held']);
    const user = scim.user();
    const id = await scim.create(user);
    await groups.patch(ids[0], add(id));
    const keys = await host.database.transaction((tx) => host.host.resolve(CustomerGroups).create(tx, 'Keys'));
    const protect = () =>
      host.database.run(
        sql`INSERT INTO {vestibule_protected_group} (customer_group_id, protected_by, protected_at) VALUES (${keys}, ${'anna'}, ${'2026-01-01 00:00:00'})`,
      );
    const open = () => host.database.run(sql`DELETE FROM {vestibule_protected_group}`);
    await protect();
    expect((await scim.put(id, { ...user, userType: 'Keys' })).status).to.equal(403);
    await open();
    expect((await scim.put(id, { ...user, userType: 'Keys' })).status).to.equal(200);
    await protect();
    await groups.patch(ids[0], drop(id));
    expect(await groupOf(id)).to.equal('General');
    await scim.delete(id);
    expect((await scim.post({ ...user, userType: 'Keys' })).status).to.equal(403);
    await open();
    expect((await scim.post({ ...user, userType: 'Keys' })).status).to.equal(201);
  });

  it('is foretold by a preview', async () => {
    const { scim, groups, ids } = await withGroups(['Partners seen']);
    const user = scim.user();
    const id = await scim.create(user);
    await groups.patch(ids[0], add(id));
    const preview = await host.host
      .resolve(MappingPreview)
      .preview({ connection: await connectionOf(host, scim), body: { ...user, userType: 'Wholesale' } });
    expect(preview.difference).to.deep.equal([]);
    expect(preview.issues.map(({ message }) => message)).to.include(
      `${waits}"Wholesale", which the mapping gives, counts once none does.`,
    );
  });
});
