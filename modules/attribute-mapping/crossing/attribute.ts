import { type CustomerAttribute, CustomerError, toStored } from '../../customer/index.ts';
import { invalidValue } from '../../scim/index.ts';
import type { CustomKind } from '../custom/kind.ts';
import { choice, manyChoices } from './choices.ts';
import { boolean, type Crossing, number, text } from './crossing.ts';
import { time } from './time.ts';

/** How values cross to an attribute of the store. Selects are told by label; what its column does not hold is refused. */
export function attributeCrossing(attribute: CustomerAttribute, what: CustomKind): Crossing {
  const { code, kind } = attribute;
  const crossing = crossingOf(attribute, what);
  if (kind === undefined) return crossing;
  return {
    ...crossing,
    toRow(value, route) {
      const row = crossing.toRow(value, route);
      if (row === null) return row;
      try {
        return toStored(code, kind, row);
      } catch (error) {
        if (error instanceof CustomerError) throw invalidValue(`${route.from} does not fit. ${error.message}`);
        throw error;
      }
    },
  };
}

function crossingOf(attribute: CustomerAttribute, what: CustomKind): Crossing {
  switch (what) {
    case 'choice':
      return choice(attribute);
    case 'choices':
      return manyChoices(attribute);
    case 'boolean':
      return boolean;
    case 'integer':
    case 'decimal':
      return number;
    case 'day':
    case 'time':
      return time(what === 'day');
    case 'text':
      return text(attribute.kind?.is === 'text' ? attribute.kind.max : 255);
  }
}
