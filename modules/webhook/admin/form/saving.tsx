import { type Answer, action, page, redirect, type Visit } from '../../../admin/index.ts';
import { actorOfVisit, type Connection } from '../../../connection/index.ts';
import { HttpError } from '../../../framework/index.ts';
import { Websites } from '../../../store/index.ts';
import { HookCatalogue, scopeChoices } from '../../scope/catalogue.ts';
import { WebhookError, type WebhookField } from '../../webhook-error.ts';
import { askedWebhook, type WebhookServices, webhookServices } from '../asked-webhook.ts';
import { allPath, webhookPath } from '../places.ts';
import { secretShown } from '../secret/shown.tsx';
import {
  emptyFields,
  headersProblem,
  heldFields,
  presets,
  savedHeaders,
  sentFields,
  type WebhookErrors,
  type WebhookFields,
} from './fields.ts';
import { type FormScreen, formScreen } from './screen.tsx';

const acl = 'webhook::manage';
const inject = { ...webhookServices, websites: Websites, catalogue: HookCatalogue };
interface FormServices extends WebhookServices {
  readonly websites: Websites;
  readonly catalogue: HookCatalogue;
}

/** What the form shows besides the fields. */
const surroundings = async ({ websites, catalogue }: FormServices) => ({
  websites: await websites.websites(),
  choices: scopeChoices(catalogue),
});

/** The connection that a link to the form names, none without one. @throws HttpError 404 */
async function namedConnection(code: string, { connections, database }: FormServices): Promise<Connection | undefined> {
  if (code === '') return undefined;
  const connection = (await connections.list(database)).find((known) => known.code === code);
  if (!connection) throw new HttpError(404, 'NOT_FOUND', 'There is no such connection; it may have been deleted.');
  return connection;
}

export const newWebhookPage = page(`${allPath}/new`, {
  acl,
  inject,
  async view({ query }, given) {
    const connection = await namedConnection(query.get('connection') ?? '', given);
    const fields = presets[query.get('preset') ?? ''] ?? emptyFields;
    return formScreen({ ...(await surroundings(given)), connection, fields, errors: {} });
  },
});

export const editWebhookPage = page(`${allPath}/:id/edit`, {
  acl,
  inject,
  async view(visit, given) {
    const held = await askedWebhook(visit, given);
    return formScreen({ ...(await surroundings(given)), ...held, fields: heldFields(held.webhook), errors: {} });
  },
});

const fieldOf: Readonly<Partial<Record<WebhookField, keyof WebhookErrors>>> = {
  name: 'name',
  scope: 'scope',
  destination: 'destination',
  headers: 'headers',
  payload: 'payload',
  websiteId: 'website',
};

/** Saves as `save` does; what is refused brings the form back with the reason at its field. */
async function saved(
  given: FormServices,
  shown: Pick<FormScreen, 'webhook' | 'connection' | 'fields'>,
  save: () => Promise<Answer>,
): Promise<Answer> {
  const again = async (errors: WebhookErrors) => formScreen({ ...(await surroundings(given)), ...shown, errors });
  const headers = headersProblem(shown.fields.headers);
  if (headers !== undefined) return again({ headers });
  try {
    return await save();
  } catch (error) {
    if (!(error instanceof WebhookError) || error.code === 'WEBHOOK_UNKNOWN') throw error;
    return again({ [(error.field && fieldOf[error.field]) ?? 'general']: error.message });
  }
}

/** Of a connection's subscription the connection says which website it is about. */
const websiteOf = ({ website }: WebhookFields, connection: Connection | undefined) =>
  connection ? {} : { websiteId: website === '' ? null : Number(website) };

export const addWebhook = action(`${allPath}/new`, {
  acl,
  fresh: true,
  inject,
  async perform(visit: Visit, given) {
    const connection = await namedConnection(visit.form.get('connection') ?? '', given);
    const fields = sentFields(visit.form, []);
    return saved(given, { connection, fields }, async () => {
      const made = await given.database.transaction((tx) =>
        given.webhooks.create(
          tx,
          {
            ...fields,
            ...websiteOf(fields, connection),
            connectionId: connection?.id ?? null,
            headers: savedHeaders(fields.headers, {}),
          },
          given.clock.now(),
          actorOfVisit(visit),
        ),
      );
      return secretShown(made, 'created');
    });
  },
});

export const saveWebhook = action(`${allPath}/:id/edit`, {
  acl,
  fresh: true,
  inject,
  async perform(visit: Visit, given) {
    const { webhook, connection } = await askedWebhook(visit, given);
    const fields = sentFields(visit.form, webhook.headerNames);
    return saved(given, { webhook, connection, fields }, async () => {
      await given.database.transaction(async (tx) => {
        const stored = await given.webhooks.secretsOf(tx, webhook.id);
        const headers = savedHeaders(fields.headers, stored.headers);
        const changes = { ...fields, ...websiteOf(fields, connection), headers };
        await given.webhooks.change(tx, webhook.id, changes, given.clock.now(), actorOfVisit(visit));
      });
      return redirect(webhookPath(webhook), { done: 'The webhook was saved.' });
    });
  },
});
