import { expect } from 'chai';
import { Checkups, sql } from '../../../modules/framework/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { type Company, openCompany } from './company.ts';

onBothEngines('doctor', (engine) => {
  let company: Company;
  before(async () => {
    company = await openCompany(engine, 13);
  });
  after(() => company.close());
  const findings = async () => {
    const checkup = company.host.host.resolve(Checkups).find(({ name }) => name === 'provisioning.guard');
    return (await checkup?.look()) ?? [];
  };

  it('tells what the guard holds until somebody decides, with whom to ask and how to decide', async () => {
    expect(await findings()).to.deep.equal([]);
    await company.deactivateAll(company.users);
    const [finding, ...others] = await findings();
    expect(others).to.deep.equal([]);
    expect(finding).to.include({ severity: 'warning', title: 'Changes wait for a decision' });
    expect(finding?.found).to.match(/^Since \S+ \S+ UTC hold 1 keeps 3 requests of the connection default; /);
    expect(finding?.cure).to.include('guard:show 1').and.include('guard:approve 1').and.include('guard:deny 1');
  });

  it('tells what was approved and no server carries out', async () => {
    await company.host.database.run(
      sql`UPDATE {vestibule_guard_hold} SET status = 'approved', open_connection_id = NULL, decided_by = 'anna', decided_at = opened_at`,
    );
    expect(await findings()).to.deep.equal([]);
    company.host.advance(121);
    expect((await findings()).map(({ title, found }) => [title, found])).to.deep.equal([
      [
        'What was decided is not carried out',
        'No server goes on with hold 1, which was approved or is to be restored.',
      ],
    ]);
    await company.jobs.drain();
    expect(await findings()).to.deep.equal([]);
  });
});
