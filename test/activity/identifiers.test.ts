import { expect } from 'chai';
import { ActivityReports } from '../../modules/activity/index.ts';
import { ActivityJobs } from '../../modules/activity/jobs/jobs.ts';
import { openHost, type ScimHost } from '../provisioning/host.ts';
import { onBothEngines } from '../setup/databases.ts';

onBothEngines('A report about a user', (engine) => {
  let host: ScimHost;
  before(async () => {
    host = await openHost(engine);
  });
  after(() => host.close());

  it('finds everything about them by whatever they are called, before and after the seal', async () => {
    const id = await host.scim.create({
      userName: 'Ada.L',
      externalId: '00u-Ada',
      name: { givenName: 'Ada', familyName: 'Lovelace' },
      emails: [
        { value: 'ada@example.com', type: 'work', primary: true },
        { value: 'ada@home.example', type: 'home' },
      ],
    });
    await host.scim.create({ userName: 'bob', emails: [{ value: 'bob@example.com', primary: true }] });
    await host.scim.patch(id, { op: 'replace', path: 'name.givenName', value: 'Augusta' });
    await host.scim.get(`/Users/${id}`);
    await host.records();
    const reports = host.host.resolve(ActivityReports);
    const wanted = ['user.read', 'user.patch', 'user.create'];
    for (const sealed of [false, true]) {
      if (sealed) expect(await host.host.resolve(ActivityJobs).seal()).to.equal(4);
      for (const user of ['ada.l', 'ADA@example.com', 'ada@home.example', '00u-Ada', id]) {
        const { items } = await reports.page(host.database, { user, application: 'default' });
        expect(
          items.map(({ operation }) => operation),
          user,
        ).to.deep.equal(wanted);
        expect(items[0]?.application).to.equal('default');
      }
      expect((await reports.page(host.database, { user: '00u-ada' })).items).to.deep.equal([]);
    }
  });
});
