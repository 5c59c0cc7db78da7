import { type Json, listOf, textOf } from '../../suite/json.ts';
import { LIST_RESPONSE } from '../../suite/urn.ts';
import type { Session } from '../session.ts';
import type { Reply } from '../wire.ts';

/** Reads the answer to a look-up: the one resource, or undefined where there is none. */
export function onlyOne(session: Session, reply: Reply, isIt: (found: Json) => boolean): Json | undefined {
  if (!session.answered(reply, 200)) return undefined;
  const { json, schemas } = reply;
  const found = listOf(json.Resources);
  session.holds(schemas.includes(LIST_RESPONSE), `a look-up must answer a ${LIST_RESPONSE}`);
  for (const name of ['totalResults', 'itemsPerPage', 'startIndex'])
    session.holds(json[name] === undefined || Number.isInteger(json[name]), `${name} must be an integer`);
  session.holds(Number(json.totalResults) === found.length || found.length > 0, 'totalResults must be there');
  session.holds(found.length <= 1, 'more than one was found');
  const [one] = found;
  // A service provider that ignores the filter answers strangers, and the identity provider would take them over.
  if (one && !session.holds(isIt(one), 'somebody else was found')) return undefined;
  return one;
}

/** Nobody may be found: what "Test connection" asks for with a name that it made up. */
export function nobody(session: Session, reply: Reply): void {
  if (!session.answered(reply, 200)) return;
  session.holds(listOf(reply.json.Resources).length === 0, 'a made-up name must find nobody');
  session.holds((reply.json.totalResults as unknown) === 0, 'totalResults must be 0');
}

/** Whether a user is who was asked for. */
export const hasUserName =
  (userName: string) =>
  (found: Json): boolean =>
    textOf(found.userName).toLowerCase() === userName.toLowerCase();

/** Whether a group is the one that was asked for. */
export const hasName =
  (displayName: string) =>
  (found: Json): boolean =>
    textOf(found.displayName).toLowerCase() === displayName.toLowerCase();
