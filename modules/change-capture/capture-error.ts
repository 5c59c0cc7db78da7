import { DatabaseError } from '../framework/index.ts';

export type CaptureErrorCode =
  /** The database user may not make triggers. */
  | 'CAPTURE_DENIED'
  /** Somebody's transaction kept a table in use. */
  | 'CAPTURE_IN_USE'
  /** The database refused a trigger for another reason. */
  | 'CAPTURE_REFUSED';

/** Triggers could not be made or removed. `message` is one sentence or two with the cure. */
export class CaptureError extends Error {
  override readonly name = 'CaptureError';
  readonly code: CaptureErrorCode;
  readonly cure: string;

  constructor(code: CaptureErrorCode, message: string, cure: string, options?: { cause?: unknown }) {
    super(`${message} ${cure}`, options);
    this.code = code;
    this.cure = cure;
  }
}

/** Says what the database's refusal means for capture. Errors of other kinds are answered as they are. */
export function captureError(error: unknown): unknown {
  if (!(error instanceof DatabaseError)) return error;
  const cause = { cause: error };
  if (error.code === 'DB_DENIED') {
    return new CaptureError(
      'CAPTURE_DENIED',
      `Changes made by others can't be captured: ${error.message}.`,
      binaryLog.test(error.message)
        ? 'As the server keeps a binary log, set log_bin_trust_function_creators=1 on it (or give the user SUPER), then run capture:install.'
        : "Grant the host's database user the privilege TRIGGER on the store's database, then run capture:install.",
      cause,
    );
  }
  if (error.code === 'DB_CONTENTION') {
    return new CaptureError(
      'CAPTURE_IN_USE',
      "A transaction kept one of the customers' tables in use, so its triggers were left as they are.",
      'Run capture:install again when it has ended.',
      cause,
    );
  }
  if (error.code !== 'DB_STATEMENT') return error;
  return new CaptureError(
    'CAPTURE_REFUSED',
    `The database refused a trigger: ${error.message}.`,
    'Remove the cause, then run capture:install.',
    cause,
  );
}

const binaryLog = /\(1419\)$/;
