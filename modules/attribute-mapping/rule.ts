import { invalidValue } from '../scim/index.ts';
import type { MappedValue } from './mapping.ts';
import type { Source } from './source.ts';

/** One row of the mapping: what is read, where it goes, and how a value crosses in either direction. */
export interface Rule {
  readonly source: Source;
  /** Attribute code, or `address.<field>`. */
  readonly target: string;
  /** Longest text that the target holds, in characters. */
  readonly maxLength: number;
  /** The value as the row holds it; null when the user carries none. */
  readonly toRow: (value: unknown, rule: Rule) => MappedValue;
  /** The value as SCIM says it. */
  readonly toScim: (value: MappedValue) => unknown;
  /** False for a value of a document that the rule would refuse by now, such as the label of an option that was renamed. */
  readonly knows?: (value: unknown) => boolean;
}

/** Text goes as it is, without blanks around it; nothing left of it is null. */
export function textToRow(value: unknown, rule: Rule): MappedValue {
  if (value === undefined || value === null) return null;
  const text = String(value).trim();
  if (text === '') return null;
  if (text.length > rule.maxLength)
    throw invalidValue(
      `"${rule.source.text}" is ${text.length} characters long; the store's "${rule.target}" holds ${rule.maxLength}.`,
    );
  return text;
}

const textToScim = (value: MappedValue): unknown => (value === null || value === '' ? undefined : String(value));

/** A rule that carries text both ways. */
export const text = (source: Source, target: string, maxLength = 255): Rule => ({
  source,
  target,
  maxLength,
  toRow: textToRow,
  toScim: textToScim,
});

/** A rule with a conversion of its own. */
export const converted = (
  source: Source,
  target: string,
  maxLength: number,
  toRow: Rule['toRow'],
  toScim: Rule['toScim'] = textToScim,
): Rule => ({ source, target, maxLength, toRow, toScim });
