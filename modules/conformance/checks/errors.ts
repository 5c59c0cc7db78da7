import type { Area } from '../suite/check.ts';
import { textOf } from '../suite/json.ts';

/** The form of errors. */
export const errors: Area = {
  name: 'errors',
  needs: ['users'],
  checks: [
    {
      id: 'RFC7644-3.12-01',
      level: 'MUST',
      says: 'An error is a SCIM message whose status is the HTTP status, as a text.',
      async run(client, expect) {
        const answer = await client.get(`/Users/${client.name('no')}`);
        expect.error(answer, 404);
        expect.equal(answer.json.status, '404', 'status');
      },
    },
    {
      id: 'RFC7644-3.12-02',
      level: 'SHOULD',
      says: 'An error says in detail what is wrong.',
      async run(client, expect) {
        for (const answer of [await client.get(`/Users/${client.name('no')}`), await client.post('/Users', {})])
          expect.ok(textOf(answer.json.detail).length > 5, `detail is ${JSON.stringify(answer.json.detail)}`);
      },
    },
    {
      id: 'RFC7644-3.12-03',
      level: 'MUST',
      says: 'A body that is no JSON is refused with 400 invalidSyntax.',
      async run(client, expect) {
        expect.error(await client.send('POST', '/Users', { raw: '{"userName": ' }), 400, 'invalidSyntax');
        expect.error(await client.send('POST', '/Users', { raw: 'userName=ada' }), 400, 'invalidSyntax');
      },
    },
    {
      id: 'RFC7644-3.12-04',
      level: 'MUST',
      says: 'A body that is no object, or none at all, is refused with 400.',
      async run(client, expect) {
        for (const raw of ['[]', '"text"', 'null', '17', ''])
          expect.error(await client.send('POST', '/Users', { raw }), 400);
      },
    },
    {
      id: 'RFC7644-3.12-05',
      level: 'MUST',
      says: 'An endpoint that is not there answers 404 with a SCIM error.',
      async run(client, expect) {
        expect.error(await client.get('/Gadgets'), 404);
        expect.error(await client.get(`/Users/${client.name('no')}/emails`), 404);
      },
    },
    {
      id: 'RFC7644-3.12-06',
      level: 'MUST',
      says: 'Errors have the media type of SCIM.',
      async run(client, expect) {
        for (const answer of [
          await client.get(`/Users/${client.name('no')}`),
          await client.send('POST', '/Users', { raw: '{' }),
        ])
          expect.equal(answer.mediaType, 'application/scim+json', `Content-Type of ${answer.request}`);
      },
    },
    {
      id: 'RFC7644-3.12-07',
      level: 'MUST',
      says: 'No request of a client makes the provider answer 5xx.',
      async run(client, expect) {
        const odd = [
          await client.get('/Users/%00'),
          await client.get('/Users?startIndex=x&count=y'),
          await client.get('/Users?filter='),
          await client.get('/Users?sortBy=..&attributes=,,'),
          await client.post('/Users', client.newUser({ userName: 'x'.repeat(10_000) })),
          await client.post('/Users', client.newUser({ userName: { a: 1 }, emails: [[1]], name: 'x' })),
          await client.post('/Users', client.newUser({ userName: '\u0000\ud800' })),
          await client.get(`/Users?filter=${'('.repeat(5000)}`),
        ];
        for (const { status, request } of odd) expect.ok(status < 500, `${request.slice(0, 80)} answered ${status}`);
      },
    },
  ],
};
