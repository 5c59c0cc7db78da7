import type { Area } from '../suite/check.ts';
import { listOf, textOf } from '../suite/json.ts';
import { GROUP } from '../suite/urn.ts';
import { memberChecks } from './members.ts';

/** Groups as resources; what concerns their members stands in members.ts. */
export const groups: Area = {
  name: 'groups',
  needs: ['users', 'groups'],
  checks: [
    {
      id: 'RFC7643-4.2-01',
      level: 'MUST',
      says: 'A group is created with 201, a Location and its displayName, and can be read.',
      async run(client, expect) {
        const sent = client.newGroup();
        const answer = await client.post('/Groups', sent);
        expect.status(answer, 201);
        expect.equal(answer.headers.get('location'), answer.json.meta?.location, 'Location');
        const group = await client.read(`/Groups/${answer.json.id}`);
        expect.equal(group.displayName, sent.displayName, 'displayName');
        expect.equal(group.meta?.resourceType, 'Group', 'meta.resourceType');
        expect.ok(listOf(group.schemas).map(String).includes(GROUP), `schemas must contain ${GROUP}`);
      },
    },
    {
      id: 'RFC7643-4.2-02',
      level: 'MUST',
      says: 'A group without the required displayName is refused with 400.',
      async run(client, expect) {
        expect.error(await client.post('/Groups', { schemas: [GROUP] }), 400, 'invalidValue');
      },
    },
    {
      id: 'RFC7643-4.2-03',
      level: 'MUST',
      says: 'A group can be found by its displayName, whatever its case.',
      needs: ['filter'],
      async run(client, expect) {
        const { id, displayName } = await client.group();
        for (const name of [textOf(displayName), textOf(displayName).toUpperCase()]) {
          const answer = await client.find('/Groups', `displayName eq "${name}"`);
          expect.equal(answer.ids, [id], `groups found by ${name}`);
        }
      },
    },
    {
      id: 'RFC7643-4.2-04',
      level: 'MUST',
      says: 'A group that nobody has answers an empty list to a filter and 404 to its id.',
      needs: ['filter'],
      async run(client, expect) {
        const answer = await client.find('/Groups', `displayName eq "${client.name('none')}"`);
        expect.status(answer, 200);
        expect.equal(answer.json.totalResults, 0, 'totalResults');
        expect.error(await client.get(`/Groups/${client.name('none')}`), 404);
      },
    },
    {
      id: 'RFC7643-4.2-05',
      level: 'MUST',
      says: 'A group is renamed by PUT and by PATCH.',
      needs: ['patch'],
      async run(client, expect) {
        const group = await client.group();
        const path = `/Groups/${group.id}`;
        const first = client.name('Group ');
        expect.status(await client.put(path, { ...group, displayName: first }), 200);
        expect.equal((await client.read(path)).displayName, first, 'displayName after PUT');
        const second = client.name('Group ');
        expect.status(await client.patch(path, { op: 'replace', path: 'displayName', value: second }), 200, 204);
        expect.equal((await client.read(path)).displayName, second, 'displayName after PATCH');
      },
    },
    {
      id: 'RFC7644-3.6-06',
      level: 'MUST',
      says: 'A deleted group answers 404, and its members stay.',
      async run(client, expect) {
        const user = await client.user();
        const group = await client.group({ members: [{ value: user.id }] });
        expect.status(await client.delete(`/Groups/${group.id}`), 204);
        expect.error(await client.get(`/Groups/${group.id}`), 404);
        expect.absent((await client.read(`/Users/${user.id}`)).groups, 'groups of the member');
      },
    },
    {
      id: 'RFC7643-4.2-06',
      level: 'MUST',
      says: 'The externalId of a group is kept as it was sent.',
      needs: ['filter'],
      async run(client, expect) {
        const externalId = client.name('G/x-');
        const { id } = await client.group({ externalId });
        expect.equal((await client.read(`/Groups/${id}`)).externalId, externalId, 'externalId');
        expect.equal((await client.find('/Groups', `externalId eq "${externalId}"`)).ids, [id], 'groups found');
      },
    },
    {
      id: 'RFC7643-4.2-07',
      level: 'MUST',
      says: 'displayName can not be removed from a group.',
      needs: ['patch'],
      async run(client, expect) {
        const { id, displayName } = await client.group();
        const answer = await client.patch(`/Groups/${id}`, { op: 'remove', path: 'displayName' });
        expect.error(answer, 400, 'mutability', 'invalidValue');
        expect.equal((await client.read(`/Groups/${id}`)).displayName, displayName, 'displayName');
      },
    },
    {
      id: 'RFC7644-3.4.2-04',
      level: 'MUST',
      says: 'Groups are listed with totalResults.',
      async run(client, expect) {
        await client.group();
        const answer = await client.get('/Groups?count=1&excludedAttributes=members');
        expect.status(answer, 200);
        expect.ok(Number(answer.json.totalResults) >= 1, 'totalResults must count the group');
        expect.equal(answer.resources.length, 1, 'number of Resources');
      },
    },
    ...memberChecks,
  ],
};
