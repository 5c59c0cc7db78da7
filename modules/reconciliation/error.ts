export type ReconciliationErrorCode = 'CURE_REFUSED' | 'FINDING_UNKNOWN' | 'CONFIRMATION_MISSING';

/** Says what could not be cured, why, and what to do. */
export class ReconciliationError extends Error {
  override readonly name = 'ReconciliationError';
  readonly code: ReconciliationErrorCode;
  constructor(code: ReconciliationErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
