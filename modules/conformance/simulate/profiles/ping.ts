import { listOf, textOf } from '../../suite/json.ts';
import type { IdentityProvider, Person } from '../identity-provider.ts';
import type { Session } from '../session.ts';
import { coreGroup, enterpriseUser, patchOp } from '../steps/bodies.ts';
import { hasUserName, onlyOne } from '../steps/look-up.ts';
import { isNoMember, membersAre } from '../steps/members.ts';
import { activeIs, gone, patched, replaced, taken } from '../steps/user-answers.ts';

async function put(session: Session, person: Person, active: boolean): Promise<void> {
  const user = { ...enterpriseUser(person, { department: 'Sales' }, active), id: person.id };
  replaced(session, await session.send('PUT', `/Users/${person.id}`, user), person);
  await activeIs(session, `/Users/${person.id}`, active);
}

/** PingOne and PingFederate: users by PUT, groups by PATCH, groups matched by listing them all. */
export const ping: IdentityProvider = {
  code: 'ping',
  name: 'PingOne / PingFederate',
  profile: 'pingone',
  headers: { Accept: 'application/json' },
  contentType: 'application/json',

  async connect(session) {
    session.answered(await session.send('GET', '/Users/0'), 404);
  },
  async match(session, person) {
    const reply = await session.send('GET', `/Users?filter=username%20Eq%20%22${person.mail}%22`);
    const found = onlyOne(session, reply, hasUserName(person.mail));
    if (found) person.id = textOf(found.id);
  },
  async create(session, person) {
    taken(session, await session.send('POST', '/Users', enterpriseUser(person, { department: 'Sales' })), person);
  },
  async update(session, person) {
    person.family = `${person.family}-Renamed`;
    await put(session, person, true);
  },
  deactivate: (session, person) => put(session, person, false),
  reactivate: (session, person) => put(session, person, true),
  async remove(session, person) {
    gone(session, await session.send('DELETE', `/Users/${person.id}`), person);
  },

  groups: {
    async create(session, team) {
      const all = await session.send('GET', '/Groups');
      session.answered(all, 200);
      const known = listOf(all.json.Resources).find(({ displayName }) => textOf(displayName) === team.name);
      if (known) team.id = textOf(known.id);
      else taken(session, await session.send('POST', '/Groups', coreGroup(team)), team);
    },
    async add(session, team, people) {
      const operation = { op: 'add', path: 'members', value: people.map(({ id }) => ({ value: id })) };
      patched(session, await session.send('PATCH', `/Groups/${team.id}`, patchOp(operation)), team.id);
      await membersAre(session, team, people);
    },
    async rename(session, team) {
      team.name = `${team.name} renamed`;
      const operation = { op: 'replace', path: 'displayName', value: team.name };
      patched(session, await session.send('PATCH', `/Groups/${team.id}`, patchOp(operation)), team.id);
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
