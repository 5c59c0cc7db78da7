import type { Area } from '../suite/check.ts';
import { listOf, textOf } from '../suite/json.ts';
import { ENTERPRISE, USER } from '../suite/urn.ts';

/** POST of a resource. */
export const create: Area = {
  name: 'create',
  needs: ['users'],
  checks: [
    {
      id: 'RFC7644-3.3-01',
      level: 'MUST',
      says: 'Creating answers 201 with the resource as it was made.',
      async run(client, expect) {
        const sent = client.newUser();
        const answer = await client.post('/Users', sent);
        expect.status(answer, 201);
        expect.equal(textOf(answer.json.userName).toLowerCase(), textOf(sent.userName).toLowerCase(), 'userName');
        expect.ok(textOf(answer.json.id) !== '', 'the answer must have an id that is a text');
      },
    },
    {
      id: 'RFC7644-3.3-02',
      level: 'MUST',
      says: 'The header Location of a 201 is the same as meta.location.',
      async run(client, expect) {
        const answer = await client.post('/Users', client.newUser());
        expect.ok(textOf(answer.json.meta?.location) !== '', 'meta.location must be there');
        expect.equal(answer.headers.get('location'), answer.json.meta?.location, 'Location');
      },
    },
    {
      id: 'RFC7644-3.3-03',
      level: 'MUST',
      says: 'Values of readOnly attributes in a POST are ignored.',
      async run(client, expect) {
        const meta = { resourceType: 'Group', created: '2001-01-01T00:00:00Z', location: 'https://example.com/x' };
        const answer = await client.post('/Users', client.newUser({ id: 'mine', meta }));
        expect.status(answer, 201);
        expect.ok(textOf(answer.json.id) !== 'mine', "the client's id must not be taken");
        expect.equal(answer.json.meta?.resourceType, 'User', 'meta.resourceType');
        expect.ok(!textOf(answer.json.meta?.created).startsWith('2001'), "the client's meta.created must not be taken");
      },
    },
    {
      id: 'RFC7644-3.3-04',
      level: 'MUST',
      says: 'A userName that another user has is refused with 409 and scimType uniqueness.',
      async run(client, expect) {
        const { userName } = await client.user();
        expect.error(await client.post('/Users', client.newUser({ userName })), 409, 'uniqueness');
      },
    },
    {
      id: 'RFC7643-2.2-01',
      level: 'MUST',
      says: 'A userName that differs from another only in case is taken too, unless the schema says caseExact.',
      async run(client, expect) {
        if ((client.provider.attribute(USER, 'userName')?.caseExact as unknown) === true)
          expect.skip('the schema says that userName is caseExact');
        const { userName } = await client.user();
        const answer = await client.post('/Users', client.newUser({ userName: textOf(userName).toUpperCase() }));
        expect.error(answer, 409, 'uniqueness');
      },
    },
    {
      id: 'RFC7643-4.1-01',
      level: 'MUST',
      says: 'A user without the required userName is refused with 400 invalidValue.',
      async run(client, expect) {
        const { userName: _, ...rest } = client.newUser();
        expect.error(await client.post('/Users', rest), 400, 'invalidValue');
        expect.error(await client.post('/Users', { ...rest, userName: '' }), 400, 'invalidValue');
      },
    },
    {
      id: 'RFC7643-3.1-01',
      level: 'MUST',
      says: 'A new resource has meta.resourceType, meta.created, meta.lastModified and meta.location.',
      async run(client, expect) {
        const { meta } = await client.user();
        expect.equal(meta?.resourceType, 'User', 'meta.resourceType');
        for (const name of ['created', 'lastModified'])
          expect.ok(!Number.isNaN(Date.parse(textOf(meta?.[name]))), `meta.${name} must be a dateTime`);
        expect.equal(meta?.created, meta?.lastModified, 'meta.created of what was never modified');
      },
    },
    {
      id: 'RFC7643-3-01',
      level: 'MUST',
      says: 'schemas of an answer names the schema of the resource type and those of the extensions in use.',
      needs: ['enterprise'],
      async run(client, expect) {
        const plain = await client.user();
        expect.ok(listOf(plain.schemas).map(String).includes(USER), `schemas must contain ${USER}`);
        const worker = await client.user({ schemas: [USER, ENTERPRISE], [ENTERPRISE]: { department: 'Sales' } });
        expect.sameElements(listOf(worker.schemas), [USER, ENTERPRISE], 'schemas');
        expect.equal(worker[ENTERPRISE]?.department, 'Sales', 'department');
      },
    },
    {
      id: 'RFC7643-3.1-02',
      level: 'MUST',
      says: 'externalId is kept exactly as the client sent it.',
      async run(client, expect) {
        const externalId = `${client.name('X/')}-ÄöÜ`;
        const { id } = await client.user({ externalId });
        expect.equal((await client.read(`/Users/${id}`)).externalId, externalId, 'externalId');
      },
    },
    {
      id: 'RFC7643-2.1-01',
      level: 'MUST',
      says: 'Names of attributes are read whatever their case.',
      async run(client, expect) {
        const { userName, name, ...rest } = client.newUser();
        const { json, ...answer } = await client.post('/Users', { ...rest, USERNAME: userName, Name: name });
        expect.equal(answer.status, 201, 'status');
        expect.equal(json.userName, userName, 'userName');
        expect.equal(json.name?.givenName, 'Ada', 'name.givenName');
      },
    },
    {
      id: 'RFC7643-2.5-01',
      level: 'MUST',
      says: 'An attribute sent as null or as an empty list is unassigned.',
      needs: ['user:nickName', 'user:phoneNumbers'],
      async run(client, expect) {
        const { id } = await client.user({ nickName: null, phoneNumbers: [] });
        const user = await client.read(`/Users/${id}`);
        expect.absent(user.nickName, 'nickName');
        expect.absent(user.phoneNumbers, 'phoneNumbers');
      },
    },
    {
      id: 'RFC7643-2.4-01',
      level: 'MUST',
      says: 'Only one value of a multi-valued attribute is primary in an answer.',
      async run(client, expect) {
        const emails = ['work', 'home'].map((type) => ({ value: `${client.name()}@example.com`, type, primary: true }));
        const answer = await client.post('/Users', client.newUser({ emails }));
        if (answer.status === 400) return;
        expect.status(answer, 201);
        const primary = listOf(answer.json.emails).filter((email) => (email.primary as unknown) === true);
        expect.ok(primary.length <= 1, 'two e-mails are primary');
      },
    },
    {
      id: 'RFC7643-4.1.1-01',
      level: 'MUST',
      says: 'A password is never returned.',
      async run(client, expect) {
        const password = `${client.name('Pw!')}aB3`;
        const answer = await client.post('/Users', client.newUser({ password }));
        if (answer.status === 400) expect.skip('passwords are refused');
        expect.status(answer, 201);
        const read = await client.get(`/Users/${answer.json.id}?attributes=password,userName`);
        for (const { text, request } of [answer, read])
          expect.ok(!text.includes(password) && !/"password"/i.test(text), `${request} gives the password away`);
      },
    },
    {
      id: 'RFC7644-3.3-05',
      level: 'MUST',
      says: 'A resource that was made can be read at its Location at once.',
      async run(client, expect) {
        const made = await client.post('/Users', client.newUser());
        const read = await client.get(`/Users/${made.json.id}`);
        expect.status(read, 200);
        expect.equal(read.json.meta?.location, made.headers.get('location'), 'meta.location');
      },
    },
    {
      id: 'RFC7644-3.3-06',
      level: 'MUST',
      says: 'A value of the wrong type is refused with 400.',
      async run(client, expect) {
        expect.error(
          await client.post('/Users', client.newUser({ name: [1, 2] })),
          400,
          'invalidValue',
          'invalidSyntax',
        );
        expect.error(await client.post('/Users', client.newUser({ emails: 7 })), 400, 'invalidValue', 'invalidSyntax');
      },
    },
    {
      id: 'RFC7643-4.1.2-01',
      level: 'MUST',
      says: 'The groups of a user are readOnly: a POST does not make it a member.',
      needs: ['groups'],
      async run(client, expect) {
        const group = await client.group();
        const answer = await client.post('/Users', client.newUser({ groups: [{ value: group.id }] }));
        expect.status(answer, 201);
        expect.absent((await client.read(`/Users/${answer.json.id}`)).groups, 'groups');
      },
    },
  ],
};
