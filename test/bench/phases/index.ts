import type { Phase } from '../phase.ts';
import { group, moving } from './group.ts';
import { cursor, last, sequential } from './page.ts';
import { create, filter, patch, read } from './user.ts';

/** In the order in which a round runs them. */
export const phases: readonly Phase[] = [create, read, filter, patch, sequential, cursor, group, moving, last];

/** The phases with these names, all when there are none. @throws Error that lists the names there are */
export function phasesCalled(names: readonly string[] | undefined): readonly Phase[] {
  const unknown = names?.find((name) => !phases.some((phase) => phase.name === name));
  if (unknown !== undefined)
    throw new Error(`There is no phase "${unknown}"; there are ${phases.map(({ name }) => name).join(', ')}`);
  return names === undefined ? phases : phases.filter(({ name }) => names.includes(name));
}
