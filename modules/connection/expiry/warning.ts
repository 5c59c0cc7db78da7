import type { BearerToken } from '../token.ts';

/** How many days before its end a token is warned of. */
export const warningDays = [30, 14, 7, 1] as const;

/** That a token is about to end. */
export interface ExpiryWarning {
  /** Which of the warnings it is: 30, 14, 7 or 1. */
  readonly days: number;
  /** For people: how long it still works, and the cure. */
  readonly message: string;
}

const day = 86_400_000;
/** Stored times are UTC to the second. */
const timeOf = (stored: string): number => Date.parse(`${stored.replace(' ', 'T')}Z`);

function spanOf(milliseconds: number): string {
  // A stored time has lost its fraction of a second, which must not cost a day.
  const left = milliseconds + 1_000;
  const days = Math.floor(left / day);
  if (days > 0) return days === 1 ? 'a day' : `${days} days`;
  const hours = Math.floor(left / 3_600_000);
  return hours > 1 ? `${hours} hours` : 'less than two hours';
}

/**
 * The warning that is due for a token, or undefined. Nobody is warned of an end that was that near when it was set: of a
 * token made for three days, or of one that a rotation has given its overlap.
 */
export function warningOf(token: BearerToken, connectionCode: string, now: Date): ExpiryWarning | undefined {
  const { expiresAt, revokedAt, replacedBy, expiredBefore, createdAt } = token;
  if (expiresAt === null || revokedAt !== null) return undefined;
  if (replacedBy !== null && expiredBefore !== expiresAt) return undefined;
  const end = timeOf(expiresAt);
  const left = end - now.getTime();
  if (left <= 0) return undefined;
  const days = warningDays.findLast((threshold) => left <= threshold * day);
  if (days === undefined || end - timeOf(createdAt) <= days * day) return undefined;
  const cure = replacedBy === null ? `token:rotate --connection ${connectionCode} --start` : 'complete its rotation';
  return {
    days,
    message: `The token ${token.publicId} (${token.name}) of the connection "${connectionCode}" works for ${spanOf(left)} more, until ${expiresAt} UTC; ${cure}.`,
  };
}
