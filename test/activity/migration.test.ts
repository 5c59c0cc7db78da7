import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { Activities } from '../../modules/activity/index.ts';
import activity from '../../modules/activity/module.ts';
import { createTestHost, migrate, sql } from '../../modules/framework/index.ts';
import { onBothEngines } from '../setup/databases.ts';
import { openRoom } from './room.ts';

onBothEngines('What was recorded before records were sealed', (engine) => {
  it('is kept with its ids, sealed, and found', async () => {
    const opened = await engine.open({ tablePrefix: 'm2_' });
    try {
      // The first shape alone, as an installation of then has it.
      const folder = await mkdtemp(join(tmpdir(), 'vestibule-migrations-'));
      try {
        const first = new URL('../../modules/activity/migrations/0001-activity.ts', import.meta.url);
        await writeFile(join(folder, 'package.json'), '{"type":"module"}');
        await writeFile(join(folder, '0001-activity.ts'), `export { default } from ${JSON.stringify(first.href)};`);
        await migrate(opened.database, [{ name: 'activity', migrations: pathToFileURL(`${folder}/`) }]);
      } finally {
        await rm(folder, { recursive: true });
      }
      for (let i = 1; i <= 450; i++)
        await opened.database.run(
          sql`INSERT INTO {vestibule_activity} (activity_id, occurred_at, operation, outcome, status, connection_id, customer_id, subject, request_id, details) VALUES (${i * 3}, ${'2024-05-06 12:00:00.789'}, ${'user.patch'}, ${'done'}, 200, 1, ${i}, ${`Zoë ${i}`}, ${`r-${i}`}, ${i % 2 ? null : JSON.stringify({ changed: ['firstname'], notes: ['A “note”.'] })})`,
        );
      const host = await createTestHost({ modules: [activity], database: opened.database });
      try {
        const activities = host.resolve(Activities);
        const [newest, before] = await activities.recent(opened.database, { limit: 2 });
        expect(newest).to.deep.include({
          id: 1350,
          at: '2024-05-06 12:00:00.789',
          operation: 'user.patch',
          outcome: 'done',
          status: 200,
          connectionId: 1,
          customerId: 450,
          subject: 'Zoë 450',
          requestId: 'r-450',
          changed: ['firstname'],
          notes: ['A “note”.'],
        });
        expect(before?.changed).to.equal(undefined);
        expect(await activities.recent(opened.database, { limit: 1_000 })).to.have.length(450);
        await opened.database.transaction(async (tx) =>
          activities.record(tx, {
            at: new Date('2024-05-07T00:00:00Z'),
            operation: 'x.y',
            outcome: 'done',
            status: 200,
          }),
        );
        expect((await activities.recent(opened.database, { limit: 1 }))[0]?.id).to.be.above(1350);
      } finally {
        await host.close();
      }
    } finally {
      await opened.dispose();
    }
  });

  it('leaves a fresh store with the tables of now', async () => {
    const room = await openRoom(engine, { tablePrefix: 'm2_' });
    try {
      expect(await room.verifier.verify()).to.deep.equal({ intact: true, seals: 0, records: 0, purged: 0, waiting: 0 });
      const gone = await room.database.all(sql`SELECT 1 FROM {vestibule_activity}`).catch(() => 'gone');
      expect(gone).to.equal('gone');
    } finally {
      await room.close();
    }
  });
});
