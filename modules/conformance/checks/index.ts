import type { Area } from '../suite/check.ts';
import { auth } from './auth.ts';
import { bulk } from './bulk.ts';
import { create } from './create.ts';
import { cursorPaging } from './cursor-paging.ts';
import { discovery } from './discovery.ts';
import { errors } from './errors.ts';
import { etag } from './etag.ts';
import { filter } from './filter.ts';
import { groups } from './groups.ts';
import { indexPaging } from './index-paging.ts';
import { me } from './me.ts';
import { mediaTypes } from './media-types.ts';
import { patch } from './patch.ts';
import { projection } from './projection.ts';
import { read } from './read.ts';
import { remove } from './remove.ts';
import { replace } from './replace.ts';
import { searchArea } from './search.ts';
import { sort } from './sort.ts';

/** Everything that is judged, in the order in which it is tried. */
export const areas: readonly Area[] = [
  discovery,
  auth,
  mediaTypes,
  errors,
  create,
  read,
  filter,
  sort,
  indexPaging,
  cursorPaging,
  projection,
  replace,
  patch,
  remove,
  groups,
  bulk,
  etag,
  searchArea,
  me,
];

/** The areas of these names; all without any. @throws RangeError that names the known ones */
export function areasNamed(names: readonly string[]): readonly Area[] {
  const unknown = names.find((name) => !areas.some((area) => area.name === name));
  if (unknown !== undefined)
    throw new RangeError(`There is no area "${unknown}". Known are ${areas.map(({ name }) => name).join(', ')}.`);
  return names.length === 0 ? areas : areas.filter(({ name }) => names.includes(name));
}
