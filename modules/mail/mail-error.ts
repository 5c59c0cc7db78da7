export type MailErrorCode =
  | 'MAIL_UNKNOWN'
  | 'MAIL_NOT_RETRIED'
  | 'MAIL_ADDRESS'
  | 'MAIL_UNCONFIGURED'
  | 'MAIL_TEST'
  | 'MAIL_TEMPLATE'
  | 'MAIL_STORE';

/** A mail, or what was asked of the queue, cannot be worked with. The message says what to do. */
export class MailError extends Error {
  override readonly name = 'MailError';
  readonly code: MailErrorCode;

  constructor(code: MailErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
