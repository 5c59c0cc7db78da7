import { textOf } from '../../suite/json.ts';
import type { IdentityProvider, Person } from '../identity-provider.ts';
import type { Session } from '../session.ts';
import { coreUser, patchOp } from '../steps/bodies.ts';
import { hasUserName, onlyOne } from '../steps/look-up.ts';
import { activeIs, gone, patched, replaced, taken } from '../steps/user-answers.ts';

/** The six attributes that its SCIM Server application requires. */
const user = (person: Person) => {
  const { externalId: _, ...rest } = coreUser(person);
  return rest;
};

async function setActive(session: Session, person: Person, active: boolean): Promise<void> {
  const operation = { op: 'replace', path: 'active', value: active };
  patched(session, await session.send('PATCH', `/Users/${person.id}`, patchOp(operation)), person.id);
  await activeIs(session, `/Users/${person.id}`, active);
}

/** The SCIM Server (Destination) application. Its verbs are not documented; RFC forms stand for them. */
export const miniorange: IdentityProvider = {
  code: 'miniorange',
  name: 'miniOrange',
  profile: 'miniorange',
  headers: { Accept: 'application/json' },
  contentType: 'application/json',

  async connect(session) {
    session.answered(await session.send('GET', '/Users?startIndex=1&count=1'), 200);
  },
  async match(session, person) {
    const reply = await session.send('GET', `/Users?filter=userName eq "${person.mail}"`);
    const found = onlyOne(session, reply, hasUserName(person.mail));
    if (found) person.id = textOf(found.id);
  },
  async create(session, person) {
    taken(session, await session.send('POST', '/Users', user(person)), person);
  },
  async update(session, person) {
    person.family = `${person.family}-Renamed`;
    const reply = await session.send('PUT', `/Users/${person.id}`, { ...user(person), id: person.id });
    replaced(session, reply, person);
    session.holds(textOf(reply.json.name?.familyName) === person.family, 'the new name must be in the answer');
  },
  deactivate: (session, person) => setActive(session, person, false),
  reactivate: (session, person) => setActive(session, person, true),
  async remove(session, person) {
    gone(session, await session.send('DELETE', `/Users/${person.id}`), person);
  },
};
