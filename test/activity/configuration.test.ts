import { expect } from 'chai';
import { recentActivities } from '../../modules/activity/recent.ts';
import { sql } from '../../modules/framework/index.ts';
import { type CommandLine, openCommandLine } from '../setup/command-line.ts';
import { type OpenedDatabase, onBothEngines } from '../setup/databases.ts';

onBothEngines('Configuration changed on the command line', (engine) => {
  let opened: OpenedDatabase;
  let line: CommandLine;
  before(async () => {
    opened = await engine.open({ migrated: true, file: true });
    line = await openCommandLine({ databaseUrl: opened.url });
  });
  after(async () => {
    await line.close();
    await opened.dispose();
  });

  const path = 'system/smtp/port';
  const set = (...argv: string[]) => line.json('config:set', ...argv);
  const records = () => recentActivities(opened.database, { limit: 50 });

  it('is recorded as that of an administrator is, with who ran the command and what it was before', async () => {
    await set(path, '9');
    const [record] = await records();
    expect(record).to.include({ operation: 'admin.configuration', outcome: 'done', status: 200, subject: 'system' });
    expect(record?.actor).to.match(/command line/);
    expect(record?.modified).to.deep.equal([{ attribute: path, before: '25', after: '9' }]);
    expect(record?.notes ?? []).to.deep.equal([]);
  });

  it('is recorded of a narrower scope by its name, and when the field inherits again', async () => {
    const scope = ['--scope', 'website', '--scope-code', 'base'];
    await set(path, '12', ...scope);
    const attribute = `${path} (website:base)`;
    expect((await records())[0]?.modified).to.deep.equal([{ attribute, before: '9', after: '12' }]);
    await set(path, '--use-default', ...scope);
    expect((await records())[0]?.modified).to.deep.equal([{ attribute, before: '12', after: '(inherited)' }]);
  });

  it('is not recorded where nothing is different afterwards, nor where it is refused', async () => {
    const before = (await records()).length;
    await set(path, '9');
    await set(path, '--use-default', '--scope', 'website', '--scope-code', 'base');
    expect((await line.run('config:set', path, 'many')).code).to.equal(1);
    expect((await line.run('config:set', 'system/smtp/nothing', '1')).code).to.equal(1);
    expect(await records()).to.have.length(before);
  });

  it('is recorded where the same value is set, that was inherited until then', async () => {
    const before = (await records()).length;
    await set(path, '9', '--scope', 'website', '--scope-code', 'base');
    expect(await records()).to.have.length(before + 1);
  });

  it('never shows a secret, and names a change that the environment overrules', async () => {
    await set('system/smtp/password', 'hush-hush');
    const [secret] = await records();
    expect(secret?.modified?.[0]).to.include({ before: '[redacted]', after: '[redacted]' });
    expect(JSON.stringify(secret)).not.to.contain('hush');
    const overruled = line.with({
      configOverrides: { CONFIG__DEFAULT__SYSTEM__SMTP__PORT: '11' },
    });
    await overruled.json('config:set', path, '10');
    expect((await records())[0]?.notes?.[0]).to.contain('An environment variable sets this field');
  });

  it('is stored only together with its record', async () => {
    const none = (await line.run('config:show', path)).out;
    await opened.database.run(sql`ALTER TABLE {vestibule_activity_pending} RENAME TO {vestibule_activity_away}`);
    try {
      expect((await line.run('config:set', path, '15')).code).to.equal(1);
    } finally {
      await opened.database.run(sql`ALTER TABLE {vestibule_activity_away} RENAME TO {vestibule_activity_pending}`);
    }
    expect((await line.run('config:show', path)).out).to.equal(none);
  });

  it('is recorded of capture:remove and capture:install, which switch the triggers off and on', async () => {
    await line.json('capture:remove');
    const attribute = 'change_capture/general/triggers';
    expect((await records())[0]?.modified).to.deep.equal([{ attribute, before: '1', after: '0' }]);
    await line.json('capture:install');
    expect((await records())[0]?.modified).to.deep.equal([{ attribute, before: '0', after: '(inherited)' }]);
  });
});
