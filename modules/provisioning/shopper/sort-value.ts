import { sqlTimestamp, sqlTimestampMs } from '../../framework/index.ts';
import { fold, mainValueAt, parseDateTime, type Resource } from '../../scim/index.ts';
import type { Order } from '../search/paging/part.ts';
import type { ScalarKind } from '../search/source.ts';

/** What a resource sorts by, as a column of this kind would hold it; null where it has no value. */
export function sortValue(
  resource: Resource,
  { path, kind, longest }: NonNullable<Order['sort']>,
): string | number | null {
  const value = mainValueAt(resource, path);
  if (value === undefined || value === null) return null;
  const comparable = comparableAs(kind, value);
  return longest === undefined || typeof comparable === 'number' || comparable.length <= longest
    ? comparable
    : Array.from(comparable).slice(0, longest).join('');
}

function comparableAs(kind: ScalarKind, value: unknown): string | number {
  switch (kind) {
    case 'text':
      return fold(String(value));
    case 'flag':
      return value === true ? 1 : 0;
    case 'number':
      return Number(value);
    case 'exact':
      return String(value);
    default:
      return timeAs(kind, String(value));
  }
}

function timeAs(kind: 'time' | 'second' | 'isoTime', text: string): string {
  const time = parseDateTime(text);
  if (time === undefined) return text;
  const date = new Date(time);
  if (kind === 'isoTime') return date.toISOString();
  return kind === 'time' ? sqlTimestampMs(date) : sqlTimestamp(date);
}
