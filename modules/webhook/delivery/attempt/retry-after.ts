/**
 * How long an answer asks to wait (RFC 9110 §10.2.3: seconds, or a date), in milliseconds and at most `most`; undefined
 * where it does not ask, or for nothing that can be read.
 */
export function retryAfter(header: string | undefined, nowMs: number, most: number): number | undefined {
  const text = header?.trim() ?? '';
  if (text === '') return undefined;
  const wait = /^\d{1,12}$/.test(text) ? Number(text) * 1_000 : dateOf(text) - nowMs;
  return Number.isFinite(wait) ? Math.min(most, Math.max(0, wait)) : undefined;
}

/** Only what looks like a date of HTTP: Date.parse would read nearly anything. */
const dateOf = (text: string): number =>
  /^[A-Z][a-z]{2,8},? .*\d{2}:\d{2}:\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
