import type { Area } from '../suite/check.ts';

/** Accept and Content-Type. */
export const mediaTypes: Area = {
  name: 'media-types',
  needs: ['users'],
  checks: [
    {
      id: 'RFC7644-3.1-01',
      level: 'MUST',
      says: 'Answers are application/scim+json where that is accepted, and by default.',
      async run(client, expect) {
        for (const accept of ['application/scim+json', '*/*', 'application/scim+json, application/json;q=0.5'])
          expect.equal((await client.get('/Users?count=1', { accept })).mediaType, 'application/scim+json', accept);
        const made = await client.post('/Users', client.newUser());
        expect.equal(made.mediaType, 'application/scim+json', 'Content-Type of a 201');
      },
    },
    {
      id: 'RFC7644-3.1-02',
      level: 'SHOULD',
      says: 'A client that accepts application/json alone gets that.',
      async run(client, expect) {
        const answer = await client.get('/Users?count=1', { accept: 'application/json' });
        expect.status(answer, 200);
        expect.equal(answer.mediaType, 'application/json', 'Content-Type');
      },
    },
    {
      id: 'RFC7644-3.8-01',
      level: 'MUST',
      says: 'Bodies are accepted as application/scim+json, with or without a charset.',
      async run(client, expect) {
        for (const type of ['application/scim+json', 'application/scim+json; charset=utf-8', 'Application/SCIM+JSON'])
          expect.status(await client.post('/Users', client.newUser(), { 'content-type': type }), 201);
      },
    },
    {
      id: 'RFC7644-3.8-02',
      level: 'SHOULD',
      says: 'Bodies are accepted as application/json too.',
      async run(client, expect) {
        expect.status(await client.post('/Users', client.newUser(), { 'content-type': 'application/json' }), 201);
      },
    },
    {
      id: 'RFC7644-3.8-03',
      level: 'SHOULD',
      says: 'Bodies of another media type are refused with 415.',
      async run(client, expect) {
        for (const type of ['text/plain', 'application/xml', 'application/x-www-form-urlencoded'])
          expect.error(await client.post('/Users', client.newUser(), { 'content-type': type }), 415);
      },
    },
    {
      id: 'RFC7644-3.1-03',
      level: 'MUST',
      says: 'Discovery answers are application/scim+json.',
      async run(client, expect) {
        for (const path of ['/ServiceProviderConfig', '/ResourceTypes', '/Schemas'])
          expect.equal((await client.get(path)).mediaType, 'application/scim+json', `Content-Type of ${path}`);
      },
    },
  ],
};
