import { textOf } from '../../suite/json.ts';
import type { IdentityProvider, Person, Team } from '../identity-provider.ts';
import type { Session } from '../session.ts';
import { coreGroup, coreUser, patchOp } from '../steps/bodies.ts';
import { hasUserName, onlyOne } from '../steps/look-up.ts';
import { isNoMember, membersAre } from '../steps/members.ts';
import { setActive } from '../steps/rfc-forms.ts';
import { activeIs, gone, patched, taken } from '../steps/user-answers.ts';

async function change(session: Session, team: Team, op: string, people: readonly Person[]): Promise<void> {
  const operation = { op, path: 'members', value: people.map(({ id }) => ({ value: id })) };
  patched(session, await session.send('PATCH', `/Groups/${team.id}`, patchOp(operation)), team.id);
}

/** Activation makes a test user and a test group and deletes both. Removal names members by value, without a filter. */
export const jumpcloud: IdentityProvider = {
  code: 'jumpcloud',
  name: 'JumpCloud',
  profile: 'jumpcloud',
  headers: { Accept: 'application/json' },
  contentType: 'application/json',

  async connect(session) {
    session.answered(await session.send('GET', '/Users?startIndex=1&count=1'), 200);
    const mark = `jc-test-${Date.now()}`;
    const test: Person = { number: 0, given: 'Test', family: 'User', mail: `${mark}@example.com`, externalId: mark };
    const team: Team = { name: mark, externalId: mark };
    taken(session, await session.send('POST', '/Users', coreUser(test)), test);
    taken(session, await session.send('POST', '/Groups', coreGroup(team)), team);
    if (test.id !== undefined && team.id !== undefined) {
      await change(session, team, 'add', [test]);
      await change(session, team, 'remove', [test]);
      await membersAre(session, team, []);
      gone(session, await session.send('DELETE', `/Groups/${team.id}`), team);
    }
    if (test.id !== undefined) gone(session, await session.send('DELETE', `/Users/${test.id}`), test);
  },

  async match(session, person) {
    const reply = await session.send('GET', `/Users?filter=userName eq "${person.mail}"`);
    const found = onlyOne(session, reply, hasUserName(person.mail));
    if (found) person.id = textOf(found.id);
  },
  async create(session, person) {
    taken(session, await session.send('POST', '/Users', coreUser(person)), person);
  },
  async update(session, person) {
    person.family = `${person.family}-Renamed`;
    const operations = [
      { op: 'replace', path: 'name.familyName', value: person.family },
      { op: 'replace', path: 'displayName', value: `${person.given} ${person.family}` },
      { op: 'replace', path: 'active', value: true },
    ];
    patched(session, await session.send('PATCH', `/Users/${person.id}`, patchOp(...operations)), person.id);
    const user = await activeIs(session, `/Users/${person.id}`, true);
    session.holds(textOf(user.name?.familyName) === person.family, 'the new name must be there');
  },
  deactivate: (session, person) => setActive(session, person, false),
  reactivate: (session, person) => setActive(session, person, true),
  async remove(session, person) {
    gone(session, await session.send('DELETE', `/Users/${person.id}`), person);
  },

  groups: {
    async create(session, team) {
      taken(session, await session.send('POST', '/Groups', coreGroup(team)), team);
    },
    async add(session, team, people) {
      await change(session, team, 'add', people);
      await membersAre(session, team, people);
    },
    async drop(session, team, person) {
      await change(session, team, 'remove', [person]);
      await isNoMember(session, team, person, 0);
    },
    async remove(session, team) {
      gone(session, await session.send('DELETE', `/Groups/${team.id}`), team);
    },
  },
};
