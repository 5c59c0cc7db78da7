import type { Area } from '../suite/check.ts';

/** DELETE. */
export const remove: Area = {
  name: 'delete',
  needs: ['users'],
  checks: [
    {
      id: 'RFC7644-3.6-01',
      level: 'MUST',
      says: 'DELETE answers 204 without a body.',
      async run(client, expect) {
        const { id } = await client.user();
        const answer = await client.delete(`/Users/${id}`);
        expect.status(answer, 204);
        expect.equal(answer.text, '', 'body');
      },
    },
    {
      id: 'RFC7644-3.6-02',
      level: 'MUST',
      says: 'Every operation on a deleted resource answers 404.',
      needs: ['patch'],
      async run(client, expect) {
        const user = await client.user();
        const path = `/Users/${user.id}`;
        await client.delete(path);
        expect.error(await client.get(path), 404);
        expect.error(await client.put(path, user), 404);
        expect.error(await client.patch(path, { op: 'replace', path: 'active', value: true }), 404);
        expect.error(await client.delete(path), 404);
      },
    },
    {
      id: 'RFC7644-3.6-03',
      level: 'MUST',
      says: 'A deleted resource is in no list.',
      needs: ['filter'],
      async run(client, expect) {
        const { id, userName } = await client.user();
        await client.delete(`/Users/${id}`);
        for (const filter of [`userName eq "${userName}"`, `userName sw "${userName}"`, `id eq "${id}"`])
          expect.equal((await client.find('/Users', filter)).json.totalResults, 0, `users found by ${filter}`);
      },
    },
    {
      id: 'RFC7644-3.6-04',
      level: 'SHOULD',
      says: 'The userName of a deleted user is free again.',
      async run(client, expect) {
        const { id, userName, emails } = await client.user();
        await client.delete(`/Users/${id}`);
        expect.status(await client.post('/Users', client.newUser({ userName, emails })), 201);
      },
    },
    {
      id: 'RFC7644-3.6-05',
      level: 'MUST',
      says: 'An id that nobody has answers 404.',
      async run(client, expect) {
        expect.error(await client.delete(`/Users/${client.name('no')}`), 404);
      },
    },
    {
      id: 'RFC7643-3.1-03',
      level: 'MUST',
      says: 'The id of a deleted resource is not given to another.',
      async run(client, expect) {
        const first = await client.user();
        await client.delete(`/Users/${first.id}`);
        const { userName, emails } = first;
        const second = await client.post('/Users', client.newUser({ userName, emails }));
        if (second.status === 201) expect.ok(second.json.id !== first.id, 'the id was given again');
        else expect.skip(`the name is not free again: ${second.status}`);
      },
    },
  ],
};
