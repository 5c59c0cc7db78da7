import { parseDateTime } from '../../scim/index.ts';
import type { MappedValue } from '../mapping.ts';
import { type Crossing, unfit } from './crossing.ts';

const isDateTime = (value: unknown): boolean => typeof value === 'string' && parseDateTime(value) !== undefined;

const toScim = (value: MappedValue): unknown =>
  value === null ? undefined : `${String(value).padEnd(19, ' 00:00:00').replace(' ', 'T')}Z`;

/** A dateTime as the row says it: in UTC, or the day alone, as it was written, whatever its time zone. */
export const time = (day: boolean): Crossing => ({
  toRow(value, route) {
    if (value === undefined || value === null || value === '') return null;
    const moment = typeof value === 'string' ? parseDateTime(value) : undefined;
    if (typeof value !== 'string' || moment === undefined)
      throw unfit(route, value, 'a date such as 1990-12-31 (the transform "date" reads other forms)');
    return day ? value.slice(0, 10) : new Date(moment).toISOString().slice(0, 19).replace('T', ' ');
  },
  toScim,
  knows: isDateTime,
});
