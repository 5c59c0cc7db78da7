import { type Json, textOf } from '../../suite/json.ts';
import type { Person } from '../identity-provider.ts';
import type { Session } from '../session.ts';
import type { Reply } from '../wire.ts';

/** Reads the answer to a POST: a 201 with a body that has an id, which the person or the group has from then on. */
export function taken(session: Session, reply: Reply, who: { id?: string }): void {
  if (!session.answered(reply, 201)) return;
  const id = textOf(reply.json.id);
  if (session.holds(id !== '', 'a 201 must have a body with an id')) who.id = id;
  session.holds(!('password' in reply.json), 'the password must not come back');
}

/** Reads the answer to a PUT: 200 with the user as it is then. */
export function replaced(session: Session, reply: Reply, person: Person): void {
  if (!session.answered(reply, 200)) return;
  session.holds(reply.json.id === (person.id as unknown), 'the answer must be the user');
}

/** Reads the answer to a PATCH: 200 with the resource, or 204. */
export function patched(session: Session, reply: Reply, id: string | undefined): void {
  if (session.answered(reply, 200, 204) && reply.status === 200)
    session.holds(reply.json.id === (id as unknown), 'a 200 to a PATCH must have the resource as its body');
}

/** Reads the answer to a DELETE. Somebody who is gone already is gone. */
export function gone(session: Session, reply: Reply, who: { id?: string }): void {
  if (session.answered(reply, 204, 404)) delete who.id;
}

/** Reads a user and looks whether it is active, as a JSON boolean. */
export async function activeIs(session: Session, path: string, active: boolean): Promise<Json> {
  const reply = await session.send('GET', path);
  if (session.answered(reply, 200))
    session.holds(reply.json.active === (active as unknown), `active must be ${active}`);
  return reply.json;
}
