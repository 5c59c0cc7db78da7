import type { Area } from '../suite/check.ts';

/** /Me. */
export const me: Area = {
  name: 'me',
  checks: [
    {
      id: 'RFC7644-3.11-01',
      level: 'MUST',
      says: '/Me answers the user behind the token, points to it, or says 501 (or 404 where the token has none).',
      async run(client, expect) {
        const answer = await client.get('/Me');
        expect.status(answer, 200, 307, 308, 404, 501);
        if (answer.status >= 400) expect.error(answer, answer.status);
      },
    },
    {
      id: 'RFC7644-3.11-02',
      level: 'MUST',
      says: 'A service provider that does not serve /Me says so for every method.',
      async run(client, expect) {
        if ((await client.get('/Me')).status !== 501) expect.skip('/Me is served');
        for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
          const answer = await client.send(method, '/Me', method === 'DELETE' ? {} : { body: { schemas: [] } });
          expect.error(answer, [501, 404, 405]);
        }
      },
    },
  ],
};
