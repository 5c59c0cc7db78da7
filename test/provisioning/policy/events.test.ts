import { expect } from 'chai';
import { defineModule, observe } from '../../../modules/framework/index.ts';
import { CustomerAdopted, type ProvisionedCustomer, UserProvisioned } from '../../../modules/provisioning/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { openHost, type ScimHost } from '../host.ts';
import { type Connected, connected } from './connected.ts';

onBothEngines('What a connection tells others of customers', (engine) => {
  let host: ScimHost;
  let shop: Connected;
  const told: { what: string; customerId: number; email: string; connection: string }[] = [];
  const listen =
    (what: string) =>
    ({ connection, ...rest }: ProvisionedCustomer): void => {
      if (what === 'made' && rest.email.startsWith('refused.')) throw new Error('not this one');
      told.push({ what, ...rest, connection: connection.code });
    };
  const listener = defineModule({
    name: 'listener',
    version: '1.0.0',
    sequence: ['provisioning'],
    observers: [
      observe(UserProvisioned, { id: 'listener.made', when: 'transaction', handle: listen('made') }),
      observe(CustomerAdopted, { id: 'listener.adopted', when: 'transaction', handle: listen('adopted') }),
    ],
  });
  before(async () => {
    host = await openHost(engine, { modules: [listener] });
  });
  after(() => host.close());
  beforeEach(async () => {
    shop = await connected(host);
    told.length = 0;
  });

  it('is that one was made, once, and not that somebody came back', async () => {
    const id = await shop.scim.create(shop.person('new'));
    expect(told).to.deep.equal([
      { what: 'made', customerId: Number(id), email: `new.${shop.code}@example.com`, connection: shop.code },
    ]);
    await shop.scim.patch(id, { op: 'replace', path: 'active', value: false });
    expect((await shop.scim.post(shop.person('new'))).status).to.equal(201);
    await shop.scim.delete(id);
    expect((await shop.scim.post(shop.person('new'))).json.id).to.equal(`${id}-1`);
    expect(told).to.have.length(1);
  });

  it('is that one was taken over, with the address that the store has', async () => {
    const email = `Sam.${shop.code}@shop.example`;
    const id = await host.shopper(email);
    await shop.scim.patch(id, { op: 'add', path: 'title', value: 'x' });
    await shop.scim.patch(id, { op: 'add', path: 'title', value: 'y' });
    expect(told).to.deep.equal([{ what: 'adopted', customerId: id, email, connection: shop.code }]);
  });

  it('is said within the transaction: who hears it can prevent it', async () => {
    const before = await shop.customers();
    expect((await shop.scim.post(shop.person('refused'))).status).to.equal(500);
    expect([await shop.customers(), told]).to.deep.equal([before, []]);
  });
});
