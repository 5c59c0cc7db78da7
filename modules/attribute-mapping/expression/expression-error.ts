import { invalidValue, type ScimError, unavailable } from '../../scim/index.ts';

/**
 * `syntax` can't be read; `failed` stopped with an error of its own; `too-slow` missed the deadline; `too-big` took more
 * memory, depth or text than there is; `busy` found too many waiting; `stopped` came when the host was about to end.
 */
export type ExpressionErrorCode = 'syntax' | 'failed' | 'too-slow' | 'too-big' | 'busy' | 'stopped';

/** An expression did not come to a value. The message names the row and what to do about it. */
export class ExpressionError extends Error {
  readonly code: ExpressionErrorCode;
  /** The row's id; undefined where it is not one row's doing. */
  readonly row: string | undefined;

  constructor(code: ExpressionErrorCode, message: string, row?: string) {
    super(message);
    this.name = 'ExpressionError';
    this.code = code;
    this.row = row;
  }
}

/** The same as SCIM says it: 400 `invalidValue`, since another user of the same mapping may pass; 503 where time cures it. */
export const expressionRefusal = (error: ExpressionError): ScimError =>
  error.code === 'busy' || error.code === 'stopped' ? unavailable(1, error.message) : invalidValue(error.message);
