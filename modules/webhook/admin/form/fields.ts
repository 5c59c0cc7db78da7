import { type PayloadForm, payloadForms, type Webhook } from '../../webhook.ts';

/** A custom header as a row of the form. */
export interface HeaderRow {
  readonly name: string;
  /** As it was typed; a value that is kept is never shown. */
  readonly value: string;
  /** A value is stored under this name and stays unless another is typed. */
  readonly stored: boolean;
}

/** What the form of a subscription holds. */
export interface WebhookFields {
  readonly name: string;
  readonly scope: string;
  readonly destination: string;
  readonly fillsPlaceholders: boolean;
  readonly headers: readonly HeaderRow[];
  readonly payload: PayloadForm;
  readonly active: boolean;
  /** The website's id; empty for all of them. Asked for where no connection says it. */
  readonly website: string;
}

export type WebhookErrors = Partial<
  Record<'name' | 'scope' | 'destination' | 'headers' | 'payload' | 'website' | 'general', string>
>;

export const everyCustomerEvent = 'store/customer/*';

export const emptyFields: WebhookFields = {
  name: '',
  scope: everyCustomerEvent,
  destination: '',
  fillsPlaceholders: false,
  headers: [],
  payload: 'light',
  active: true,
  website: '',
};

/** What miniOrange asks a BigCommerce store for; `{customerId}` is the number of one's account there. */
export const miniOrangeFields: WebhookFields = {
  ...emptyFields,
  name: 'miniOrange',
  destination: 'https://login.xecurify.com/services/api/provisioning/webhook/bigcommerce/syncusers/{customerId}',
  headers: [{ name: 'app-secret', value: '', stored: false }],
};

/** The values that a link to the form may ask for by name. */
export const presets: Readonly<Record<string, WebhookFields>> = { miniorange: miniOrangeFields };

export const heldFields = (webhook: Webhook): WebhookFields => ({
  name: webhook.name,
  scope: webhook.scope,
  destination: webhook.destination,
  fillsPlaceholders: webhook.fillsPlaceholders,
  headers: webhook.headerNames.map((name) => ({ name, value: '', stored: true })),
  payload: webhook.payload,
  active: webhook.active,
  website: webhook.websiteId === null ? '' : String(webhook.websiteId),
});

/** The fields as the form sent them; rows without name and value are left out. */
export function sentFields(form: URLSearchParams, storedNames: readonly string[]): WebhookFields {
  const values = form.getAll('headerValue');
  const headers = form
    .getAll('headerName')
    .map((name, at) => ({ name: name.trim(), value: values[at]?.trim() ?? '' }))
    .filter(({ name, value }) => name !== '' || value !== '')
    .map((row) => ({ ...row, stored: storedNames.some((known) => sameHeader(known, row.name)) }));
  return {
    name: form.get('name')?.trim() ?? '',
    scope: form.get('scope')?.trim() ?? '',
    destination: form.get('destination')?.trim() ?? '',
    fillsPlaceholders: form.get('placeholders') === 'fill',
    headers,
    payload: payloadForms.find((known) => known === form.get('payload')) ?? 'light',
    active: form.has('active'),
    website: form.get('website') ?? '',
  };
}

/** Names of headers are the same in any case. */
export const sameHeader = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** The headers to save: what was typed, and of those that are stored what nobody retyped. */
export function savedHeaders(
  rows: readonly HeaderRow[],
  stored: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    rows.map(({ name, value }) => {
      const kept = Object.entries(stored).find(([known]) => sameHeader(known, name))?.[1];
      return [name, value === '' ? (kept ?? '') : value] as const;
    }),
  );
}

/** What is wrong with rows of headers before anything is saved; undefined where nothing is. */
export function headersProblem(rows: readonly HeaderRow[]): string | undefined {
  const nameless = rows.find(({ name }) => name === '');
  if (nameless) return 'A header has a value and no name. Name it, or empty the value.';
  const empty = rows.find(({ value, stored }) => value === '' && !stored);
  if (empty) return `The header ${empty.name} has no value. Type it, or empty the name to leave the header out.`;
  const twice = rows.find(({ name }, at) => rows.findIndex((other) => sameHeader(other.name, name)) < at);
  if (twice) return `The header ${twice.name} is there twice. Keep one of the two.`;
  return undefined;
}
