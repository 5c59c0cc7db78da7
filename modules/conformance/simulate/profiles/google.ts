import { textOf } from '../../suite/json.ts';
import type { IdentityProvider } from '../identity-provider.ts';
import { hasUserName, nobody, onlyOne } from '../steps/look-up.ts';
import { renameByPut, setActive, withoutExternalId } from '../steps/rfc-forms.ts';
import { gone, taken } from '../steps/user-answers.ts';

const byName = (name: string): string => `/Users?filter=userName%20eq%20%22${name}%22&startIndex=1`;

/** Users only, without externalId. What it does beyond looking up is not documented; RFC forms stand for it. */
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
    taken(session, await session.send('POST', '/Users', withoutExternalId(person)), person);
  },
  update: renameByPut,
  deactivate: (session, person) => setActive(session, person, false),
  reactivate: (session, person) => setActive(session, person, true),
  async remove(session, person) {
    const { id } = person;
    gone(session, await session.send('DELETE', `/Users/${id}`), person);
    session.answered(await session.send('DELETE', `/Users/${id}`), 404);
  },
};
