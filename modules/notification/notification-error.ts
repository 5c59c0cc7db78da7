export type NotificationErrorCode = 'CUSTOMER_UNKNOWN' | 'NOT_INVITED';

/** A customer cannot be invited. The message says why and what to do. */
export class NotificationError extends Error {
  override readonly name = 'NotificationError';
  readonly code: NotificationErrorCode;

  constructor(code: NotificationErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
