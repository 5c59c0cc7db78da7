import { expect } from 'chai';
import type { MappingRow } from '../../../modules/attribute-mapping/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { type MappedHost, openMappedHost } from './mapped-host.ts';

/** The tax number before the employee number, whatever their order in the document. */
const rows: readonly MappingRow[] = [
  { id: 'number', type: 'direct', source: 'nickName', target: 'employee_number', match: 2 },
  { id: 'tax', type: 'direct', source: 'title', target: 'taxvat', match: 1, transforms: ['upper'] },
];

onBothEngines('Match rows of a mapping', (engine) => {
  let host: MappedHost;
  let made = 0;
  before(async () => {
    host = await openMappedHost(engine);
  });
  after(() => host.close());

  /** A shopper with these numbers. */
  const shopper = async (numbers: Record<string, string>) =>
    String(await host.shopper(`shopper-${++made}@example.com`, numbers));

  it('find by the lowest precedence first, by the next where that finds nobody or has nothing to ask', async () => {
    const scim = await host.mapped(rows);
    const byTax = await shopper({ taxvat: 'T1' });
    const byNumber = await shopper({ employee_number: 'E1' });
    expect((await scim.post(scim.user({ title: 't1', nickName: 'E1' }))).json.id).to.equal(byTax);
    expect((await scim.post(scim.user({ title: 'T9', nickName: 'E1' }))).json.id).to.equal(byNumber);
    const alone = await shopper({ employee_number: 'E2' });
    expect((await scim.post(scim.user({ nickName: 'E2' }))).json.id).to.equal(alone);
    expect((await scim.post(scim.user({ title: 'T8', nickName: 'E8' }))).json.id).to.not.be.oneOf([
      byTax,
      byNumber,
      alone,
    ]);
  });

  it('find nobody where two have the value: that does not tell who is meant, and the next is asked', async () => {
    const scim = await host.mapped(rows);
    const twins = [await shopper({ taxvat: 'T2' }), await shopper({ taxvat: 'T2' })];
    const byNumber = await shopper({ employee_number: 'E3' });
    const { status, json } = await scim.post(scim.user({ title: 'T2', nickName: 'E3' }));
    expect([status, json.id]).to.deep.equal([201, byNumber]);
    const other = await scim.post(scim.user({ title: 'T2', nickName: 'E9' }));
    expect(other.json.id).to.not.be.oneOf([...twins, byNumber]);
  });
});
