import { expect } from 'chai';
import { sql } from '../../modules/framework/index.ts';
import { type CommandLine, openCommandLine } from '../setup/command-line.ts';

describe('The command line of a database that was brought back', () => {
  let line: CommandLine;
  before(async () => {
    line = await openCommandLine();
    await line.run('webhook:create', '--scope', 'store/customer/*', '--destination', 'https://hooks.example.com/in');
    await line.onDatabase(async (database) => {
      await database.run(
        sql`INSERT INTO {vestibule_webhook_delivery} (webhook_id, lane, state, message_id, scope, data, hash, created_ms) VALUES (1, 7, 'waiting', 'msg_1', 'store/customer/updated', '{}', 'h', 1)`,
      );
      await database.run(
        sql`INSERT INTO {vestibule_webhook_lane} (webhook_id, lane, next_ms, newest) VALUES (1, 7, 1, 'msg_1')`,
      );
    });
  });
  after(() => line.close());

  it('says so where nobody can see it, holds what waits, and lets it go', async () => {
    expect((await line.run('webhook:resume')).out).to.equal('Nothing is held.\n');
    expect((await line.run('setup:restored')).out).to.contain('webhook:resume');
    expect((await line.run('webhook:log')).out).to.match(/ held +/);
    expect((await line.run('doctor')).out)
      .to.contain('Webhooks are held')
      .and.contain('webhook:resume --drop');
    expect(await line.json('webhook:resume', '--drop')).to.deep.equal({ released: 1, dropped: 1 });
    expect((await line.run('webhook:log')).out)
      .to.contain('failed')
      .and.contain('Dropped unsent');
    expect((await line.run('doctor')).out).to.not.contain('Webhooks are held');
  });
});
