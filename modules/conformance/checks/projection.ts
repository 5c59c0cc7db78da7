import type { Area } from '../suite/check.ts';
import { ENTERPRISE, USER } from '../suite/urn.ts';
import { people } from './people.ts';

const names = (resource: object): readonly string[] => Object.keys(resource).sort();

/** attributes and excludedAttributes. */
export const projection: Area = {
  name: 'projection',
  needs: ['users'],
  checks: [
    {
      id: 'RFC7644-3.9-01',
      level: 'MUST',
      says: 'attributes limits an answer to what it names, and id.',
      async run(client, expect) {
        const { id, userName } = await client.user();
        const { json } = await client.get(`/Users/${id}?attributes=userName`);
        expect.equal([json.id, json.userName], [id, userName], 'id and userName');
        const more = names(json).filter((name) => !['id', 'userName', 'schemas', 'meta'].includes(name));
        expect.equal(more, [], 'further attributes');
      },
    },
    {
      id: 'RFC7644-3.9-02',
      level: 'MUST',
      says: 'excludedAttributes leaves out what it names and nothing else.',
      async run(client, expect) {
        const whole = await client.user({ displayName: 'Ada' });
        const { json } = await client.get(`/Users/${whole.id}?excludedAttributes=name,displayName`);
        const wanted = names(whole).filter((name) => name !== 'name' && name !== 'displayName');
        expect.equal(names(json), wanted, 'attributes of the answer');
      },
    },
    {
      id: 'RFC7644-3.9-03',
      level: 'MUST',
      says: 'id is in every answer, even where it is excluded.',
      async run(client, expect) {
        const { id } = await client.user();
        expect.equal((await client.get(`/Users/${id}?excludedAttributes=id,userName`)).json.id, id, 'id');
      },
    },
    {
      id: 'RFC7644-3.9-04',
      level: 'MUST',
      says: 'A sub-attribute can be asked for alone.',
      async run(client, expect) {
        const { id } = await client.user();
        const { json } = await client.get(`/Users/${id}?attributes=name.givenName`);
        expect.equal(json.name, { givenName: 'Ada' }, 'name');
        const rest = await client.get(`/Users/${id}?excludedAttributes=name.givenName`);
        expect.equal(rest.json.name?.givenName, undefined, 'name.givenName');
        expect.equal(rest.json.name?.familyName, 'Lovelace', 'name.familyName');
      },
    },
    {
      id: 'RFC7644-3.9-05',
      level: 'MUST',
      says: 'Names in attributes are read whatever their case, also with the URN of their schema.',
      async run(client, expect) {
        const { id, userName } = await client.user({ displayName: 'Ada' });
        const { json } = await client.get(`/Users/${id}?attributes=USERNAME,${USER}:displayName`);
        expect.equal([json.userName, json.displayName, json.name], [userName, 'Ada', undefined], 'attributes');
      },
    },
    {
      id: 'RFC7644-3.9-06',
      level: 'MUST',
      says: 'Attributes of an extension are asked for by URN and name.',
      needs: ['enterprise'],
      async run(client, expect) {
        const extension = { department: 'Sales', costCenter: '7' };
        const { id } = await client.user({ schemas: [USER, ENTERPRISE], [ENTERPRISE]: extension });
        const { json } = await client.get(`/Users/${id}?attributes=${ENTERPRISE}:department`);
        expect.equal(json[ENTERPRISE], { department: 'Sales' }, ENTERPRISE);
        expect.equal(json.userName, undefined, 'userName');
      },
    },
    {
      id: 'RFC7644-3.9-07',
      level: 'MUST',
      says: 'Lists are limited too.',
      needs: ['filter'],
      async run(client, expect) {
        const { all } = await people(client);
        for (const user of (await client.find('/Users', all, '&attributes=displayName')).resources)
          expect.ok(user.displayName !== undefined && user.name === undefined, `it is ${JSON.stringify(user)}`);
      },
    },
    {
      id: 'RFC7644-3.9-08',
      level: 'MUST',
      says: 'The answers to POST, PUT and PATCH are limited too.',
      needs: ['patch'],
      async run(client, expect) {
        const only = (answer: { json: object; request: string }) =>
          expect.ok(!('name' in answer.json) && 'userName' in answer.json, `${answer.request} was not limited`);
        const made = await client.post('/Users?attributes=userName', client.newUser());
        expect.status(made, 201);
        only(made);
        const whole = await client.read(`/Users/${made.json.id}`);
        only(await client.put(`/Users/${made.json.id}?attributes=userName`, whole));
        const patched = await client.patch(`/Users/${made.json.id}?attributes=userName`, {
          op: 'replace',
          path: 'displayName',
          value: 'Countess',
        });
        expect.status(patched, 200);
        only(patched);
      },
    },
    {
      id: 'RFC7643-7-05',
      level: 'MUST',
      says: 'What is returned never is not returned on request either.',
      async run(client, expect) {
        const made = await client.post('/Users', client.newUser({ password: `${client.name('Pw!')}aB3` }));
        if (made.status === 400) expect.skip('passwords are refused');
        const { id } = made.json;
        expect.ok(
          !('password' in (await client.get(`/Users/${id}?attributes=password`)).json),
          'the password is there',
        );
      },
    },
    {
      id: 'RFC7644-3.9-09',
      level: 'SHOULD',
      says: 'A name in attributes that no schema knows is passed over.',
      async run(client, expect) {
        const { id } = await client.user();
        const answer = await client.get(`/Users/${id}?attributes=userName,shoeSize`);
        expect.status(answer, 200);
        expect.ok('userName' in answer.json, 'userName must be there');
      },
    },
  ],
};
