import { DateFormat } from './date-format.ts';
import { type Transform, TransformError } from './transform.ts';
import { eachText, excerpt } from './value.ts';

/** Days and times in the forms that directories have, as ISO 8601 has them. */
export const date: Transform = {
  name: 'date',
  label: 'Date',
  description:
    'Reads a day or a time in one of the formats given (ISO 8601 unless said), and answers it as ISO 8601 has it. Formats are made of YYYY, MM, DD, HH, mm, ss, ZZ (a time zone), or are "iso", "unix", "unix-ms" or "filetime" (Active Directory).',
  options: {
    type: 'object',
    additionalProperties: false,
    properties: {
      from: { type: 'array', minItems: 1, items: { type: 'string', minLength: 1, maxLength: 40 } },
      to: { enum: ['day', 'time'] },
      unreadable: { enum: ['refuse', 'nothing'] },
    },
  },
  example: { options: { from: ['DD.MM.YYYY'], to: 'day' }, from: '24.12.1990', to: '1990-12-24' },
  prepare({ from = ['iso'], to = 'day', unreadable = 'refuse' }) {
    const formats = (from as string[]).map((text) => new DateFormat(text));
    const [first] = formats;
    return {
      apply: eachText('date', (text) => {
        if (text.trim() === '') return undefined;
        for (const format of formats) {
          const read = format.read(text.trim(), to === 'day' ? 'day' : 'time');
          if (read !== undefined) return read;
        }
        if (unreadable === 'nothing') return undefined;
        throw new TransformError('value', `${excerpt(text)} is no date as ${(from as string[]).join(' or ')} has it.`);
      }),
      invert: (value) => (typeof value === 'string' ? first?.print(value) : undefined),
    };
  },
};
