import { expect } from 'chai';
import { insertActivities } from '../../modules/activity/pending.ts';
import { sql } from '../../modules/framework/index.ts';
import { type CommandLine, openCommandLine } from '../setup/command-line.ts';
import { entry } from './room.ts';

describe('The commands of activity', () => {
  let line: CommandLine;
  before(async () => {
    line = await openCommandLine();
    await line.onDatabase(async (database) => {
      await database.run(
        insertActivities(
          Array.from({ length: 64 }, (_, i) =>
            entry({
              at: new Date(Date.parse('2026-11-01T00:00:00Z') + i * 3_600_000),
              operation: i % 2 ? 'user.patch' : 'user.create',
              outcome: i % 8 ? 'done' : 'refused',
              status: i % 8 ? 200 : 409,
              subject: i === 63 ? '=HYPERLINK("http://evil.example","x")' : `user-${i}@example.com`,
              connectionId: 1,
              customerId: i + 1,
              requestId: `r-${i}`,
              ...(i % 8 ? { changed: ['firstname'] } : { reason: '"userName" is taken.\nTwice.' }),
            }),
          ),
        ),
      );
    });
  });
  after(() => line.close());
  const run = (...argv: string[]) => line.run(...argv);
  const json = <T>(...argv: string[]) => line.json<T>(...argv);
  interface Page {
    items: { subject: string; status: number; operation: string; at: string }[];
    nextCursor?: string;
  }
  const report = (...argv: string[]) => json<Page>('report:provisioning', ...argv);

  it('report:provisioning shows a page for a person, newest first, and how to go on', async () => {
    const { code, out, err } = await run('report:provisioning', '--limit', '3');
    expect({ code, err }).to.deep.equal({ code: 0, err: '' });
    const lines = out.split('\n');
    expect(lines[0]).to.match(/^TIME \(UTC\) +APPLICATION +ACTION +STATUS +OUTCOME +MS +USER +WHAT$/);
    expect(lines[1]).to.match(/^2026-11-03 15:00:00\.000 +\S+ +user\.patch +200 +done +=HYPERLINK/);
    expect(lines).to.have.length(7);
    const [, cursor = ''] = /--cursor (\S+)/.exec(out) ?? [];
    expect((await report('--cursor', cursor, '--limit', '1')).items[0]?.subject).to.equal('user-60@example.com');
    expect((await run('report:provisioning', '--user', 'nobody')).out).to.equal('No record answers this.\n');
  });

  it('report:provisioning filters by user, time, status and action', async () => {
    const subjects = async (...argv: string[]) => (await report(...argv)).items.map(({ subject }) => subject);
    expect(await subjects('--user', 'USER-5@example.com')).to.deep.equal(['user-5@example.com']);
    expect(await subjects('--user', '6')).to.deep.equal(['user-5@example.com']);
    expect(await subjects('--request', 'r-7')).to.deep.equal(['user-7@example.com']);
    expect(await subjects('--from', '2026-11-02', '--to', '2026-11-02')).to.have.length(24);
    expect(await subjects('--from', '2026-11-03T13:30:00+02:00', '--to', '2026-11-03 13:00')).to.deep.equal([
      'user-60@example.com',
    ]);
    expect(await subjects('--status', '4xx', '--action', 'create')).to.have.length(8);
    expect(await subjects('--status', 'refused,500', '--action', 'update')).to.deep.equal([]);
    expect(await subjects('--action', 'user', '--limit', '1000')).to.have.length(64);
    expect(await subjects('--text', 'IS TAKEN', '--limit', '1000')).to.have.length(8);
    expect(await subjects('--text', 'user-1', '--text', 'user-12@')).to.deep.equal(['user-12@example.com']);
  });

  it('report:provisioning --csv writes everything, and nothing that a spreadsheet computes', async () => {
    const { code, out, err } = await run('report:provisioning', '--csv');
    expect({ code, err }).to.deep.equal({ code: 0, err: '' });
    const lines = out.split('\r\n');
    expect(lines).to.have.length(66);
    expect(lines[0]).to.match(/^"time","application","application_name","actor","action","outcome","status",/);
    expect(lines[1]).to.contain(`"'=HYPERLINK(""http://evil.example"",""x"")"`);
    expect(lines.at(-1)).to.equal('');
    expect((await run('report:provisioning', '--csv', '--limit', '3')).out.split('\r\n')).to.have.length(5);
  });

  it('say what was wrong with how they were used, and exit with 2', async () => {
    for (const argv of [
      ['--csv', '--json'],
      ['--csv', '--cursor', 'x'],
      ['--limit', '0'],
      ['--limit', '1001'],
      ['--from', 'yesterday'],
      ['--from', '2026-13-01'],
      ['--status', 'bad'],
      ['--action', '!'],
      ['--cursor', '!'],
    ])
      expect(await run('report:provisioning', ...argv), argv.join(' ')).to.include({ code: 2, out: '' });
    expect((await run('activity:verify', '--anchor', 'x')).code).to.equal(2);
    expect(await run('report:provisioning', '--application', 'nope')).to.include({ code: 1, out: '' });
  });

  it('activity:verify answers 0 while all is as it was sealed, and 1 with the first fault', async () => {
    expect(await json('activity:verify')).to.deep.include({ intact: true, seals: 0, waiting: 64 });
    expect(await json('activity:seal')).to.deep.equal({ sealed: 64 });
    const { out } = await run('activity:verify');
    expect(out).to.contain(
      'The record is as it was sealed.\nSeals in order: 1; records under them: 64; purged in time: 0; waiting for a seal: 0.',
    );
    const [, anchor = ''] = /^Head: (\S+)$/m.exec(out) ?? [];
    expect((await run('activity:verify', '--anchor', anchor)).code).to.equal(0);
    await line.onDatabase((database) =>
      database.run(sql`DELETE FROM {vestibule_activity_record} WHERE activity_id = 17`),
    );
    const failed = await run('activity:verify');
    expect(failed.code).to.equal(1);
    expect(failed.out).to.contain('NOT INTACT: Record 17 was removed after it was sealed (seal 1).');
    const told = await run('activity:verify', '--json');
    expect(told.code).to.equal(1);
    expect(JSON.parse(told.out)).to.deep.include({ intact: false });
  });

  it('activity:purge removes what is past its time, and nothing where records are kept for ever', async () => {
    const keeping = (days: string) =>
      line.with({ configOverrides: { CONFIG__DEFAULT__ACTIVITY__RETENTION__DAYS: days } });
    expect(await keeping('0').json('activity:purge')).to.deep.equal({ removed: 0 });
    expect((await keeping('1').json<{ removed: number }>('activity:purge')).removed).to.be.above(0);
  });
});
