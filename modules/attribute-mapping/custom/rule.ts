import { CustomerError, toStored } from '../../customer/index.ts';
import { invalidValue, parseDateTime } from '../../scim/index.ts';
import type { MappedValue } from '../mapping.ts';
import { type Rule, textToRow } from '../rule.ts';
import { attribute as singular } from '../source.ts';
import { choiceCrossing, choicesCrossing } from './choices.ts';
import { customerUserUrn, type Offered } from './schema.ts';

type Crossing = Pick<Rule, 'toRow' | 'toScim' | 'knows'>;

const isNumber = (value: unknown): boolean => typeof value === 'number';
const isDateTime = (value: unknown): boolean => typeof value === 'string' && parseDateTime(value) !== undefined;
const dateTime = (value: MappedValue): unknown =>
  value === null ? undefined : `${String(value).padEnd(19, ' 00:00:00').replace(' ', 'T')}Z`;

/** A dateTime as the row says it: in UTC, or the day alone, as it was written, whatever its time zone. */
const timeToRow = (value: unknown, day: boolean): MappedValue => {
  const time = typeof value === 'string' ? parseDateTime(value) : undefined;
  if (typeof value !== 'string' || time === undefined) return null;
  return day ? value.slice(0, 10) : new Date(time).toISOString().slice(0, 19).replace('T', ' ');
};

function crossingOf({ attribute, kind }: Offered): Crossing {
  switch (kind) {
    case 'choice':
      return choiceCrossing(attribute);
    case 'choices':
      return choicesCrossing(attribute);
    case 'boolean':
      return {
        toRow: (value) => (typeof value === 'boolean' ? Number(value) : null),
        toScim: (value) => (value === null ? undefined : Number(value) === 1),
        knows: (value) => typeof value === 'boolean',
      };
    case 'integer':
    case 'decimal':
      return {
        toRow: (value) => (typeof value === 'number' ? value : null),
        toScim: (value) => (value === null ? undefined : Number(value)),
        knows: isNumber,
      };
    case 'day':
    case 'time':
      return { toRow: (value) => timeToRow(value, kind === 'day'), toScim: dateTime, knows: isDateTime };
    case 'text':
      return {
        toRow: textToRow,
        toScim: (value) => (value === null ? undefined : String(value)),
        knows: (value) => typeof value === 'string',
      };
  }
}

/** The rule of a custom attribute: its code under our extension, both ways. What its column does not hold is refused. */
export function customRule(offered: Offered): Rule {
  const { code, kind } = offered.attribute;
  const { toRow, ...back } = crossingOf(offered);
  return {
    source: singular(customerUserUrn, code),
    target: code,
    maxLength: kind?.is === 'text' ? kind.max : 255,
    toRow(value, rule) {
      const row = toRow(value, rule);
      if (row === null || kind === undefined) return row;
      try {
        return toStored(code, kind, row);
      } catch (error) {
        if (error instanceof CustomerError) throw invalidValue(`"${rule.source.text}" does not fit. ${error.message}`);
        throw error;
      }
    },
    ...back,
  };
}
