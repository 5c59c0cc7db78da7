import type { AttributeValue } from './customer.ts';
import { CustomerError } from './customer-error.ts';

/** What a column or an EAV value table can hold. */
export type ValueKind =
  | {
      readonly is: 'text';
      readonly max: number /** `max` counts UTF-8 bytes, not characters. */;
      readonly bytes?: boolean;
    }
  | { readonly is: 'int'; readonly min: number; readonly max: number }
  | { readonly is: 'decimal' }
  | { readonly is: 'date' }
  | { readonly is: 'datetime' };

const integer = /^-?\d{1,16}$/;
const decimalText = /^([+-]?)(\d+)(?:\.(\d*))?$/;
const dateText = /^(\d{4})-(\d{2})-(\d{2})$/;
const datetimeText = /^(\d{4}-\d{2}-\d{2}) ([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/;

/**
 * Answers the value in the form in which both engines give it back: numbers for integers, four places for decimals,
 * `YYYY-MM-DD` and `YYYY-MM-DD HH:MM:SS` for dates. SQLite enforces neither lengths nor formats, so this does.
 *
 * @throws CustomerError `CUSTOMER_VALUE_INVALID`, `CUSTOMER_VALUE_TOO_LONG`
 */
export function toStored(code: string, kind: ValueKind, value: AttributeValue): AttributeValue {
  if (value === null) return null;
  switch (kind.is) {
    case 'text':
      return storedText(code, kind, String(value));
    case 'int':
      return storedInteger(code, kind, value);
    case 'decimal':
      return storedDecimal(code, value);
    case 'date':
      return isDate(String(value)) ? String(value) : invalid(code, value, 'a date like 1990-12-31');
    case 'datetime': {
      const given = String(value);
      if (isDate(given)) return `${given} 00:00:00`;
      const day = datetimeText.exec(given)?.[1];
      return day !== undefined && isDate(day) ? given : invalid(code, value, 'a UTC time like 1990-12-31 23:59:59');
    }
  }
}

function storedText(code: string, kind: ValueKind & { is: 'text' }, value: string): string {
  if (kind.bytes !== true && value.length <= kind.max) return value;
  const length = kind.bytes === true ? Buffer.byteLength(value) : [...value].length;
  if (length <= kind.max) return value;
  const unit = kind.bytes === true ? 'bytes' : 'characters';
  throw new CustomerError(
    'CUSTOMER_VALUE_TOO_LONG',
    `The customer attribute "${code}" holds at most ${kind.max} ${unit}, but ${length} were given. Shorten the value.`,
    code,
  );
}

function storedInteger(code: string, kind: ValueKind & { is: 'int' }, value: string | number): number {
  const number = typeof value === 'number' ? value : integer.test(value) ? Number(value) : Number.NaN;
  if (Number.isInteger(number) && number >= kind.min && number <= kind.max) return number;
  return invalid(code, value, `a whole number from ${kind.min} to ${kind.max}`);
}

/** decimal(12,4): rounds half away from zero, as MySQL does, without passing through a float. */
function storedDecimal(code: string, value: string | number): string {
  const match = decimalText.exec(typeof value === 'number' ? plain(value) : value.trim());
  if (match === null) return invalid(code, value, 'a decimal number');
  const [, sign = '', whole = '', fraction = ''] = match;
  let scaled = BigInt(whole + fraction.slice(0, 4).padEnd(4, '0'));
  if ((fraction[4] ?? '0') >= '5') scaled += 1n;
  if (scaled > 999_999_999_999n) return invalid(code, value, 'a decimal number below 100000000');
  const digits = scaled.toString().padStart(5, '0');
  const minus = sign === '-' && scaled !== 0n ? '-' : '';
  return `${minus}${digits.slice(0, -4)}.${digits.slice(-4)}`;
}

const plain = (value: number): string => {
  const text = String(value);
  return text.includes('e') ? value.toFixed(8) : text;
};

function isDate(text: string): boolean {
  const match = dateText.exec(text);
  if (match === null) return false;
  const [, year, month, day] = match.map(Number);
  if (year === undefined || month === undefined || day === undefined || year < 1000) return false;
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function invalid(code: string, value: AttributeValue, expected: string): never {
  const shown = typeof value === 'string' ? `"${value.slice(0, 40)}"` : String(value);
  throw new CustomerError(
    'CUSTOMER_VALUE_INVALID',
    `The customer attribute "${code}" takes ${expected}, not ${shown}. Correct the value or its mapping.`,
    code,
  );
}
