import { randomUUID } from 'node:crypto';
import { listOf, textOf } from '../../suite/json.ts';
import { ENTERPRISE, GROUP } from '../../suite/urn.ts';
import type { IdentityProvider, Person } from '../identity-provider.ts';
import type { Session } from '../session.ts';
import { enterpriseUser, patchOp } from '../steps/bodies.ts';
import { hasName, hasUserName, nobody, onlyOne } from '../steps/look-up.ts';
import { isNoMember } from '../steps/members.ts';
import { activeIs, gone, patched, taken } from '../steps/user-answers.ts';

const microsoftGroup = 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group';

/** Entra sends booleans as texts, and looks at who is inactive by id and by filter. */
async function setActive(session: Session, person: Person, active: boolean): Promise<void> {
  const operation = { op: 'Replace', path: 'active', value: active ? 'True' : 'False' };
  patched(session, await session.send('PATCH', `/Users/${person.id}`, patchOp(operation)), person.id);
  await activeIs(session, `/Users/${person.id}`, active);
  const found = await session.send('GET', `/Users?filter=userName eq "${person.mail}"`);
  session.holds(listOf(found.json.Resources).length === 1, 'an inactive user must be found by filter');
}

/** The default without `aadOptscim062020`: one operation per attribute, capital letters, texts for booleans. */
export const entra: IdentityProvider = {
  code: 'entra',
  name: 'Microsoft Entra ID',
  profile: 'entra',
  headers: { Accept: 'application/scim+json' },
  contentType: 'application/scim+json; charset=utf-8',
  accepts: ['application/scim+json'],

  async connect(session) {
    nobody(session, await session.send('GET', `/Users?filter=userName eq "${randomUUID()}"`));
    nobody(
      session,
      await session.send('GET', `/Groups?excludedAttributes=members&filter=displayName eq "${randomUUID()}"`),
    );
    const schemas = await session.send('GET', '/Schemas');
    if (session.answered(schemas, 200)) session.holds(!/:\s*null[,}]/.test(schemas.text), '/Schemas must hold no null');
  },

  async match(session, person) {
    const reply = await session.send('GET', `/Users?filter=userName eq "${person.mail}"`);
    const found = onlyOne(session, reply, hasUserName(person.mail));
    if (found) person.id = textOf(found.id);
  },

  async create(session, person) {
    const user = {
      ...enterpriseUser(person, { employeeNumber: String(person.number), department: 'Sales' }),
      meta: { resourceType: 'User' },
      roles: [],
    };
    taken(session, await session.send('POST', '/Users', user), person);
  },

  async update(session, person) {
    person.family = `${person.family}-Renamed`;
    const operations = [
      { op: 'Replace', path: 'name.familyName', value: person.family },
      { op: 'Replace', path: 'displayName', value: `${person.given} ${person.family}` },
      { op: 'Add', path: 'emails[type eq "other"].Value', value: `other-${person.mail}` },
      { op: 'Add', path: 'addresses[type eq "work"].Formatted', value: '1 Main Street' },
      { op: 'Replace', path: `${ENTERPRISE}:department`, value: 'Marketing' },
      { op: 'Add', path: `${ENTERPRISE}:manager`, value: person.id },
    ];
    patched(session, await session.send('PATCH', `/Users/${person.id}`, patchOp(...operations)), person.id);
    const { status, json } = await session.send('GET', `/Users/${person.id}`);
    if (status !== 200) return session.fault('the user must be readable after its update');
    const { manager, department } = json[ENTERPRISE] ?? {};
    session.holds(department === ('Marketing' as unknown), 'department must be as it was sent');
    session.holds(typeof manager === 'object', 'manager must be an object: a text breaks the reader of Entra');
    const other = listOf(json.emails).find(({ type }) => textOf(type) === 'other');
    session.holds(textOf(other?.value) === `other-${person.mail}`, 'Add to a filtered e-mail must make it');
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
      const path = `/Groups?excludedAttributes=members&filter=displayName eq "${team.name}"`;
      const found = onlyOne(session, await session.send('GET', path), hasName(team.name));
      if (found) team.id = textOf(found.id);
      if (team.id !== undefined) return;
      const meta = { resourceType: 'Group' };
      const { externalId, name: displayName } = team;
      const group = { schemas: [GROUP, microsoftGroup], externalId, displayName, meta };
      taken(session, await session.send('POST', '/Groups', group), team);
    },
    async add(session, team, people) {
      const value = people.map(({ id }) => ({ $ref: null, value: id }));
      patched(
        session,
        await session.send('PATCH', `/Groups/${team.id}`, patchOp({ op: 'Add', path: 'members', value })),
        team.id,
      );
      for (const { id } of people.slice(0, 3)) {
        const query = `/Groups?filter=id eq "${team.id}" and members eq "${id}"&attributes=id`;
        const { json } = await session.send('GET', query);
        session.holds(listOf(json.Resources).length === 1, 'a member must be found by id and members');
      }
    },
    async rename(session, team) {
      team.name = `${team.name} renamed`;
      const operation = { op: 'Replace', path: 'displayName', value: team.name };
      patched(session, await session.send('PATCH', `/Groups/${team.id}`, patchOp(operation)), team.id);
      const reply = await session.send('GET', `/Groups/${team.id}?excludedAttributes=members`);
      session.holds(!('members' in reply.json), 'excludedAttributes=members must leave the members out');
    },
    async drop(session, team, person) {
      const operation = { op: 'Remove', path: 'members', value: [{ $ref: null, value: person.id }] };
      patched(session, await session.send('PATCH', `/Groups/${team.id}`, patchOp(operation)), team.id);
      await isNoMember(session, team, person, 0);
    },
    async remove(session, team) {
      gone(session, await session.send('DELETE', `/Groups/${team.id}`), team);
    },
  },
};
