import { textOf } from '../../suite/json.ts';
import type { Person } from '../identity-provider.ts';
import type { Session } from '../session.ts';
import { coreUser, patchOp } from './bodies.ts';
import { activeIs, patched, replaced } from './user-answers.ts';

/** Locks a user out or lets it back in as RFC 7644 §3.5.2 has it: one operation with a path and a boolean. */
export async function setActive(session: Session, person: Person, active: boolean): Promise<void> {
  const operation = { op: 'replace', path: 'active', value: active };
  patched(session, await session.send('PATCH', `/Users/${person.id}`, patchOp(operation)), person.id);
  await activeIs(session, `/Users/${person.id}`, active);
}

/** A user of those who keep no externalId. */
export function withoutExternalId(person: Person) {
  const { externalId: _, ...user } = coreUser(person);
  return user;
}

/** Gives a person another family name by a PUT of the whole user, and looks for it in the answer. */
export async function renameByPut(session: Session, person: Person): Promise<void> {
  person.family = `${person.family}-Renamed`;
  const reply = await session.send('PUT', `/Users/${person.id}`, { ...withoutExternalId(person), id: person.id });
  replaced(session, reply, person);
  session.holds(textOf(reply.json.name?.familyName) === person.family, 'the new name must be in the answer');
}
