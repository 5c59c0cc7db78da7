export type WebhookErrorCode =
  | 'WEBHOOK_UNKNOWN'
  | 'WEBHOOK_INVALID'
  | 'WEBHOOK_LIMIT'
  | 'DELIVERY_UNKNOWN'
  | 'DELIVERY_NOT_ENDED';

/** What of a subscription was wrong, as its members are named. */
export type WebhookField = 'name' | 'scope' | 'destination' | 'headers' | 'connectionId' | 'websiteId' | 'payload';

/** Says which subscription or value, what is wrong with it, and what to do. Values of headers are not repeated. */
export class WebhookError extends Error {
  readonly code: WebhookErrorCode;
  /** For `WEBHOOK_INVALID`. */
  readonly field: WebhookField | undefined;
  /** For `headers`: the name of the one that was refused. */
  readonly header: string | undefined;

  constructor(
    code: WebhookErrorCode,
    message: string,
    options?: ErrorOptions & { field?: WebhookField; header?: string },
  ) {
    super(message, options);
    this.name = 'WebhookError';
    this.code = code;
    this.field = options?.field;
    this.header = options?.header;
  }
}

export const invalid = (
  field: WebhookField,
  message: string,
  options?: ErrorOptions & { header?: string },
): WebhookError => new WebhookError('WEBHOOK_INVALID', message, { ...options, field });

export const unknownWebhook = (id: number | string): WebhookError =>
  new WebhookError('WEBHOOK_UNKNOWN', `There is no webhook ${id}; webhook:list shows those there are.`);

export const unknownDelivery = (id: number): WebhookError =>
  new WebhookError('DELIVERY_UNKNOWN', `There is no delivery ${id}; webhook:log shows those there are.`);
