import { expect } from 'chai';
import { defineModule, observe } from '../../../modules/framework/index.ts';
import { DeprovisioningHeld, type HeldDeprovisioning } from '../../../modules/provisioning/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { type Company, openCompany } from './company.ts';

onBothEngines('The alert of the guard', (engine) => {
  let company: Company;
  afterEach(() => company.close());

  it('is given once for each hold, in the transaction that opens it', async () => {
    const told: HeldDeprovisioning[] = [];
    const listener = defineModule({
      name: 'listener',
      version: '1.0.0',
      host: '^1',
      sequence: ['provisioning'],
      observers: [
        observe(DeprovisioningHeld, {
          id: 'listener.held',
          when: 'committed',
          handle: (held) => {
            told.push(held);
          },
        }),
      ],
    });
    company = await openCompany(engine, 60, { modules: [listener] });
    const all = await Promise.all(company.users.map((id) => company.deactivate(id)));
    expect(all.filter(({ status }) => status === 503).length).to.be.above(0);
    expect(told).to.have.length(1);
    const [held] = told;
    expect(held?.connection.code).to.equal('default');
    expect(held).to.include({ holdId: await company.openHold(), limit: 12 });
    expect(held?.count).to.be.above(12);
    expect(held?.at).to.deep.equal(company.host.now());
    await company.holds.deny(held?.holdId ?? 0, { actor: 'anna' });
    const left = (await company.holds.show(1)).held.map(({ resource }) => resource);
    const others = company.users.filter((id) => !left.includes(id));
    const more = await company.join('late@example.com');
    expect(others.length).to.be.above(0);
    expect((await company.deactivate(more)).status).to.equal(503);
    expect(told).to.have.length(2);
  });
});
