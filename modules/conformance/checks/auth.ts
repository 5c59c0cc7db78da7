import type { Area } from '../suite/check.ts';
import { textOf } from '../suite/json.ts';

/** Who may ask. */
export const auth: Area = {
  name: 'auth',
  needs: ['users'],
  checks: [
    {
      id: 'RFC7644-2-01',
      level: 'MUST',
      says: 'Without a token nothing is read or written: 401 with a SCIM error.',
      async run(client, expect) {
        const headers = { authorization: undefined };
        const { id } = await client.user();
        expect.error(await client.get('/Users', headers), 401);
        expect.error(await client.get(`/Users/${id}`, headers), 401);
        expect.error(await client.post('/Users', client.newUser(), headers), 401);
        expect.error(await client.delete(`/Users/${id}`, headers), 401);
        expect.equal((await client.get(`/Users/${id}`)).status, 200, 'status of the user afterwards');
      },
    },
    {
      id: 'RFC7644-2-02',
      level: 'MUST',
      says: 'A 401 says in WWW-Authenticate how to authenticate.',
      async run(client, expect) {
        const answer = await client.get('/Users', { authorization: undefined });
        expect.ok(textOf(answer.headers.get('www-authenticate')) !== '', 'the header WWW-Authenticate must be there');
      },
    },
    {
      id: 'RFC7644-2-03',
      level: 'MUST',
      says: 'A token that is wrong answers 401.',
      async run(client, expect) {
        const wrong = [
          `Bearer ${client.name('wrong')}`,
          'Bearer ',
          'Basic YTpi',
          `Bearer ${client.target.token.slice(0, -1)}`,
          client.name('non-token'),
        ];
        for (const authorization of wrong) expect.error(await client.get('/Users?count=1', { authorization }), 401);
      },
    },
    {
      id: 'RFC7644-7.5-01',
      level: 'SHOULD',
      says: 'A token in the URL is not accepted.',
      async run(client, expect) {
        const path = `/Users?count=1&access_token=${encodeURIComponent(client.target.token)}`;
        const answer = await client.get(path, { authorization: undefined });
        // What was sent holds the token, and a report must not.
        client.exchanges.length = 0;
        expect.equal(answer.status, 401, 'status');
      },
    },
    {
      id: 'RFC7644-2-04',
      level: 'MUST',
      says: 'The scheme Bearer is read whatever its case.',
      async run(client, expect) {
        expect.status(await client.get('/Users?count=1', { authorization: `bearer ${client.target.token}` }), 200);
      },
    },
  ],
};
