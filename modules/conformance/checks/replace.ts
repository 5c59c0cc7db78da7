import type { Area } from '../suite/check.ts';
import { listOf, textOf } from '../suite/json.ts';
import { USER } from '../suite/urn.ts';

/** PUT. */
export const replace: Area = {
  name: 'replace',
  needs: ['users'],
  checks: [
    {
      id: 'RFC7644-3.5.1-01',
      level: 'MUST',
      says: 'PUT answers 200 with the whole resource as it is then.',
      async run(client, expect) {
        const { id, userName, emails } = await client.user();
        const name = { givenName: 'Grace', familyName: 'Hopper' };
        const answer = await client.put(`/Users/${id}`, { schemas: [USER], userName, emails, name });
        expect.status(answer, 200);
        expect.equal(answer.json.name?.givenName, 'Grace', 'name.givenName');
        expect.equal(await client.read(`/Users/${id}`), answer.json, 'the resource as read afterwards');
      },
    },
    {
      id: 'RFC7644-3.5.1-02',
      level: 'MAY',
      says: 'PUT clears attributes that it does not name.',
      needs: ['user:nickName', 'user:title'],
      async run(client, expect) {
        const { id, userName, emails, name } = await client.user({ nickName: 'Ace', title: 'Dr' });
        await client.put(`/Users/${id}`, { schemas: [USER], userName, emails, name });
        const user = await client.read(`/Users/${id}`);
        expect.absent(user.nickName, 'nickName');
        expect.absent(user.title, 'title');
      },
    },
    {
      id: 'RFC7644-3.5.1-03',
      level: 'MUST',
      says: 'Values of readOnly attributes in a PUT are ignored.',
      async run(client, expect) {
        const made = await client.user();
        const meta = { ...made.meta, created: '2001-01-01T00:00:00Z', resourceType: 'Group' };
        const answer = await client.put(`/Users/${made.id}`, { ...made, id: 'other', meta });
        expect.status(answer, 200);
        expect.equal(answer.json.id, made.id, 'id');
        expect.equal(answer.json.meta?.created, made.meta?.created, 'meta.created');
        expect.equal(answer.json.meta?.resourceType, 'User', 'meta.resourceType');
      },
    },
    {
      id: 'RFC7644-3.5.1-04',
      level: 'MUST',
      says: 'PUT of what GET answered changes nothing.',
      async run(client, expect) {
        const { id } = await client.user({ displayName: 'Ada', externalId: client.name('x') });
        const { meta: _, ...before } = await client.read(`/Users/${id}`);
        expect.status(await client.put(`/Users/${id}`, await client.read(`/Users/${id}`)), 200);
        const { meta: __, ...after } = await client.read(`/Users/${id}`);
        expect.equal(after, before, 'the resource');
      },
    },
    {
      id: 'RFC7644-3.5.1-05',
      level: 'MUST',
      says: 'PUT does not create: an id that nobody has answers 404.',
      async run(client, expect) {
        expect.error(await client.put(`/Users/${client.name('no')}`, client.newUser()), 404);
      },
    },
    {
      id: 'RFC7644-3.5.1-06',
      level: 'MUST',
      says: "PUT with another user's userName is refused with 409 uniqueness, and changes nothing.",
      async run(client, expect) {
        const first = await client.user();
        const second = await client.user();
        const answer = await client.put(`/Users/${second.id}`, { ...second, userName: first.userName });
        expect.error(answer, 409, 'uniqueness');
        expect.equal((await client.read(`/Users/${second.id}`)).userName, second.userName, 'userName');
      },
    },
    {
      id: 'RFC7644-3.5.1-07',
      level: 'MUST',
      says: 'PUT without a required attribute is refused with 400.',
      async run(client, expect) {
        const { id, userName: _, ...rest } = await client.user();
        expect.error(await client.put(`/Users/${id}`, rest), 400, 'invalidValue');
      },
    },
    {
      id: 'RFC7644-3.5.1-08',
      level: 'MUST',
      says: 'PUT replaces the values of a multi-valued attribute.',
      async run(client, expect) {
        const user = await client.user();
        const emails = [{ value: `${client.name()}@example.com`, type: 'work', primary: true }];
        await client.put(`/Users/${user.id}`, { ...user, emails });
        const found = listOf((await client.read(`/Users/${user.id}`)).emails).map(({ value }) => textOf(value));
        expect.equal(
          found,
          emails.map(({ value }) => value),
          'values of emails',
        );
      },
    },
    {
      id: 'RFC7644-3.5.1-09',
      level: 'MUST',
      says: 'PUT with active false deactivates, with active true activates again.',
      needs: ['user:active'],
      async run(client, expect) {
        const user = await client.user();
        for (const active of [false, true]) {
          expect.status(await client.put(`/Users/${user.id}`, { ...user, active }), 200);
          expect.equal((await client.read(`/Users/${user.id}`)).active, active, 'active');
        }
      },
    },
    {
      id: 'RFC7644-3.5.1-10',
      level: 'SHOULD',
      says: 'PUT, PATCH and DELETE of a whole collection are refused.',
      async run(client, expect) {
        for (const method of ['PUT', 'PATCH', 'DELETE']) {
          const answer = await client.send(method, '/Users', method === 'DELETE' ? {} : { body: client.newUser() });
          expect.ok([400, 403, 404, 405, 501].includes(answer.status), `${answer.request} answered ${answer.status}`);
        }
      },
    },
  ],
};
