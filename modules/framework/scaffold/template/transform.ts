import { Transforms } from 'vestibule/attribute-mapping';
import { contribute } from 'vestibule/framework';

/** A transform that the rows of a mapping may name. It is pure: the same value always comes to the same. */
export const transform = contribute(Transforms, {}, () => ({
  name: 'sample-room',
  label: 'Sample room',
  description: 'Takes the spaces at both ends away.',
  options: { type: 'object', additionalProperties: false },
  example: { options: {}, from: ' Sales ', to: 'Sales' },
  prepare: () => ({ apply: (value) => (typeof value === 'string' ? value.trim() : value) }),
}));
