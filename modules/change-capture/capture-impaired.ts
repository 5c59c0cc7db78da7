import { type Event, event } from '../framework/index.ts';

/** Changes of others are not seen, or none are handed on, and somebody has to do something. */
export const CaptureImpaired: Event<{
  /** `triggers` or `pump`: one thing that is wrong, however often it is told. */
  readonly cause: string;
  readonly title: string;
  readonly message: string;
  readonly cure: string;
}> = event('change-capture.CaptureImpaired');
