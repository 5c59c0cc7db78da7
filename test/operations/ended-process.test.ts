import { expect } from 'chai';
import { createLease } from '../../modules/activity/jobs/lease.ts';
import { Tasks } from '../../modules/admin/index.ts';
import admin from '../../modules/admin/module.ts';
import {
  Continuity,
  createTestHost,
  Events,
  ProcessEnded,
  type Sql,
  sql,
  type TestHost,
} from '../../modules/framework/index.ts';
import { processName } from '../../modules/framework/presence/process-name.ts';
import mail from '../../modules/mail/module.ts';
import { ReconciliationRuns } from '../../modules/reconciliation/index.ts';
import reconciliation from '../../modules/reconciliation/module.ts';
import { type OpenedDatabase, onBothEngines } from '../setup/databases.ts';

const gone = 'place.1.2';
const another = 'place.1.23';
const later = '2999-01-01 00:00:00';
const laterMs = Date.parse('2999-01-01');

/** What a process claims, by room: a row that a holder has, and whether anybody else may have it now. */
const claims: readonly { what: string; make: (holder: string, n: number) => Sql; free: (n: number) => Sql }[] = [
  {
    what: 'a mail that was being sent',
    make: (holder, n) =>
      sql`INSERT INTO {vestibule_mail} (mail_id, template, website_id, data, state, attempts, holder, created_ms, at_ms) VALUES (${n}, 't', 1, '{}', 'sending', 1, ${holder}, 1, ${laterMs})`,
    free: (n) => sql`SELECT 1 FROM {vestibule_mail} WHERE mail_id = ${n} AND state = 'waiting' AND interruptions = 1`,
  },
  {
    what: 'a hold whose changes were being carried out',
    make: (holder, n) =>
      sql`INSERT INTO {vestibule_guard_hold} (hold_id, connection_id, status, since, opened_at, limit_count, would_be, active_count, claimed_by, claimed_until) VALUES (${n}, 1, 'denied', ${later}, ${later}, 1, 1, 1, ${holder}, ${later})`,
    free: (n) => sql`SELECT 1 FROM {vestibule_guard_hold} WHERE hold_id = ${n} AND claimed_until IS NULL`,
  },
  {
    what: 'a job on the members of a group',
    make: (holder, n) =>
      sql`INSERT INTO {vestibule_group_job} (job_id, group_id, generation, connection_id, display_name, removes, settles, created_at, claimed_by, claimed_until) VALUES (${n}, 1, 1, 1, 'g', 0, 0, ${later}, ${holder}, ${later})`,
    // It is worked on at once, and done.
    free: (n) =>
      sql`SELECT 1 FROM (SELECT 1 AS one) AS once WHERE NOT EXISTS (SELECT 1 FROM {vestibule_group_job} WHERE job_id = ${n} AND claimed_by LIKE 'place.%' AND claimed_until IS NOT NULL)`,
  },
  {
    what: 'a run that follows a mapping',
    make: (holder, n) =>
      sql`INSERT INTO {vestibule_search_forms} (connection_id, claimed_by, claimed_until) VALUES (${n}, ${holder}, ${later})`,
    free: (n) => sql`SELECT 1 FROM {vestibule_search_forms} WHERE connection_id = ${n} AND claimed_until IS NULL`,
  },
  {
    what: 'the lease of a job on activity',
    make: (holder, n) =>
      sql`UPDATE {vestibule_activity_lease} SET holder = ${holder} WHERE job = ${n === 1 ? 'seal' : 'purge'}`,
    free: (n) =>
      sql`SELECT 1 FROM {vestibule_activity_lease} WHERE job = ${n === 1 ? 'seal' : 'purge'} AND holder = ''`,
  },
  {
    what: 'a comparison of store and documents',
    make: (holder, n) =>
      sql`INSERT INTO {vestibule_reconciliation_run} (run_id, started_by, state, is_running, claimed_by, started_ms, beat_ms) VALUES (${n}, 'a', 'running', ${n}, ${holder}, 1, ${laterMs})`,
    free: (n) => sql`SELECT 1 FROM {vestibule_reconciliation_run} WHERE run_id = ${n} AND is_running IS NULL`,
  },
  {
    what: 'a task of the administration',
    make: (holder, n) =>
      sql`INSERT INTO {vestibule_admin_task} (kind, subject, started_by, state, started_at, beat_at, run) VALUES ('k', ${n}, 'a', 'running', ${later}, ${later}, ${holder})`,
    free: (n) => sql`SELECT 1 FROM {vestibule_admin_task} WHERE subject = ${n} AND beat_at < '2000-01-01'`,
  },
];

onBothEngines('What a killed process had claimed', (engine) => {
  let opened: OpenedDatabase;
  let host: TestHost;
  const exists = async (query: Sql) => (await opened.database.first(query)) !== undefined;
  before(async () => {
    opened = await engine.open({ migrated: true });
    host = await createTestHost({ modules: [admin, mail, reconciliation], database: opened.database });
    for (const id of [1, 2])
      await opened.database.run(
        sql`INSERT INTO {vestibule_connection} (connection_id, code, name, website_id, profile, match_policy, created_at) VALUES (${id}, ${`c${id}`}, 'c', 1, 'generic', 'link', ${later})`,
      );
    for (const { make } of claims) {
      await opened.database.run(make(`${gone}.r`, 1));
      await opened.database.run(make(`${another}.r`, 2));
    }
    await opened.database.transaction((tx) => host.resolve(Events).emit(ProcessEnded, { process: gone }, tx));
  });
  after(async () => {
    await host.close();
    await opened.dispose();
  });

  for (const { what, free } of claims)
    it(`goes on elsewhere at once, and that of others stays theirs: ${what}`, async () => {
      expect(await exists(free(1))).to.equal(true);
      expect(await exists(free(2))).to.equal(false);
    });

  it('bears the name of the process', async () => {
    await opened.database.run(sql`UPDATE {vestibule_activity_lease} SET holder = ''`);
    await createLease(opened.database, 'seal').hold();
    await host.resolve(Tasks).start({ kind: 'named', subject: '' }, 'a', async () => undefined);
    await host.resolve(Tasks).settled();
    await opened.database.run(sql`DELETE FROM {vestibule_reconciliation_run}`);
    await host.resolve(ReconciliationRuns).run('a');
    for (const holder of [
      sql`SELECT holder FROM {vestibule_activity_lease} WHERE job = 'seal'`,
      sql`SELECT run AS holder FROM {vestibule_admin_task} WHERE kind = 'named'`,
      sql`SELECT claimed_by AS holder FROM {vestibule_reconciliation_run}`,
    ]) {
      const row = await opened.database.first<{ holder: string }>(holder);
      expect(row?.holder.startsWith(`${processName}.`), holder.sql).to.equal(true);
    }
  });

  it('is not sent by a database of yesterday: mails are given up, administrators log in anew', async () => {
    await opened.database.run(
      sql`INSERT INTO {vestibule_admin_session} (hash, user_id, kind, stage, created_at, used_at, expires_at, confirmed_at) VALUES ('h', 1, 'browser', 'full', ${later}, ${later}, ${later}, ${later})`,
    );
    await host.resolve(Continuity).declare();
    const mails = await opened.database.all<{ state: string; note: string }>(
      sql`SELECT state, note FROM {vestibule_mail}`,
    );
    expect(mails.map(({ state }) => state)).to.deep.equal(['failed', 'failed']);
    expect(mails[0]?.note).to.contain('retry it');
    expect(await exists(sql`SELECT 1 FROM {vestibule_admin_session}`)).to.equal(false);
  });
});
