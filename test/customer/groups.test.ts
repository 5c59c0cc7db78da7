import { expect } from 'chai';
import { sql } from '../../modules/framework/index.ts';
import { onBothEngines } from '../setup/databases.ts';
import { type CustomerRoom, openRoom } from './customer-room.ts';
import { slowToWrite } from './slow-transaction.ts';

onBothEngines('Customer groups', (engine) => {
  let room: CustomerRoom;
  before(async () => {
    room = await openRoom(engine);
  });
  after(() => room.close());
  const create = (code: string) => room.transaction((tx) => room.groups.create(tx, code));

  it('of a fresh store are four, the first for nobody', async () => {
    expect((await room.groups.list(room.database)).map(({ id, code }) => [id, code])).to.deep.equal([
      [0, 'NOT LOGGED IN'],
      [1, 'General'],
      [2, 'Wholesale'],
      [3, 'Retailer'],
    ]);
  });

  it('are created with the tax class of the default group and found by code in any case', async () => {
    await room.database.run(sql`UPDATE {customer_group} SET tax_class_id = 7 WHERE customer_group_id = 1`);
    const id = await create(' Engineering ');
    expect(await room.groups.byCode(room.database, 'engineering')).to.deep.equal({
      id,
      code: 'Engineering',
      taxClassId: 7,
    });
    expect(await room.groups.byId(room.database, id)).to.have.property('code', 'Engineering');
    expect(await room.groups.byCode(room.database, 'nobody')).to.equal(undefined);
  });

  it('have 32 characters at most, and at least one', async () => {
    expect(await create('é'.repeat(32))).to.be.a('number');
    for (const code of ['é'.repeat(33), '', '  ']) {
      expect(await create(code).catch((e) => e.code)).to.equal('CUSTOMER_GROUP_INVALID');
    }
  });

  it('are made once by four writers that all look before they write', async () => {
    const rush = () => room.transaction((tx) => room.groups.create(slowToWrite(tx), 'Rush'));
    const results = await Promise.allSettled([rush(), rush(), rush(), rush()]);
    expect(results.filter(({ status }) => status === 'fulfilled')).to.have.length(1);
    expect(
      await room.database.all(sql`SELECT 1 AS one FROM {customer_group} WHERE customer_group_code = 'Rush'`),
    ).to.have.length(1);
  });
});
