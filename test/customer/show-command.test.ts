import { expect } from 'chai';
import { CustomerPanels, lockOutColumns } from '../../modules/customer/index.ts';
import { showCustomer } from '../../modules/customer/show-command.ts';
import { contribute, defineModule } from '../../modules/framework/index.ts';
import { onBothEngines } from '../setup/databases.ts';
import { type CustomerRoom, noon, openRoom } from './customer-room.ts';

onBothEngines('customer:show', (engine) => {
  let room: CustomerRoom;
  before(async () => {
    const panel = defineModule({
      name: 'panel',
      version: '1.0.0',
      sequence: ['customer'],
      contributes: [
        contribute(CustomerPanels, {}, () => ({
          key: 'connection',
          read: async (_db, { id }) => (id % 2 === 0 ? undefined : { code: 'okta' }),
        })),
      ],
    });
    room = await openRoom(engine, { modules: [panel] });
  });
  after(() => room.close());
  const show = async (customer: string) => {
    const result = (await showCustomer.run({ customer }, room.host.host.resolveAll(showCustomer.dependencies), {
      write() {},
      tell() {},
      json: false,
    })) as Record<string, unknown>;
    return { result, text: showCustomer.print(result, { customer }) };
  };

  it('tells attributes, addresses, group, state and what other rooms know', async () => {
    const made = await room.create({
      attributes: { email: 'show@example.com', gender: 2, group_id: 2 },
      address: { street: 'a\nb', city: 'Wien', country_id: 'AT' },
    });
    for (const wanted of [String(made.id), 'SHOW@example.com']) {
      const { result, text } = await show(wanted);
      expect(result).to.deep.include({
        id: made.id,
        email: 'show@example.com',
        website: { id: 1, code: 'base' },
        group: { id: 2, code: 'Wholesale' },
        state: { active: true, lockedUntil: null, lockedOut: false, awaitsConfirmation: false, newsletter: null },
        connection: made.id % 2 === 0 ? null : { code: 'okta' },
      });
      expect(result.attributes).to.include({ gender: 'Female', firstname: 'Ada' });
      expect(result.attributes).to.not.have.any.keys('password_hash', 'rp_token');
      expect(result.addresses).to.have.length(1);
      expect(JSON.parse(JSON.stringify(result))).to.deep.equal(result);
      expect(text).to.contain('Wholesale').and.contain('a, b').and.contain('default billing, default shipping');
    }
  });

  it('says that a customer is locked out', async () => {
    const made = await room.create({ attributes: lockOutColumns(noon) });
    const { result, text } = await show(String(made.id));
    expect(result.state).to.include({ active: false, lockedOut: true, lockedUntil: '2038-01-01 00:00:00' });
    expect(text).to.contain('deactivated, locked out');
  });

  it('says that there is nobody', async () => {
    for (const wanted of ['999999', 'nobody@example.com']) {
      expect(await show(wanted).catch((e) => e.code)).to.equal('CUSTOMER_UNKNOWN');
    }
  });
});
