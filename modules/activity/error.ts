export type ActivityErrorCode = 'APPLICATION_UNKNOWN' | 'CURSOR_INVALID' | 'FILTER_INVALID';

/** Says what a report can't do, and what to give instead. */
export class ActivityError extends Error {
  readonly code: ActivityErrorCode;
  constructor(code: ActivityErrorCode, message: string) {
    super(message);
    this.name = 'ActivityError';
    this.code = code;
  }
}
