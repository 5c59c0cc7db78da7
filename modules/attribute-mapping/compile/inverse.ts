import { isObject, type Resource } from '../../scim/index.ts';
import { customerUserUrn } from '../custom/schema.ts';
import { rowName } from '../document/target.ts';
import type { ConnectionMapping } from '../mapping.ts';
import { member, top } from '../source/place.ts';
import type { PreparedRow } from './prepared-row.ts';
import type { PreparedTarget } from './prepared-target.ts';

const none: readonly string[] = Object.freeze([]);
const prefix = `${customerUserUrn}:`;
const extension = top(customerUserUrn);

/** The way back of all that goes out, and what in a document the rows no longer understand. */
export function inverse(
  targets: ReadonlyMap<string, PreparedTarget>,
): Pick<ConnectionMapping, 'toUser' | 'hasInverse' | 'outdated' | 'doubtsDocuments'> {
  const rows = [...targets.values()].flatMap(({ ins, outs }) => [...new Set([...ins, ...outs])]);
  const read = new Set(rows.flatMap(({ source }) => source?.attribute ?? []));
  const own = new Map(rows.filter(isOwn).map((row) => [row.source?.attribute, row]));
  const suspects = rows.filter((row) => !isOwn(row) && isSuspect(row));

  return {
    doubtsDocuments: suspects.length > 0,
    hasInverse: (target) => targets.get(rowName(target))?.write !== undefined,
    toUser(document, drift) {
      let user = document;
      for (const [key, value] of drift) {
        const write = targets.get(key)?.write;
        if (write) user = write(user, value);
        // A member of our extension that no row reads: its attribute is gone, or mapped elsewhere by now.
        if (!read.has(prefix + key)) user = withoutMember(user, key);
      }
      return user;
    },
    outdated(document) {
      const members = document[customerUserUrn];
      if (!isObject(members) && suspects.length === 0) return none;
      const found: string[] = [];
      if (isObject(members))
        for (const name of Object.keys(members)) {
          const row = own.get(prefix + name);
          if (row ? row.crossing.knows?.(members[name]) === false : !read.has(prefix + name)) found.push(name);
        }
      for (const row of suspects) if (isOutdated(row, document)) found.push(rowName(row.target.key));
      return found;
    },
  };
}

function withoutMember(user: Resource, name: string): Resource {
  const members = user[customerUserUrn];
  return isObject(members) && Object.hasOwn(members, name) ? member(extension, name).write(user, undefined) : user;
}

/** A row that carries one attribute as it is, both ways. */
const isPlain = ({ row, direction }: PreparedRow): boolean =>
  row.type === 'direct' && direction === 'both' && (row.transforms ?? []).length === 0;

/** An attribute of the store under its own code in our extension. */
const isOwn = (row: PreparedRow): boolean =>
  isPlain(row) && row.target.kind === 'attribute' && row.source?.attribute === prefix + row.target.code;

/** Labels elsewhere, which the store may rename; and what stands where only the store speaks. */
const isSuspect = (row: PreparedRow): boolean =>
  row.direction === 'out' || (isPlain(row) && row.crossing.choice === true);

function isOutdated({ source, direction, crossing }: PreparedRow, document: Resource): boolean {
  const said = source?.read(document);
  if (said === undefined || said === null) return false;
  return direction === 'out' || crossing.knows?.(said) === false;
}
