import type { Area } from '../suite/check.ts';
import { listOf } from '../suite/json.ts';
import { LIST_RESPONSE, USER } from '../suite/urn.ts';

/** GET of one resource and of a collection. */
export const read: Area = {
  name: 'read',
  needs: ['users'],
  checks: [
    {
      id: 'RFC7644-3.4.1-01',
      level: 'MUST',
      says: 'GET by id answers 200 with the resource, the same as when it was made.',
      async run(client, expect) {
        const made = await client.user({ displayName: 'Ada L.' });
        const answer = await client.get(`/Users/${made.id}`);
        expect.status(answer, 200);
        expect.equal(answer.json, made, 'the resource');
      },
    },
    {
      id: 'RFC7644-3.4.1-02',
      level: 'MUST',
      says: 'An id that nobody has answers 404 with a SCIM error.',
      async run(client, expect) {
        expect.error(await client.get(`/Users/${client.name('no')}`), 404);
        expect.error(await client.get('/Users/0'), 404);
      },
    },
    {
      id: 'RFC7643-3-02',
      level: 'MUST',
      says: 'Every resource has schemas and an id.',
      async run(client, expect) {
        const { id } = await client.user();
        const user = await client.read(`/Users/${id}`);
        expect.equal(user.id, id, 'id');
        expect.ok(listOf(user.schemas).map(String).includes(USER), `schemas must contain ${USER}`);
      },
    },
    {
      id: 'RFC7644-8.1-01',
      level: 'MUST',
      says: 'Text is UTF-8, in both directions, whatever the script.',
      needs: ['user:displayName'],
      async run(client, expect) {
        const displayName = 'Ådá Ωμέγα 山田太郎 🦉 "quoted" \\ back';
        const { id } = await client.user({ displayName });
        expect.equal((await client.read(`/Users/${id}`)).displayName, displayName, 'displayName');
      },
    },
    {
      id: 'RFC7644-3.4.2-01',
      level: 'MUST',
      says: 'GET of a collection answers a ListResponse with totalResults.',
      async run(client, expect) {
        await client.user();
        const answer = await client.get('/Users?count=1');
        expect.status(answer, 200);
        expect.ok(answer.schemas.includes(LIST_RESPONSE), `schemas must contain ${LIST_RESPONSE}`);
        expect.ok(Number.isInteger(answer.json.totalResults), 'totalResults must be an integer');
      },
    },
    {
      id: 'RFC7644-3.4.2-02',
      level: 'MUST',
      says: 'A query that finds nothing answers 200 with totalResults 0, not 404.',
      needs: ['filter'],
      async run(client, expect) {
        const answer = await client.find('/Users', `userName eq "${client.name('nobody')}"`);
        expect.status(answer, 200);
        expect.equal(answer.json.totalResults, 0, 'totalResults');
        expect.equal(answer.resources.length, 0, 'number of Resources');
      },
    },
    {
      id: 'RFC7644-3.4.2-03',
      level: 'MUST',
      says: 'A resource reads the same in a list and on its own.',
      needs: ['filter'],
      async run(client, expect) {
        const { id, userName } = await client.user();
        const answer = await client.find('/Users', `userName eq "${userName}"`);
        expect.equal(answer.resources[0], await client.read(`/Users/${id}`), 'the resource');
      },
    },
    {
      id: 'RFC7644-3.4.1-03',
      level: 'MUST',
      says: "An id of one resource type finds nothing under another's endpoint.",
      needs: ['groups'],
      async run(client, expect) {
        const { id } = await client.user();
        const answer = await client.get(`/Groups/${id}`);
        if (answer.status === 200)
          expect.ok(answer.json.meta?.resourceType === ('Group' as unknown), 'a user is given as a group');
        else expect.error(answer, 404);
      },
    },
    {
      id: 'RFC7643-2.3.5-01',
      level: 'MUST',
      says: 'dateTimes are in the form of XML Schema, with a time zone.',
      async run(client, expect) {
        const { meta } = await client.user();
        for (const name of ['created', 'lastModified'])
          expect.ok(
            /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(String(meta?.[name])),
            `meta.${name} is ${meta?.[name]}`,
          );
      },
    },
  ],
};
