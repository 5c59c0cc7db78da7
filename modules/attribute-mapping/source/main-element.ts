import { isObject } from '../../scim/index.ts';
import type { Selector } from './place.ts';

/**
 * The element of a multi-valued attribute that speaks for the person: the primary one, else the one of type `work`, else
 * the first. −1 when there is none.
 */
export function mainIndex(elements: readonly unknown[]): number {
  let work = -1;
  for (let i = 0; i < elements.length; i++) {
    const element = elements[i];
    if (!isObject(element)) continue;
    if (element.primary === true) return i;
    if (work < 0 && typeof element.type === 'string' && element.type.toLowerCase() === 'work') work = i;
  }
  return work >= 0 ? work : elements.length > 0 ? 0 : -1;
}

/** `[main]`. */
export const mainElement: Selector = {
  index: mainIndex,
  seed: (members) => ({ type: 'work', ...members, primary: true }),
  // Or else the next element would speak for the person, who has nothing to say.
  vacant: { type: 'work' },
};
