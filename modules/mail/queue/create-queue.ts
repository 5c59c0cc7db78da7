import { type Clock, type Executor, empty, join, sql } from '../../framework/index.ts';
import type { MailState } from '../mail.ts';
import { MailError } from '../mail-error.ts';
import type { MailFilter, MailQueue } from './queue.ts';
import { type MailRecord, type MailRow, mailColumns, readMail } from './rows.ts';

/** The service behind the token `MailQueue`. `queued` is called after a commit that lets mails wait again. */
export function createQueue(clock: Clock, queued: () => void): MailQueue {
  const waitAgain = () =>
    sql`state = 'waiting', at_ms = ${clock.now().getTime()}, attempts = 0, interruptions = 0, note = NULL`;
  return {
    list: listMails,
    byId,
    async counts(db) {
      const rows = await db.all<{ state: MailState; n: number }>(
        sql`SELECT state, COUNT(*) AS n FROM {vestibule_mail} GROUP BY state`,
      );
      return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
    },
    async newest(db, template, topics) {
      if (topics.length === 0) return new Map();
      const rows = await db.all<MailRow>(sql`SELECT ${mailColumns} FROM {vestibule_mail} WHERE mail_id IN (
        SELECT MAX(mail_id) FROM {vestibule_mail} WHERE topic IN (${join(padded(topics))}) AND template = ${template} GROUP BY topic)`);
      return new Map(rows.map((row) => [row.topic ?? '', readMail(row)]));
    },
    async retry(tx, id) {
      const { affectedRows } = await tx.run(
        sql`UPDATE {vestibule_mail} SET ${waitAgain()} WHERE mail_id = ${id} AND state IN ('failed', 'unconfigured')`,
      );
      if (affectedRows === 0) throw notRetried(id, await byId(tx, id));
      tx.afterCommit(queued);
    },
    async retryAll(tx, state) {
      const { affectedRows } = await tx.run(sql`UPDATE {vestibule_mail} SET ${waitAgain()} WHERE state = ${state}`);
      tx.afterCommit(queued);
      return affectedRows;
    },
    forget(tx, topic) {
      tx.later(sql`DELETE FROM {vestibule_mail} WHERE topic = ${topic}`);
    },
  };
}

/** Lists of few lengths, the last topic repeated, so that few statements are prepared. */
function padded(topics: readonly string[]): string[] {
  const length = 2 ** Math.ceil(Math.log2(topics.length));
  return Array.from({ length }, (_, n) => topics[Math.min(n, topics.length - 1)] ?? '');
}

async function byId(db: Executor, id: number): Promise<MailRecord | undefined> {
  const row = await db.first<MailRow>(sql`SELECT ${mailColumns} FROM {vestibule_mail} WHERE mail_id = ${id}`);
  return row && readMail(row);
}

/** In the order of the index that serves the filter: of a state by when it ended (or is due), else by id. */
async function listMails(db: Executor, { state, topic, before, limit = 50 }: MailFilter = {}): Promise<MailRecord[]> {
  const conditions = [sql`1 = 1`];
  if (topic !== undefined) conditions.push(sql`topic = ${topic}`);
  if (state !== undefined) conditions.push(sql`state = ${state}`);
  const byMoment = state !== undefined && topic === undefined;
  if (before !== undefined) {
    const last = byMoment ? await byId(db, before) : undefined;
    const moment = last && Date.parse(last.at);
    conditions.push(
      moment === undefined
        ? sql`mail_id < ${before}`
        : sql`(at_ms < ${moment} OR (at_ms = ${moment} AND mail_id < ${before}))`,
    );
  }
  const rows = await db.all<MailRow>(sql`SELECT ${mailColumns} FROM {vestibule_mail}
    WHERE ${join(conditions, ' AND ')} ORDER BY ${byMoment ? sql`at_ms DESC,` : empty} mail_id DESC
    LIMIT ${Math.min(Math.max(Math.trunc(limit), 1), 500)}`);
  return rows.map(readMail);
}

function notRetried(id: number, mail: MailRecord | undefined): MailError {
  if (!mail) return new MailError('MAIL_UNKNOWN', `There is no mail ${id}; mail:list shows those there are.`);
  const why = {
    waiting: `waits already and is tried at ${mail.at}`,
    sending: 'is being sent at this moment',
    sent: `was sent at ${mail.at}; it is not sent twice`,
    withdrawn: `was withdrawn: ${mail.note ?? 'nobody is left to tell'}`,
    failed: 'was changed meanwhile; look again',
    unconfigured: 'was changed meanwhile; look again',
  }[mail.state];
  return new MailError('MAIL_NOT_RETRIED', `The mail ${id} ${why}`);
}
