import { UsageError } from '../../framework/index.ts';

const units: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/**
 * Reads `2026-11-01` (a whole day, UTC), `2026-11-01T08:30`, `2026-11-01T08:30:00+02:00`, or `24h`, `7d` ago. `end` makes a day
 * end where the next one begins.
 *
 * @throws UsageError
 */
export function parseMoment(option: string, text: string, now: Date, end = false): Date {
  const [, count, unit] = /^(\d{1,5})([mhdw])$/.exec(text) ?? [];
  if (count !== undefined && unit !== undefined) return new Date(now.getTime() - Number(count) * (units[unit] ?? 0));
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text);
  const isMoment = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)?$/.test(text);
  const zoned = isDay || /(Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}Z`;
  const moment = isDay || isMoment ? Date.parse(zoned.replace(' ', 'T')) : Number.NaN;
  if (Number.isNaN(moment))
    throw new UsageError(
      `--${option} is a day (2026-11-01), a time (2026-11-01T08:30, UTC unless it says so) or a span until now (24h, 7d), not "${text}".`,
    );
  return new Date(isDay && end ? moment + 86_400_000 : moment);
}
