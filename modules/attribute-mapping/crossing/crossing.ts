import { invalidValue, isObject, type ScimError } from '../../scim/index.ts';
import type { MappedValue } from '../mapping.ts';

/** What a value came from and where it goes, for errors. */
export interface Route {
  /** In quotes where it is an attribute: `"name.givenName"`, `the row "full-name" of the mapping`. */
  readonly from: string;
  readonly target: string;
}

/** How a value crosses between SCIM and what a target holds. */
export interface Crossing {
  /** The value as the row holds it; null for none. @throws ScimError `invalidValue` */
  toRow(value: unknown, route: Route): MappedValue;
  /** The value as SCIM says it; undefined for none. */
  toScim(value: MappedValue): unknown;
  /** False for a value of a document that would be refused by now, such as the label of an option that was renamed. */
  readonly knows?: (value: unknown) => boolean;
  /** True where a list is as good as one value. */
  readonly list?: boolean;
  /** True where a row of the store is named by its code or id and held by its id. */
  readonly named?: boolean;
  /** True where a value is one of the labels that the store has at the moment. */
  readonly choice?: boolean;
}

/** A refusal of a value that can't stand where it shall go. */
export const unfit = ({ from, target }: Route, value: unknown, expected: string): ScimError =>
  invalidValue(`${from} can't be ${shown(value)}: the store's "${target}" takes ${expected}.`);

function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (isObject(value)) return 'an object';
  return JSON.stringify(typeof value === 'string' ? value.slice(0, 100) : value) ?? 'that';
}

const isNothing = (value: unknown): boolean => value === undefined || value === null || value === '';

/** Text goes as it is, without blanks around it; nothing left of it is null. */
function textToRow(value: unknown, route: Route, maxLength: number): MappedValue {
  if (value === undefined || value === null) return null;
  if (typeof value === 'object' || typeof value === 'function' || typeof value === 'symbol')
    throw unfit(route, value, 'one text');
  const text = String(value).trim();
  if (text === '') return null;
  if (text.length > maxLength)
    throw invalidValue(
      `${route.from} is ${text.length} characters long; the store's "${route.target}" holds ${maxLength}.`,
    );
  return text;
}

const textToScim = (value: MappedValue): unknown => (value === null || value === '' ? undefined : String(value));

/** Text of at most so many characters. */
export const text = (maxLength = 255): Crossing => ({
  toRow: (value, route) => textToRow(value, route, maxLength),
  toScim: textToScim,
  knows: (value) => typeof value === 'string',
});

/** Two letters are taken as ISO 3166-1 alpha-2, which is what Magento stores; anything else can't be a country there. */
export const country: Crossing = {
  toRow(value, route) {
    const code = textToRow(value, route, 255);
    return typeof code === 'string' && /^[A-Za-z]{2}$/.test(code) ? code.toUpperCase() : null;
  },
  toScim: textToScim,
};

/** `active` is true unless the client says otherwise (RFC 7643 §4.1.1 leaves the default to the provider). */
export const active: Crossing = {
  toRow: (value) => (value === false ? 0 : 1),
  toScim: (value) => value === 1,
};

const booleans: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
  ['yes', true],
  ['no', false],
  ['1', true],
  ['0', false],
]);

/** Yes or no; text and numbers that clearly say one of them count. Null for nothing. @throws ScimError */
export function booleanOf(value: unknown, route: Route): boolean | null {
  if (typeof value === 'boolean') return value;
  if (isNothing(value)) return null;
  const known =
    typeof value === 'string' || typeof value === 'number'
      ? booleans.get(String(value).trim().toLowerCase())
      : undefined;
  if (known === undefined) throw unfit(route, value, 'true or false');
  return known;
}

/** A yes/no attribute, 1 or 0 in the row. */
export const boolean: Crossing = {
  toRow(value, route) {
    const known = booleanOf(value, route);
    return known === null ? null : Number(known);
  },
  toScim: (value) => (value === null ? undefined : Number(value) === 1),
  knows: (value) => typeof value === 'boolean',
};

/** A whole number or a decimal. */
export const number: Crossing = {
  toRow(value, route) {
    if (typeof value === 'number') return value;
    const said = typeof value === 'string' ? value.trim() : value;
    if (isNothing(said)) return null;
    if (typeof said === 'string' && /^[+-]?\d{1,18}(\.\d{1,18})?$/.test(said)) return Number(said);
    throw unfit(route, value, 'a number');
  },
  toScim: (value) => (value === null ? undefined : Number(value)),
  knows: (value) => typeof value === 'number',
};
