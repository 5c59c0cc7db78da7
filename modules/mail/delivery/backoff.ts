const minute = 60_000;

/** How long a mail waits after its first, second … attempt: about a day and a half in all. */
const waits = [1, 5, 15, 60, 180, 360, 720, 720].map((minutes) => minutes * minute);

/** Milliseconds until a mail is tried again after so many attempts; undefined: it is given up. */
export const waitAfter = (attempts: number): number | undefined => waits[attempts - 1];

/** How long a server that cannot be worked with is left alone, the first time and at most. */
export const firstPause: number = minute / 2;
export const longestPause: number = 10 * minute;
