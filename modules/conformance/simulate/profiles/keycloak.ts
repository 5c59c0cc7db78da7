import { GROUP, USER } from '../../suite/urn.ts';
import type { IdentityProvider, Person } from '../identity-provider.ts';
import type { Session } from '../session.ts';
import { patchOp } from '../steps/bodies.ts';
import { membersAre } from '../steps/members.ts';
import { activeIs, gone, patched, replaced, taken } from '../steps/user-answers.ts';

/** E-mails without a type, an id that is sent as null until there is one. */
const user = (person: Person, active: boolean) => ({
  schemas: [USER],
  id: person.id ?? null,
  externalId: person.externalId,
  userName: person.mail,
  displayName: `${person.given} ${person.family}`,
  name: { givenName: person.given, familyName: person.family },
  emails: [{ value: person.mail }],
  active,
  roles: [],
});

async function put(session: Session, person: Person, active: boolean): Promise<void> {
  const reply = await session.send('PUT', `/Users/${person.id}`, user(person, active));
  replaced(session, reply, person);
  // The plugin unwraps these three without asking whether they are there.
  for (const name of ['displayName', 'active', 'userName'])
    session.holds(name in reply.json, `${name} must be in every answer`);
  await activeIs(session, `/Users/${person.id}`, active);
}

/** keycloak-scim (libre.sh): no look-up before a POST, whole bodies by PUT, members with relative `$ref`. */
export const keycloak: IdentityProvider = {
  code: 'keycloak',
  name: 'Keycloak (keycloak-scim)',
  profile: 'generic',
  headers: { Accept: 'application/scim+json' },
  contentType: 'application/scim+json',

  async connect(session) {
    session.answered(await session.send('GET', '/Users'), 200);
  },
  async create(session, person) {
    taken(session, await session.send('POST', '/Users', user(person, true)), person);
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
      const group = { schemas: [GROUP], externalId: team.externalId, displayName: team.name, members: [] };
      taken(session, await session.send('POST', '/Groups', group), team);
    },
    async add(session, team, people) {
      const members = people.map(({ id }) => ({ value: id, $ref: `Users/${id}` }));
      const group = { schemas: [GROUP], id: team.id, externalId: team.externalId, displayName: team.name, members };
      const reply = await session.send('PUT', `/Groups/${team.id}`, group);
      session.answered(reply, 200);
      await membersAre(session, team, people);
    },
    async drop(session, team) {
      const operations = [
        { path: 'members', op: 'remove', value: null },
        { op: 'replace', path: 'displayName', value: team.name },
        { op: 'replace', path: 'externalId', value: team.externalId },
      ];
      patched(session, await session.send('PATCH', `/Groups/${team.id}`, patchOp(...operations)), team.id);
      await membersAre(session, team, []);
    },
    async remove(session, team) {
      gone(session, await session.send('DELETE', `/Groups/${team.id}`), team);
    },
  },
};
