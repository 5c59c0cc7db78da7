import { sqlTimestampMs } from '../../../framework/index.ts';
import { type CompareOperator, type FilterValue, fold, foldPart, parseDateTime } from '../../../scim/index.ts';
import type { ColumnValue, ScalarKind } from '../source.ts';

const last = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
const first = Date.UTC(1, 0, 1);

/** A time within the years that databases and texts of fixed length can hold. */
const moment = (text: string): Date => new Date(Math.min(last, Math.max(first, parseDateTime(text) ?? first)));

/** Turns a filter's value into what a column of this kind holds. */
export function columnValue(kind: ScalarKind, op: CompareOperator, value: Exclude<FilterValue, null>): ColumnValue {
  switch (kind) {
    case 'flag':
      return value === true ? 1 : 0;
    case 'number':
      return Number(value);
    case 'exact':
      return String(value);
    case 'text':
      return isPart(op) ? foldPart(String(value)) : fold(String(value));
    case 'time':
      return sqlTimestampMs(moment(String(value)));
    case 'second':
      // Texts of different length compare as the times do, but a full second is equal only without its fraction.
      return sqlTimestampMs(moment(String(value))).replace(/\.000$/, '');
    case 'isoTime':
      return moment(String(value)).toISOString();
  }
}

/** Operators that ask for a part of a text, where blanks at the ends count. */
export const isPart = (op: CompareOperator): boolean => op === 'co' || op === 'sw' || op === 'ew';
