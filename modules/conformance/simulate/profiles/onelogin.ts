import { listOf, textOf } from '../../suite/json.ts';
import type { IdentityProvider, Person } from '../identity-provider.ts';
import type { Session } from '../session.ts';
import { coreGroup, patchOp } from '../steps/bodies.ts';
import { hasUserName, onlyOne } from '../steps/look-up.ts';
import { isNoMember } from '../steps/members.ts';
import { activeIs, gone, patched, replaced, taken } from '../steps/user-answers.ts';

/** The template that administrators copy: URIs from before the RFC, texts for booleans, a null id. */
const template = (person: Person, active: boolean) => ({
  schemas: ['urn:scim:schemas:core:2.0', 'urn:scim:schemas:extension:enterprise:2.0'],
  id: null,
  userName: person.mail,
  externalId: person.externalId,
  name: { familyName: person.family, givenName: person.given, formatted: `${person.given} ${person.family}` },
  emails: [{ value: person.mail, type: 'work', primary: true }],
  active: String(active),
  meta: { resourceType: 'User' },
});

const byName = (name: string): string => `/Users?filter=userName+eq+%22${encodeURIComponent(name)}%22&`;

async function put(session: Session, person: Person, active: boolean): Promise<void> {
  replaced(session, await session.send('PUT', `/Users/${person.id}?`, template(person, active)), person);
  await activeIs(session, `/Users/${person.id}`, active);
}

/** Users by PUT, groups by one PATCH per member; spaces as `+`, and `?` and `&` at the end of its URLs. */
export const onelogin: IdentityProvider = {
  code: 'onelogin',
  name: 'OneLogin',
  profile: 'onelogin',
  headers: { Accept: 'application/json' },
  contentType: 'application/scim+json',

  async connect(session) {
    const reply = await session.send('GET', byName(`onelogin-probe-${Date.now()}`));
    if (session.answered(reply, 200, 404))
      session.holds(listOf(reply.json.Resources).length === 0, 'a made-up name must find nobody');
  },

  async match(session, person) {
    const found = onlyOne(session, await session.send('GET', byName(person.mail)), hasUserName(person.mail));
    if (found) person.id = textOf(found.id);
  },
  async create(session, person) {
    taken(session, await session.send('POST', '/Users?', template(person, true)), person);
  },
  async update(session, person) {
    person.family = `${person.family}-Renamed`;
    await put(session, person, true);
  },
  deactivate: (session, person) => put(session, person, false),
  reactivate: (session, person) => put(session, person, true),
  async remove(session, person) {
    gone(session, await session.send('DELETE', `/Users/${person.id}?`), person);
  },

  groups: {
    async create(session, team) {
      session.answered(await session.send('GET', '/Groups?'), 200);
      taken(session, await session.send('POST', '/Groups?', coreGroup(team)), team);
    },
    async add(session, team, people) {
      for (const { id } of people) {
        const operation = { op: 'add', path: 'members', value: [{ value: id }] };
        patched(session, await session.send('PATCH', `/Groups/${team.id}?`, patchOp(operation)), team.id);
      }
    },
    async drop(session, team, person) {
      const operation = { op: 'remove', path: `members[value eq "${person.id}"]` };
      patched(session, await session.send('PATCH', `/Groups/${team.id}?`, patchOp(operation)), team.id);
      await isNoMember(session, team, person, 0);
    },
    async remove(session, team) {
      gone(session, await session.send('DELETE', `/Groups/${team.id}?`), team);
    },
  },
};
