import { ConnectionError } from '../connection/index.ts';
import { CustomerError } from '../customer/index.ts';
import { scimErrorFor } from '../provisioning/index.ts';
import { ScimError } from '../scim/index.ts';
import { WebhookError } from '../webhook/index.ts';

export type StoreRefusalCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'METHOD_NOT_ALLOWED'
  | 'BODY_INVALID'
  | 'BODY_TOO_LARGE'
  | 'CONFLICT'
  | 'VALUE_INVALID'
  | 'TOO_MANY_REQUESTS'
  | 'UNAVAILABLE'
  | 'FAILED';

const codes: Readonly<Record<number, StoreRefusalCode>> = {
  400: 'BODY_INVALID',
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  409: 'CONFLICT',
  413: 'BODY_TOO_LARGE',
  422: 'VALUE_INVALID',
  429: 'TOO_MANY_REQUESTS',
  500: 'FAILED',
  503: 'UNAVAILABLE',
};

/** What was wrong, by where it stands: `{ '0.email': '…' }`. */
export type StoreFaults = Readonly<Record<string, string>>;

/** Why the store API refuses, in the shape of BigCommerce's errors: a status, a sentence, and what of the request it is about. */
export class StoreRefusal extends Error {
  readonly code: StoreRefusalCode;
  readonly status: number;
  readonly errors: StoreFaults;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    title: string,
    {
      errors = {},
      headers = {},
      cause,
    }: { errors?: StoreFaults; headers?: StoreRefusal['headers']; cause?: unknown } = {},
  ) {
    super(title, cause === undefined ? undefined : { cause });
    this.name = 'StoreRefusal';
    this.code = codes[status] ?? 'FAILED';
    this.status = status;
    this.errors = errors;
    this.headers = headers;
  }
}

export const nothingHere = (what: string): StoreRefusal => new StoreRefusal(404, what);
export const malformed = (what: string): StoreRefusal => new StoreRefusal(400, what);
export const unfit = (where: string, what: string): StoreRefusal =>
  new StoreRefusal(422, what, { errors: { [where]: what } });

/** BigCommerce says 422 of a value that does not fit, where SCIM says 400. */
export const storeStatus = (status: number): number => (status === 400 ? 422 : status === 412 ? 409 : status);

const retryIn = (seconds: number | string | undefined) =>
  seconds === undefined ? {} : { headers: { 'Retry-After': String(seconds) } };

/** What an error that a use case has thrown is for an importer: in the same words; undefined for what is our own fault. */
export function refusalOf(error: unknown): StoreRefusal | undefined {
  if (error instanceof StoreRefusal) return error;
  if (error instanceof WebhookError) {
    const status = error.code === 'WEBHOOK_UNKNOWN' ? 404 : 422;
    const where = error.field === undefined ? {} : { errors: { [error.field]: error.message } };
    return new StoreRefusal(status, error.message, { ...where, cause: error });
  }
  if (error instanceof ConnectionError) return new StoreRefusal(422, error.message, { cause: error });
  if (error instanceof CustomerError && error.code === 'CUSTOMER_ADDRESS_UNKNOWN')
    return new StoreRefusal(404, error.message, { cause: error });
  const known = error instanceof ScimError ? error : scimErrorFor(error);
  return (
    known &&
    new StoreRefusal(storeStatus(known.status), known.message, {
      ...retryIn(known.headers?.['Retry-After']),
      cause: error,
    })
  );
}

/** The same of an answer in SCIM's words. */
export function refusalOfAnswer(
  { status, body, retryAfter }: { status: number; body: Readonly<Record<string, unknown>>; retryAfter?: number },
  where: string,
): StoreRefusal {
  const detail = typeof body.detail === 'string' ? body.detail : 'The request was refused.';
  return new StoreRefusal(storeStatus(status), detail, { errors: { [where]: detail }, ...retryIn(retryAfter) });
}
