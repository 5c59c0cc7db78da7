import { textOf } from '../../suite/json.ts';
import type { IdentityProvider, Person } from '../identity-provider.ts';
import type { Session } from '../session.ts';
import { coreGroup, coreUser, patchOp } from '../steps/bodies.ts';
import { hasName, hasUserName, onlyOne } from '../steps/look-up.ts';
import { isNoMember, membersAre } from '../steps/members.ts';
import { activeIs, gone, patched, replaced, taken } from '../steps/user-answers.ts';

const quoted = (text: string): string => encodeURIComponent(`"${text}"`);

async function setActive(session: Session, person: Person, active: boolean): Promise<void> {
  const reply = await session.send('PATCH', `/Users/${person.id}`, patchOp({ op: 'replace', value: { active } }));
  patched(session, reply, person.id);
  const user = await activeIs(session, `/Users/${person.id}`, active);
  session.holds(textOf(user.userName) !== '', 'an inactive user keeps its profile');
}

/** An OIN application: PUT for the profile, PATCH for the state. It never deletes users. */
export const okta: IdentityProvider = {
  code: 'okta',
  name: 'Okta',
  profile: 'okta',
  headers: {
    'User-Agent': 'Okta SCIM Client 1.0.0',
    Accept: 'application/scim+json',
    'Accept-Charset': 'utf-8',
  },
  contentType: 'application/scim+json; charset=utf-8',
  accepts: ['application/scim+json'],

  async connect(session) {
    session.answered(await session.send('GET', '/Users?startIndex=1&count=2'), 200);
    session.answered(await session.send('GET', '/Groups?startIndex=1&count=100'), 200);
    const refused = await session.send('GET', '/Users?count=1&startIndex=1', undefined, { Authorization: 'non-token' });
    if (session.answered(refused, 401))
      session.holds(refused.json.status === ('401' as unknown), 'a 401 must have status "401" and a detail');
  },

  async match(session, person) {
    const path = `/Users?filter=userName%20eq%20${quoted(person.mail)}&startIndex=1&count=100`;
    const found = onlyOne(session, await session.send('GET', path), hasUserName(person.mail));
    if (found) person.id = textOf(found.id);
  },

  async create(session, person) {
    const user = { ...coreUser(person), locale: 'en-US', groups: [], password: `1mz050nq${person.number}` };
    taken(session, await session.send('POST', '/Users', user), person);
  },

  async update(session, person) {
    const read = await session.send('GET', `/Users/${person.id}`);
    if (!session.answered(read, 200)) return;
    person.family = `${person.family}-Renamed`;
    const { groups = [], meta } = read.json as { groups?: unknown; meta?: unknown };
    const user = { ...coreUser(person), id: person.id, locale: 'en-US', groups, meta };
    replaced(session, await session.send('PUT', `/Users/${person.id}`, user), person);
  },

  deactivate: (session, person) => setActive(session, person, false),
  reactivate: (session, person) => setActive(session, person, true),

  groups: {
    async create(session, team) {
      const path = `/Groups?filter=displayName%20eq%20${quoted(team.name)}&startIndex=1&count=100`;
      const found = onlyOne(session, await session.send('GET', path), hasName(team.name));
      if (found) team.id = textOf(found.id);
      else taken(session, await session.send('POST', '/Groups', { ...coreGroup(team), members: [] }), team);
    },
    async add(session, team, people) {
      const value = people.map(({ id, mail }) => ({ value: id, display: mail }));
      const reply = await session.send('PATCH', `/Groups/${team.id}`, patchOp({ op: 'add', path: 'members', value }));
      patched(session, reply, team.id);
      await membersAre(session, team, people);
    },
    async rename(session, team) {
      team.name = `${team.name} renamed`;
      const value = { id: team.id, displayName: team.name };
      patched(session, await session.send('PATCH', `/Groups/${team.id}`, patchOp({ op: 'replace', value })), team.id);
    },
    async drop(session, team, person) {
      const remove = { op: 'remove', path: `members[value eq "${person.id}"]` };
      patched(session, await session.send('PATCH', `/Groups/${team.id}`, patchOp(remove)), team.id);
      await isNoMember(session, team, person, 0);
    },
    async remove(session, team) {
      gone(session, await session.send('DELETE', `/Groups/${team.id}`), team);
    },
  },
};
