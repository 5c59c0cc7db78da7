export type GuardErrorCode = 'HOLD_UNKNOWN' | 'HOLD_DECIDED' | 'HOLD_NOT_DENIED' | 'HOLD_BUSY' | 'HOLD_TOO_OLD';

/** Says which hold, what is wrong with the wish, and what to do. */
export class GuardError extends Error {
  readonly code: GuardErrorCode;
  constructor(code: GuardErrorCode, message: string) {
    super(message);
    this.name = 'GuardError';
    this.code = code;
  }
}
