import { textOf } from '../../suite/json.ts';
import type { IdentityProvider } from '../identity-provider.ts';
import { coreGroup, coreUser, patchOp } from '../steps/bodies.ts';
import { hasName, hasUserName, nobody, onlyOne } from '../steps/look-up.ts';
import { isNoMember, membersAre } from '../steps/members.ts';
import { setActive } from '../steps/rfc-forms.ts';
import { gone, patched, replaced, taken } from '../steps/user-answers.ts';

const filtered = (endpoint: string, filter: string): string => `${endpoint}?filter=${encodeURIComponent(filter)}`;

/** By the book: RFC 7644 and nothing else. */
export const generic: IdentityProvider = {
  code: 'generic',
  name: 'An identity provider by the book',
  profile: 'generic',
  headers: { Accept: 'application/scim+json', 'User-Agent': 'vestibule-simulation' },
  contentType: 'application/scim+json',
  accepts: ['application/scim+json'],

  async connect(session) {
    for (const path of ['/ServiceProviderConfig', '/ResourceTypes', '/Schemas'])
      session.answered(await session.send('GET', path), 200);
    nobody(session, await session.send('GET', filtered('/Users', `userName eq "probe-${Date.now()}"`)));
  },
  async match(session, person) {
    const reply = await session.send('GET', filtered('/Users', `userName eq "${person.mail}"`));
    const found = onlyOne(session, reply, hasUserName(person.mail));
    if (found) person.id = textOf(found.id);
  },
  async create(session, person) {
    const reply = await session.send('POST', '/Users', coreUser(person));
    taken(session, reply, person);
    session.holds(reply.headers.location !== undefined, 'a 201 must have a Location');
  },
  async update(session, person) {
    person.family = `${person.family}-Renamed`;
    replaced(session, await session.send('PUT', `/Users/${person.id}`, coreUser(person)), person);
    const rename = { op: 'replace', path: 'name.givenName', value: `${person.given}-Patched` };
    patched(session, await session.send('PATCH', `/Users/${person.id}`, patchOp(rename)), person.id);
    const { json } = await session.send('GET', `/Users/${person.id}`);
    session.holds(textOf(json.name?.familyName) === person.family, 'the name of the PUT must be there');
    session.holds(textOf(json.name?.givenName) === `${person.given}-Patched`, 'the name of the PATCH must be there');
  },
  deactivate: (session, person) => setActive(session, person, false),
  reactivate: (session, person) => setActive(session, person, true),
  async remove(session, person) {
    const { id } = person;
    gone(session, await session.send('DELETE', `/Users/${id}`), person);
    session.answered(await session.send('GET', `/Users/${id}`), 404);
  },

  groups: {
    async create(session, team) {
      const reply = await session.send('GET', filtered('/Groups', `displayName eq "${team.name}"`));
      const found = onlyOne(session, reply, hasName(team.name));
      if (found) team.id = textOf(found.id);
      else taken(session, await session.send('POST', '/Groups', coreGroup(team)), team);
    },
    async add(session, team, people) {
      const operation = { op: 'add', path: 'members', value: people.map(({ id }) => ({ value: id })) };
      patched(session, await session.send('PATCH', `/Groups/${team.id}`, patchOp(operation)), team.id);
      await membersAre(session, team, people);
    },
    async drop(session, team, person) {
      const operation = { op: 'remove', path: `members[value eq "${person.id}"]` };
      patched(session, await session.send('PATCH', `/Groups/${team.id}`, patchOp(operation)), team.id);
      await isNoMember(session, team, person, 0);
    },
    async remove(session, team) {
      gone(session, await session.send('DELETE', `/Groups/${team.id}`), team);
    },
  },
};
