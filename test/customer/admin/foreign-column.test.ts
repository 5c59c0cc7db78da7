import { expect } from 'chai';
import { CustomerColumns, CustomerMassActions } from '../../../modules/customer/index.ts';
import { contribute, defineModule } from '../../../modules/framework/index.ts';
import { openAdministeredHost } from '../../setup/administered-host.ts';
import { sqlite } from '../../setup/databases.ts';

/** A module as somebody else would write it: it imports index files alone. */
const loyalty = defineModule({
  name: 'loyalty',
  version: '1.0.0',
  sequence: ['customer'],
  optional: ['admin'],
  acl: { 'loyalty::tiers': 'See tiers' },
  contributes: [
    contribute(CustomerColumns, {}, () => ({
      key: 'tier',
      label: 'Tier',
      acl: 'loyalty::tiers',
      sortOrder: 5,
      options: async () => ({ gold: 'Gold', '-': 'None' }),
      read: async (_db, ids) =>
        new Map(
          ids
            .filter((id) => id % 2 === 0)
            .map((id) => [id, { value: 'gold', label: 'Gold <b>', href: `/admin/tiers/${id}` }]),
        ),
    })),
    contribute(CustomerMassActions, {}, () => ({
      label: 'Promote',
      acl: 'loyalty::tiers',
      action: '/admin/tiers/promote' as const,
    })),
  ],
});

describe("A module's column in the customers' grid", () => {
  it('appears with its filter, its export and its mass action, for whom its resource allows', async () => {
    const host = await openAdministeredHost(sqlite, [loyalty]);
    try {
      const ids = [];
      for (let at = 0; at < 4; at++) ids.push(await host.shopper(`s${at}@example.com`));
      const even = ids.filter((id) => id % 2 === 0);
      const browser = await host.enter();
      const { text } = await browser.get('/admin/customers');
      expect(text).to.include('data-label="Tier"').and.include(`href="/admin/tiers/${even[0]}"`).and.include('Promote');
      expect(text).to.include('Gold &lt;b>').and.not.include('Gold <b>');
      const gold = (await browser.get('/admin/customers?tier=gold')).text;
      expect([...gold.matchAll(/data-label="ID"/g)]).to.have.length(even.length);
      expect((await browser.get('/admin/customers/export')).text.split('\r\n')[0]).to.include('"Tier"');
      const clerk = await host.enter(['customer::view', 'customer::export']);
      expect((await clerk.get('/admin/customers')).text).not.to.include('Tier');
      expect((await clerk.get('/admin/customers/export')).text).not.to.include('Tier');
    } finally {
      await host.close();
    }
  });
});
