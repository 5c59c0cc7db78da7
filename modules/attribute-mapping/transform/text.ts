import type { Transform } from './transform.ts';
import { eachText } from './value.ts';

const noOptions = { type: 'object', additionalProperties: false } as const;

/** A transform of text without options, whose values stay as they are when they are transformed again. */
const settling = (
  { name, label, description }: Pick<Transform, 'name' | 'label' | 'description'>,
  example: { from: string; to: string },
  change: (text: string) => string,
): Transform => ({
  name,
  label,
  description,
  options: noOptions,
  example: { options: {}, ...example },
  prepare: () => ({ apply: eachText(name, change), invert: (value) => value }),
});

export const lower: Transform = settling(
  { name: 'lower', label: 'Lower case', description: 'Writes all letters small.' },
  { from: 'Anna.Jensen@Example.COM', to: 'anna.jensen@example.com' },
  (text) => text.toLowerCase(),
);

export const upper: Transform = settling(
  { name: 'upper', label: 'Upper case', description: 'Writes all letters large.' },
  { from: 'de-104', to: 'DE-104' },
  (text) => text.toUpperCase(),
);

export const trim: Transform = settling(
  { name: 'trim', label: 'Trim', description: 'Takes blanks off both ends, and leaves one where there are several.' },
  { from: '  Anna   Maria ', to: 'Anna Maria' },
  (text) => text.trim().replace(/\s+/g, ' '),
);

/** Plain text for plain text: no patterns, so nothing that could backtrack. */
export const replace: Transform = {
  name: 'replace',
  label: 'Replace text',
  description: 'Puts one text in the place of another, wherever that stands. Plain text, no patterns.',
  options: {
    type: 'object',
    additionalProperties: false,
    required: ['find', 'with'],
    properties: { find: { type: 'string', minLength: 1 }, with: { type: 'string' } },
  },
  example: { options: { find: 'CN=', with: '' }, from: 'CN=Sales', to: 'Sales' },
  prepare: ({ find, with: by }) => ({
    apply: eachText('replace', (text) => text.replaceAll(String(find), () => String(by))),
  }),
};

/** Characters as people count them: those beyond the BMP are one. */
export const substring: Transform = {
  name: 'substring',
  label: 'Part of the text',
  description:
    'Takes some characters out of the text. A start below 0 counts from the end; without a length, the rest.',
  options: {
    type: 'object',
    additionalProperties: false,
    required: ['start'],
    properties: { start: { type: 'integer' }, length: { type: 'integer', minimum: 1 } },
  },
  example: { options: { start: 0, length: 3 }, from: 'DEU-104', to: 'DEU' },
  prepare({ start, length }) {
    const from = Number(start);
    return {
      apply: eachText('substring', (text) => {
        const characters = [...text];
        const first = from < 0 ? Math.max(characters.length + from, 0) : from;
        return characters.slice(first, length === undefined ? undefined : first + Number(length)).join('');
      }),
    };
  },
};

/** The domain is the part that tells a company; case means nothing in it. */
export const emailDomain: Transform = {
  name: 'email-domain',
  label: 'E-mail domain',
  description: 'The part of an e-mail address after the @, in small letters; nothing where there is no @.',
  options: noOptions,
  example: { options: {}, from: 'anna@Example.com', to: 'example.com' },
  prepare: () => ({
    apply: eachText('email-domain', (text) => {
      const at = text.lastIndexOf('@');
      const domain =
        at < 0
          ? ''
          : text
              .slice(at + 1)
              .trim()
              .toLowerCase();
      return domain === '' ? undefined : domain;
    }),
  }),
};
