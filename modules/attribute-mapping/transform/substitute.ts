import type { Transform } from './transform.ts';
import { isNothing } from './value.ts';

/** What stands in where the provider sends nothing, or empty text. */
export const substitute: Transform = {
  name: 'default',
  label: 'Default',
  description: 'Answers this value where there is none, or an empty text or list.',
  options: {
    type: 'object',
    additionalProperties: false,
    required: ['value'],
    properties: { value: { type: ['string', 'number', 'boolean'] } },
  },
  example: { options: { value: 'General' }, from: null, to: 'General' },
  prepare: ({ value: instead }) => ({
    apply: (value) =>
      isNothing(value) || value === '' || (Array.isArray(value) && value.length === 0) ? instead : value,
    invert: (value) => value,
  }),
};
