import { Database, HttpError, type Route, route } from '../../framework/index.ts';
import { type MailState, mailStates } from '../mail.ts';
import { MailError, type MailErrorCode } from '../mail-error.ts';
import { MailPreviews } from '../preview/previews.ts';
import { MailQueue } from '../queue/queue.ts';
import { TestMails } from '../test-mail.ts';
import { mailOperations } from './operations.ts';

const list = route('GET /admin/api/v1/mails', {
  operation: mailOperations.list,
  area: 'admin',
  acl: 'mail::queue',
  inject: { database: Database, queue: MailQueue },
  async handle(request, response, { database, queue }) {
    const { state, topic, before, limit } = request.query;
    if (state !== undefined && !mailStates.includes(state as MailState))
      throw new HttpError(400, 'MAIL_STATE', `"state" is one of ${mailStates.join(', ')}.`);
    const filter = {
      state: state as MailState | undefined,
      topic: typeof topic === 'string' ? topic : undefined,
      before: numberIn(before, 'before'),
      limit: numberIn(limit, 'limit'),
    };
    response.set('Cache-Control', 'no-store').json({
      mails: await queue.list(database, filter),
      counts: await queue.counts(database),
    });
  },
});

const show = route('GET /admin/api/v1/mails/:id', {
  operation: mailOperations.show,
  area: 'admin',
  acl: 'mail::queue',
  inject: { database: Database, queue: MailQueue },
  async handle(request, response, { database, queue }) {
    const mail = await queue.byId(database, idOf(request.params.id));
    if (!mail) throw new HttpError(404, 'MAIL_UNKNOWN', `There is no mail ${request.params.id}.`);
    response.set('Cache-Control', 'no-store').json(mail);
  },
});

const retry = route('POST /admin/api/v1/mails/:id/retry', {
  operation: mailOperations.retry,
  area: 'admin',
  acl: 'mail::queue',
  inject: { database: Database, queue: MailQueue },
  async handle(request, response, { database, queue }) {
    const id = idOf(request.params.id);
    await answering(() => database.transaction((tx) => queue.retry(tx, id)));
    response.json(await queue.byId(database, id));
  },
});

const test = route('POST /admin/api/v1/mails/test', {
  operation: mailOperations.test,
  area: 'admin',
  acl: 'mail::test',
  reads: 'json',
  inject: { mails: TestMails },
  async handle(request, response, { mails }) {
    const { to, websiteId = 0 } = (request.body ?? {}) as { to?: unknown; websiteId?: unknown };
    if (typeof to !== 'string' || typeof websiteId !== 'number')
      throw new HttpError(400, 'MAIL_ADDRESS', 'Send {"to": "name@shop.example"}, and "websiteId" if not for all.');
    response.json(await answering(() => mails.send(to, websiteId)));
  },
});

const templates = route('GET /admin/api/v1/mails/templates', {
  operation: mailOperations.templates,
  area: 'admin',
  acl: 'mail::queue',
  inject: { previews: MailPreviews },
  handle(_, response, { previews }) {
    response.json({ templates: previews.list() });
  },
});

const preview = route('GET /admin/api/v1/mails/templates/:name', {
  operation: mailOperations.preview,
  area: 'admin',
  acl: 'mail::queue',
  inject: { previews: MailPreviews },
  async handle(request, response, { previews }) {
    const { store } = request.query;
    const code = typeof store === 'string' ? store : undefined;
    response.json(await answering(() => previews.of(String(request.params.name), code)));
  },
});

/** The administration's API to the queue. What has a name is declared before `…/:id` could take its place. */
export const mailRoutes: readonly Route[] = [list, test, templates, preview, show, retry];

const statusOf: Readonly<Record<MailErrorCode, number>> = {
  MAIL_UNKNOWN: 404,
  MAIL_NOT_RETRIED: 409,
  MAIL_ADDRESS: 400,
  MAIL_UNCONFIGURED: 409,
  MAIL_TEST: 502,
  MAIL_TEMPLATE: 404,
  MAIL_STORE: 400,
};

async function answering<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof MailError) throw new HttpError(statusOf[error.code], error.code, error.message);
    throw error;
  }
}

function numberIn(given: unknown, name: string): number | undefined {
  if (given === undefined) return undefined;
  if (typeof given === 'string' && /^\d{1,15}$/.test(given)) return Number(given);
  throw new HttpError(400, 'MAIL_QUERY', `"${name}" is a whole number.`);
}

function idOf(text: unknown): number {
  if (typeof text === 'string' && /^\d{1,15}$/.test(text)) return Number(text);
  throw new HttpError(404, 'MAIL_UNKNOWN', 'There is no such mail.');
}
