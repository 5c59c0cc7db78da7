import { parseSource, type Source, SourceFault } from '../../attribute-mapping/index.ts';
import type { ResourceType } from '../../scim/index.ts';

/** Who signs in is active; whether somebody may is SCIM's to say. A password is never said in an assertion. */
const notByClaims: ReadonlySet<string> = new Set(['active', 'password', 'schemas']);

export interface ClaimIssue {
  /** Which row, from 0. */
  readonly row: number;
  readonly message: string;
}

/** Places that were found, or what was wrong: by type, which stays as long as the mapping does. A login asks for all of a table. */
const found = new WeakMap<ResourceType, Map<string, Source | SourceFault>>();
/** As many as two full tables have; rows that come and go must not fill the memory. */
const mostFound = 500;

/** The place in a user that a row's path names. @throws SourceFault */
export function placeOf(path: string, type: ResourceType): Source {
  let known = found.get(type);
  if (!known || known.size >= mostFound) {
    known = new Map();
    found.set(type, known);
  }
  let place = known.get(path);
  if (!place) {
    place = lookFor(path, type);
    known.set(path, place);
  }
  if (place instanceof SourceFault) throw place;
  return place;
}

function lookFor(path: string, type: ResourceType): Source | SourceFault {
  try {
    return readPlace(path, type);
  } catch (error) {
    if (error instanceof SourceFault) return error;
    throw error;
  }
}

function readPlace(path: string, type: ResourceType): Source {
  const source = parseSource(path, type);
  if (notByClaims.has(source.attribute))
    throw new SourceFault(
      'source-read-only',
      `"${path}" can't be said by a sign-in.`,
      'Leave the row out; SCIM says whether a user is active.',
    );
  if (!source.writable)
    throw new SourceFault(
      'source-malformed',
      `"${path}" does not say which element is meant.`,
      'Write a filter such as emails[type eq "work"].value.',
    );
  return source;
}

/** What is wrong with the rows of a connection, which would do nothing then. */
export function checkClaims(rows: readonly { readonly path: string }[], type: ResourceType): readonly ClaimIssue[] {
  return rows.flatMap(({ path }, row): ClaimIssue[] => {
    try {
      placeOf(path, type);
      return [];
    } catch (error) {
      if (!(error instanceof SourceFault)) throw error;
      return [{ row, message: `${error.message} ${error.cure}` }];
    }
  });
}
