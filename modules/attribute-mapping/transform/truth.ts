import { fold } from '../../scim/index.ts';
import { type Transform, TransformError } from './transform.ts';
import { excerpt, isNothing, scalarText } from './value.ts';

const usualYes = ['true', 'yes', 'y', 'on', '1', 'enabled', 'active'];
const usualNo = ['false', 'no', 'n', 'off', '0', 'disabled', 'inactive'];

const texts = { type: 'array', minItems: 1, items: { type: 'string' } } as const;

/** Texts that mean yes or no, whatever their case. */
export const truth: Transform = {
  name: 'boolean',
  label: 'Yes or no',
  description:
    'Turns texts into yes and no. "true", "yes", "on", "1" and their opposites are known; other words can be given instead.',
  options: {
    type: 'object',
    additionalProperties: false,
    properties: { yes: texts, no: texts, unreadable: { enum: ['refuse', 'nothing'] } },
  },
  example: { options: { yes: ['A'], no: ['T', 'X'] }, from: 'a', to: true },
  prepare({ yes = usualYes, no = usualNo, unreadable = 'refuse' }) {
    const [yesTexts, noTexts] = [yes as string[], no as string[]];
    const known = new Map<string, boolean>(noTexts.map((text) => [fold(text), false]));
    for (const text of yesTexts) {
      if (known.has(fold(text))) throw new TransformError('options', `"${text}" can't mean both yes and no.`);
    }
    for (const text of yesTexts) known.set(fold(text), true);
    return {
      apply(value) {
        if (isNothing(value) || typeof value === 'boolean') return value;
        const text = scalarText(value);
        const meaning = text === undefined ? undefined : known.get(fold(text));
        if (meaning !== undefined) return meaning;
        if (text?.trim() === '' || unreadable === 'nothing') return undefined;
        throw new TransformError(
          'value',
          `${excerpt(value)} means neither yes nor no; send one of ${[...yesTexts, ...noTexts].map((word) => `"${word}"`).join(', ')}.`,
        );
      },
      invert: (value) => (value === true ? yesTexts[0] : value === false ? noTexts[0] : undefined),
    };
  },
};
