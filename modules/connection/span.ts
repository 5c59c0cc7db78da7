import { ConnectionError } from './connection.ts';

const units: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

function milliseconds(text: string): number | undefined {
  const [, amount, unit] = /^(\d{1,7})([mhd])$/.exec(text) ?? [];
  return amount === undefined || unit === undefined ? undefined : Number(amount) * (units[unit] ?? 0);
}

/**
 * Reads a span of time such as `90d`, `24h` or `30m` to milliseconds; `from` and `to` are the shortest and the longest.
 * @throws ConnectionError `TOKEN_EXPIRY_INVALID`
 */
export function readSpan(text: string, { from, to, example }: { from: string; to: string; example: string }): number {
  const span = milliseconds(text);
  if (span !== undefined && span >= (milliseconds(from) ?? 0) && span <= (milliseconds(to) ?? 0)) return span;
  throw new ConnectionError(
    'TOKEN_EXPIRY_INVALID',
    `"${text}" is not a span of time from ${from} to ${to}; write a number and m, h or d, such as ${example}.`,
  );
}
