import { textOf } from '../../suite/json.ts';
import type { IdentityProvider, Person } from '../identity-provider.ts';
import type { Session } from '../session.ts';
import { coreUser, patchOp } from '../steps/bodies.ts';
import { hasUserName, nobody, onlyOne } from '../steps/look-up.ts';
import { activeIs, gone, patched, replaced, taken } from '../steps/user-answers.ts';

const byName = (name: string): string => `/Users?filter=userName%20eq%20%22${name}%22&startIndex=1`;

/** Google leaves externalId out. */
const user = ({ ...person }: Person) => {
  const { externalId: _, ...rest } = coreUser(person);
  return rest;
};

async function setActive(session: Session, person: Person, active: boolean): Promise<void> {
  const operation = { op: 'replace', path: 'active', value: active };
  patched(session, await session.send('PATCH', `/Users/${person.id}`, patchOp(operation)), person.id);
  await activeIs(session, `/Users/${person.id}`, active);
}

/** Users only. What it does beyond looking up is not documented; RFC forms stand for it. */
export const google: IdentityProvider = {
  code: 'google',
  name: 'Google Workspace',
  profile: 'google',
  headers: { Accept: 'application/json' },
  contentType: 'application/json; charset=UTF-8',

  async connect(session) {
    nobody(session, await session.send('GET', byName(`probe-${Date.now()}@example.com`)));
  },
  async match(session, person) {
    const found = onlyOne(session, await session.send('GET', byName(person.mail)), hasUserName(person.mail));
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
    const { id } = person;
    gone(session, await session.send('DELETE', `/Users/${id}`), person);
    session.answered(await session.send('DELETE', `/Users/${id}`), 404);
  },
};
