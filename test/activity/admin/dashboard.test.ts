import { expect } from 'chai';
import { Activities } from '../../../modules/activity/index.ts';
import { ActivityJobs } from '../../../modules/activity/jobs/jobs.ts';
import { type AdministeredHost, openAdministeredHost } from '../../setup/administered-host.ts';
import { onBothEngines } from '../../setup/databases.ts';

onBothEngines('The dashboard', (engine) => {
  let host: AdministeredHost;
  beforeEach(async () => {
    host = await openAdministeredHost(engine);
  });
  afterEach(() => host.close());

  it('waits for the first request', async () => {
    const { text } = await (await host.enter()).get('/admin');
    expect(text)
      .to.include('Waiting for the first request')
      .and.include('Errors of the last day')
      .and.include('Nothing in the last');
    expect((await (await host.enter(['activity::config'])).get('/admin')).text).not.to.include('Operations per day');
  });

  it('counts operations per day, names the last request, and what went wrong with a cure', async () => {
    await host.scim.create({ userName: 'ada', emails: [{ value: 'ada@example.com' }] });
    host.advance(86_400);
    // Each under a seal of its own.
    for (let i = 0; i < 3; i++) {
      await host.scim.post({ userName: 'ada', emails: [{ value: 'ada@example.com' }] });
      await host.host.resolve(Activities).flush();
      await host.host.resolve(ActivityJobs).seal();
    }
    host.advance(1);
    await host.scim.create({ userName: 'bob', emails: [{ value: 'bob@example.com' }] });
    await host.host.resolve(Activities).flush();
    await host.host.resolve(ActivityJobs).seal();
    const { text } = await (await host.enter()).get('/admin');
    const row = (day: string) =>
      new RegExp(`${day}</th><td class="end">(\\d+)</td><td class="end">(\\d+)`).exec(text)?.slice(1);
    expect(row('2024-05-06')).to.deep.equal(['1', '0']);
    expect(row('2024-05-07')).to.deep.equal(['1', '3']);
    expect(row('2024-05-05')).to.deep.equal(['0', '0']);
    expect(row('2024-04-23')).to.equal(undefined);
    expect(text).to.match(/Last request: .*?user\.create.*?201 done/);
    // What administrators do is no request.
    const connection = { provider: 'okta', name: 'Okta', code: 'okta', website: 'base' };
    await (await host.enter()).send('/admin/connections/new?provider=okta', connection, '/admin/connections/new');
    expect((await host.records())[0]?.operation).to.equal('connection.change');
    for (const again of [1, 2]) {
      expect((await (await host.enter()).get('/admin')).text, `${again}`).to.match(/Last request: .*?user\.create/);
      await host.host.resolve(ActivityJobs).seal();
    }
    expect(text).to.match(/3 ×<\/span>.*?409 refused.*?unique.*?Look at what the message names/s);
  });
});
