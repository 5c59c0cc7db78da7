import type { AttributeOption, ValueKind } from '../../customer/index.ts';
import { quoted, ValueRefused } from '../transfer-error.ts';
import { type Codec, storedValue } from './codec.ts';

const fold = (label: string): string => label.trim().toLowerCase();

/** Labels in a message. */
const named = (options: readonly AttributeOption[]): string => {
  const labels = options.slice(0, 12).map(({ label }) => label);
  return labels.length === 0 ? 'It has none yet' : `${labels.join(', ')}${options.length > 12 ? ', …' : ''}`;
};

/** Finds a choice by its label, without case, or by its id. @throws ValueRefused */
function optionId(options: readonly AttributeOption[], text: string): number {
  const wanted = fold(text);
  const found =
    options.find(({ label }) => fold(label) === wanted) ?? options.find(({ id }) => String(id) === text.trim());
  if (found !== undefined) return found.id;
  throw new ValueRefused(
    `${quoted(text)} is none of the choices. Write one of: ${named(options)}; or add the choice to the attribute first.`,
  );
}

/** The label of a choice; its id where the label would lead to another one or to none. */
function optionText(options: readonly AttributeOption[], value: string | number): string {
  const found = options.find(({ id }) => String(id) === String(value).trim());
  if (found === undefined) return String(value);
  return options.find(({ label }) => fold(label) === fold(found.label)) === found && fold(found.label) !== ''
    ? found.label
    : String(found.id);
}

/** One of several: its label, as Magento's export writes it. */
export const selectCodec = (code: string, kind: ValueKind, options: readonly AttributeOption[]): Codec => ({
  toText: (value) => optionText(options, value),
  toValue: (text) => storedValue(code, kind, optionId(options, text)),
});

/** Some of several: labels with commas between, one with a comma in it in quotes. The row holds ids with commas. */
export const multiselectCodec = (code: string, kind: ValueKind, options: readonly AttributeOption[]): Codec => ({
  toText: (value) =>
    joined(
      String(value)
        .split(',')
        .map((id) => optionText(options, id)),
    ),
  toValue: (text) =>
    storedValue(
      code,
      kind,
      split(text)
        .map((label) => optionId(options, label))
        .join(','),
    ),
});

/** Several texts in one. */
export const joined = (texts: readonly string[]): string =>
  texts.map((text) => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)).join(',');

/** Undoes `joined`. */
export const split = (text: string): readonly string[] =>
  [...text.matchAll(/\s*(?:"((?:[^"]|"")*)"|([^,]*))\s*(?:,|$)/g)]
    .map(([, quotedText, plain]) => quotedText?.replaceAll('""', '"') ?? plain ?? '')
    .filter((part) => part.trim() !== '');
