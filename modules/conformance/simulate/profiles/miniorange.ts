import { textOf } from '../../suite/json.ts';
import type { IdentityProvider } from '../identity-provider.ts';
import { hasUserName, onlyOne } from '../steps/look-up.ts';
import { renameByPut, setActive, withoutExternalId } from '../steps/rfc-forms.ts';
import { gone, taken } from '../steps/user-answers.ts';

/** The SCIM Server (Destination) application, with the six attributes that it requires. Its verbs are not documented; RFC forms stand for them. */
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
    taken(session, await session.send('POST', '/Users', withoutExternalId(person)), person);
  },
  update: renameByPut,
  deactivate: (session, person) => setActive(session, person, false),
  reactivate: (session, person) => setActive(session, person, true),
  async remove(session, person) {
    gone(session, await session.send('DELETE', `/Users/${person.id}`), person);
  },
};
