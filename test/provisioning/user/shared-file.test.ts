import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import Libsql from 'libsql';
import { sql } from '../../../modules/framework/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { createProject } from '../../start/project.ts';
import { openHost, type ScimHost } from '../host.ts';

const writer = fileURLToPath(new URL('../../framework/database/sqlite/insert-rows.ts', import.meta.url));

onBothEngines('A server whose SQLite file others write to', (engine) => {
  if (engine.name !== 'sqlite') return;
  let host: ScimHost;
  let url: string;
  before(async () => {
    const opened = await engine.open({ file: true, migrated: true });
    ({ url } = opened);
    host = await openHost(engine, { database: opened });
    await host.database.run(sql`CREATE TABLE {t} (name VARCHAR(20) PRIMARY KEY)`);
    const close = host.close;
    host = { ...host, close: () => close().then(() => opened.dispose()) };
  });
  after(() => host.close());

  it('reads on while another process writes, and its own writes wait without holding anything up', async () => {
    const id = await host.scim.create({ userName: 'reader' });
    const other = new Libsql(url.slice('sqlite:'.length));
    other.exec("BEGIN IMMEDIATE; INSERT INTO t VALUES ('other')");
    let done = 0;
    const writes = [
      host.scim.post({ userName: 'waits' }),
      host.scim.patch(id, { op: 'add', path: 'title', value: 'x' }),
    ];
    for (const write of writes) void write.then(() => done++);
    for (let i = 0; i < 20; i++) expect((await host.scim.get(`/Users/${id}`)).status).to.equal(200);
    expect(done).to.equal(0);
    other.exec('COMMIT');
    other.close();
    expect((await Promise.all(writes)).map(({ status }) => status)).to.deep.equal([201, 200]);
  });

  it('loses nothing and refuses nobody while the command line and another writer are at work', async function () {
    this.timeout(60_000);
    const project = await createProject({ DATABASE_URL: url });
    try {
      const child = spawn(process.execPath, ['--import', 'tsx', writer, url.slice('sqlite:'.length), 'w', '200'], {
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      const left = once(child, 'exit');
      const commands = ['one', 'two'].map((code) =>
        project.cli(['connection:create', '--code', code, '--name', code, '--website', 'base', '--json']),
      );
      let running = true;
      const finished = Promise.all([left, ...commands]).then((ends) => {
        running = false;
        return ends;
      });
      const statuses = new Set<number>();
      let users = 0;
      while (running || users < 50) {
        const round = Array.from({ length: 10 }, () => host.scim.post({ userName: `shared-${users++}` }));
        for (const { status } of await Promise.all(round)) statuses.add(status);
      }
      const [[code], ...made] = await finished;
      expect([...statuses]).to.deep.equal([201]);
      expect(code).to.equal(0);
      for (const { code: ended, err } of made) expect([ended, err]).to.deep.equal([0, '']);
      expect(await host.row(sql`SELECT COUNT(*) AS n FROM {t} WHERE name LIKE 'w%'`)).to.deep.equal({ n: 200 });
      expect(
        await host.row(sql`SELECT COUNT(*) AS n FROM {vestibule_user} WHERE user_name_key LIKE 'shared-%'`),
      ).to.deep.equal({
        n: users,
      });
    } finally {
      await project.dispose();
    }
  });
});
