import type { Expression } from './expressions.ts';

/** What the process is asked: one user's expressions. */
export interface ExpressionTask {
  readonly batch: readonly Expression[];
  /** The user as JSON text. */
  readonly resource: string;
  /** Milliseconds that JSONata itself may count, a little less than the process has to live. */
  readonly patience: number;
}

/** What the process says, in this order: once that it is there; for a task of several rows each that it begins; the answer. */
export type ExpressionNews =
  | { readonly is: 'ready' }
  | { readonly is: 'begun'; readonly row: string }
  | ({ readonly is: 'done' } & ExpressionAnswer);

/** A value per row as JSON text (none where it came to nothing), up to the first that failed. */
export interface ExpressionAnswer {
  readonly values: readonly (readonly [row: string, json: string])[];
  readonly failure?: ExpressionFailure;
}

export interface ExpressionFailure {
  readonly row: string;
  readonly code: 'syntax' | 'failed' | 'too-slow' | 'too-big';
  /** JSONata's own words, without a full stop; empty where the code says it all. */
  readonly message: string;
}
