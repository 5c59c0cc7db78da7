import { type Transform, TransformError } from './transform.ts';
import { elementText, excerpt, isNothing, scalarText } from './value.ts';

const separator = { type: 'string', minLength: 1, maxLength: 20 } as const;

const pieces = (text: string, by: string): string[] => (text === '' ? [] : text.split(by));

/** A list becomes text; elements with a `value` give that. Text alone stays what it is. */
export const join: Transform = {
  name: 'join',
  label: 'Join a list',
  description: 'Makes one text of a list, with a separator between (", " unless another is given).',
  options: { type: 'object', additionalProperties: false, properties: { separator } },
  example: { options: { separator: ', ' }, from: ['Sales', 'Support'], to: 'Sales, Support' },
  prepare({ separator: by = ', ' }) {
    const between = String(by);
    return {
      apply(value) {
        if (isNothing(value)) return value;
        const texts = (Array.isArray(value) ? value : [value]).map((element: unknown) => {
          const text = elementText(element);
          if (text === undefined)
            throw new TransformError('value', `"join" takes a list of texts, and ${excerpt(element)} is none.`);
          return text;
        });
        return texts.join(between);
      },
      invert: (value) => (typeof value === 'string' ? pieces(value, between) : undefined),
    };
  },
};

/** Text becomes a list, or one element of it. */
export const split: Transform = {
  name: 'split',
  label: 'Split text',
  description:
    'Makes a list of a text at each separator, without blanks around its elements; with an index, answers that element alone (0 is the first, −1 the last).',
  options: {
    type: 'object',
    additionalProperties: false,
    required: ['separator'],
    properties: { separator, index: { type: 'integer' } },
  },
  example: { options: { separator: '@', index: 0 }, from: 'anna@example.com', to: 'anna' },
  prepare({ separator: by, index }) {
    const between = String(by);
    const apply = (value: unknown): unknown => {
      if (isNothing(value)) return value;
      const text = scalarText(value);
      if (text === undefined) throw new TransformError('value', `"split" takes text, and ${excerpt(value)} is none.`);
      const parts = pieces(text, between).map((part) => part.trim());
      return index === undefined ? parts : parts.at(Number(index));
    };
    if (index !== undefined) return { apply };
    return { apply, invert: (value) => (Array.isArray(value) ? value.map(String).join(between) : undefined) };
  },
};
