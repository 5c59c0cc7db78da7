import type { Attributes, AttributeValue } from '../../customer.ts';
import type { EditField } from './fields.ts';

/** What a form says of a customer: values that differ from the row, and what is wrong with others. */
export interface FormChanges {
  readonly changes: Readonly<Record<string, AttributeValue>>;
  readonly errors: Readonly<Record<string, string>>;
}

const isEmail = (text: string): boolean => /^[^\s@]+@[^\s@]+$/.test(text);
const lines = (text: string): string => text.replace(/\r\n?/g, '\n');

/** What stands in the form for a field; several choices with commas between, as Magento's rows hold them. */
export const sentText = (form: URLSearchParams, { code, input }: EditField): string | undefined => {
  if (!form.has(code)) return undefined;
  if (input === 'multiselect') return form.getAll(code).filter(Boolean).join(',');
  return form.get(code)?.trim() ?? '';
};

function faultOf({ label, input, required, options }: EditField, text: string): string | undefined {
  if (text === '') return required ? `${label} is required.` : undefined;
  if (input === 'email' && !isEmail(text)) return `${label}: "${text.slice(0, 60)}" is no e-mail address.`;
  if (['select', 'boolean', 'multiselect'].includes(input)) {
    const known = new Set(options.map(([value]) => value));
    const strange = (input === 'multiselect' ? text.split(',') : [text]).find((value) => !known.has(value));
    if (strange !== undefined) return `${label}: choose from the list.`;
  }
  return undefined;
}

/** Reads a form. Fields that are locked, or that the form doesn't have, stay as they are whatever is sent. */
export function changesIn(form: URLSearchParams, fields: readonly EditField[], current: Attributes): FormChanges {
  const changes: Record<string, AttributeValue> = {};
  const errors: Record<string, string> = {};
  for (const field of fields) {
    const text = field.locked === undefined ? sentText(form, field) : undefined;
    // A day that stays keeps its time, and a text its line ends.
    if (text === undefined || lines(text) === lines(field.value)) continue;
    const fault = faultOf(field, text);
    if (fault !== undefined) errors[field.code] = fault;
    else changes[field.code] = text === '' ? null : typeof current[field.code] === 'number' ? Number(text) : text;
  }
  return { changes, errors };
}
