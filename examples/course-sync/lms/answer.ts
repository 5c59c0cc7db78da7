import { type OutgoingAnswer, OutgoingError } from 'vestibule/framework';
import { LmsError } from './lms.ts';

/** What an LMS asks for in `Retry-After`, in seconds or as a date; in milliseconds. */
export function retryAfterOf(answer: Pick<OutgoingAnswer, 'headers'>, nowMs: number): number | undefined {
  const text = answer.headers['retry-after'] ?? '';
  if (/^\d{1,6}$/.test(text)) return Number(text) * 1_000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}

/** Statuses after which it is worth coming again. */
const passing: ReadonlySet<number> = new Set([408, 421, 425, 429]);
export const isPassing = (status: number): boolean => status >= 500 || passing.has(status);

/** What became of a request that got no answer. */
export function unreachable(error: unknown): LmsError {
  if (!(error instanceof OutgoingError)) throw error;
  const settled = error.code === 'OUTGOING_URL' || error.code === 'OUTGOING_ADDRESS';
  return new LmsError(
    settled ? 'LMS_SETTINGS' : 'LMS_UNREACHABLE',
    settled ? `${error.message} That is course_sync/lms/allowed_hosts.` : `The LMS can't be reached: ${error.message}`,
    { cause: error },
  );
}
