import { customerKinds } from '../columns.ts';
import { CustomerError } from '../customer-error.ts';
import { toStored } from '../value.ts';
import { type AttributeDefinition, backendKinds, type OptionDefinition } from './attribute.ts';
import { type AttributeInput, attributeForms, inputRows, usualInput } from './input.ts';

/** Magento's own limit and shape of a code (`ATTRIBUTE_CODE_MAX_LENGTH`; it becomes the name of a column of the grid). */
const goodCode = /^[a-z][a-z0-9_]{0,59}$/;

/** Columns of `customer_entity` beside those that attributes show. */
const hidden: ReadonlySet<string> = new Set(['entity_id', 'password_hash', 'rp_token']);

/** What is wrong with a code; undefined when it can be used. */
export const codeFault = (code: string): string | undefined =>
  goodCode.test(code) && !customerKinds.has(code) && !hidden.has(code)
    ? undefined
    : `"${code}" cannot be the code of a custom customer attribute. Use up to 60 lower case letters, digits and ` +
      'underscores, a letter first, and no name of a column of customer_entity.';

/** The input of an attribute: the one asked for, or the usual one of its backend type. */
export const inputOf = ({ input, backendType }: AttributeDefinition): AttributeInput =>
  input ?? usualInput[backendType];

/** The choices with their labels trimmed. */
export const optionsOf = ({ options = [] }: AttributeDefinition): readonly OptionDefinition[] =>
  options.map((option) =>
    typeof option === 'string' ? { label: option.trim() } : { ...option, label: option.label.trim() },
  );

/** Labels are compared as a mapping compares them: without case and outer blanks. */
export const foldLabel = (label: string): string => label.trim().normalize('NFKC').toLowerCase();

const fits = (text: string): boolean => text.trim() !== '' && [...text.trim()].length <= 255;

function* optionFaults(definition: AttributeDefinition): Generator<string> {
  const { choices } = inputRows[inputOf(definition)];
  const options = optionsOf(definition);
  if (!choices && options.length > 0) yield `A ${inputOf(definition)} has no options. Take select or multiselect.`;
  if (choices && options.length === 0) yield 'It has no option to choose from. Give at least one.';
  const seen = new Set<string>();
  for (const { label, storeLabels = {} } of options) {
    if (!fits(label)) yield `The option ${JSON.stringify(label)} needs a label of 1 to 255 characters.`;
    if (seen.has(foldLabel(label)))
      yield `The option "${label}" is there twice. Labels differ by more than their case.`;
    seen.add(foldLabel(label));
    for (const [store, text] of Object.entries(storeLabels))
      if (!fits(text))
        yield `The option "${label}" needs a label of 1 to 255 characters for the store view "${store}".`;
  }
}

function* faultsOf(definition: AttributeDefinition): Generator<string> {
  const { code, backendType, label, sortOrder, forms = [], grid } = definition;
  const input = inputOf(definition);
  const fault = codeFault(code);
  if (fault !== undefined) yield fault;
  if (!fits(label)) yield 'It needs a label of 1 to 255 characters.';
  const { backendTypes, filterable, searchable } = inputRows[input];
  if (!backendTypes.includes(backendType))
    yield `A ${input} is not kept as ${backendType}. Take ${backendTypes.join(' or ')}.`;
  yield* optionFaults(definition);
  if (sortOrder !== undefined && !(Number.isInteger(sortOrder) && sortOrder >= 0 && sortOrder <= 32_767))
    yield `${sortOrder} is no sort order. Take a whole number from 0 to 32767.`;
  for (const form of forms)
    if (!(attributeForms as readonly string[]).includes(form))
      yield `"${form}" is no form of Magento's that shows customer attributes. Take ${attributeForms.join(', ')}.`;
  if (grid?.filterable && !filterable) yield `Magento's grid has no filter for a ${input}. Leave the filter out.`;
  if (grid?.searchable && !searchable) yield `Magento's grid searches texts only. Leave the search out.`;
  const wrong = definition.defaultValue === undefined ? undefined : defaultFault(definition, definition.defaultValue);
  if (wrong !== undefined) yield wrong;
}

const yes = new Set(['1', 'yes', 'true']);
const no = new Set(['0', 'no', 'false']);

/** Labels of the choices that a default names, folded. */
export const defaultLabels = (definition: AttributeDefinition): readonly string[] =>
  definition.defaultValue === undefined
    ? []
    : (inputOf(definition) === 'multiselect' ? definition.defaultValue.split(',') : [definition.defaultValue]).map(
        foldLabel,
      );

function defaultFault(definition: AttributeDefinition, value: string): string | undefined {
  const input = inputOf(definition);
  if (input === 'boolean')
    return yes.has(foldLabel(value)) || no.has(foldLabel(value)) ? undefined : 'Its default value is yes or no.';
  if (inputRows[input].choices) {
    const labels = new Set(optionsOf(definition).map(({ label }) => foldLabel(label)));
    return defaultLabels(definition).every((label) => labels.has(label))
      ? undefined
      : `Its default value ${JSON.stringify(value)} is none of its options. Name one by its label.`;
  }
  try {
    toStored(definition.code, backendKinds[definition.backendType], value);
    return undefined;
  } catch (error) {
    return error instanceof CustomerError ? `Its default value does not fit. ${error.message}` : String(error);
  }
}

/** The default as `eav_attribute.default_value` holds it; null for none, and for choices, whose ids are not known yet. */
export function storedDefault(definition: AttributeDefinition): string | null {
  const { code, defaultValue, backendType } = definition;
  const input = inputOf(definition);
  if (defaultValue === undefined || inputRows[input].choices) return null;
  if (input === 'boolean') return yes.has(foldLabel(defaultValue)) ? '1' : '0';
  return String(toStored(code, backendKinds[backendType], defaultValue));
}

/** @throws CustomerError `CUSTOMER_ATTRIBUTE_INVALID` with everything that is wrong, so that it is corrected in one go */
export function checkDefinition(definition: AttributeDefinition): void {
  const faults = [...faultsOf(definition)];
  if (faults.length === 0) return;
  const { code } = definition;
  const about = codeFault(code) === undefined ? `The customer attribute "${code}" can't be created. ` : '';
  throw new CustomerError('CUSTOMER_ATTRIBUTE_INVALID', about + faults.join(' '), code);
}
