import type { Area } from '../suite/check.ts';
import { textOf } from '../suite/json.ts';

/** Versions: ETag, If-Match, If-None-Match. */
export const etag: Area = {
  name: 'etag',
  needs: ['users', 'etag'],
  checks: [
    {
      id: 'RFC7644-3.14-01',
      level: 'MUST',
      says: 'The header ETag is the same as meta.version.',
      async run(client, expect) {
        const made = await client.post('/Users', client.newUser());
        expect.ok(textOf(made.json.meta?.version) !== '', 'meta.version must be there');
        expect.equal(made.headers.get('etag'), made.json.meta?.version, 'ETag of the 201');
        const read = await client.get(`/Users/${made.json.id}`);
        expect.equal(read.headers.get('etag'), read.json.meta?.version, 'ETag of the GET');
        expect.equal(read.json.meta?.version, made.json.meta?.version, 'meta.version of the GET');
      },
    },
    {
      id: 'RFC7644-3.14-02',
      level: 'MUST',
      says: 'A version is an entity-tag.',
      async run(client, expect) {
        const { meta } = await client.user();
        expect.ok(/^(W\/)?"[\x21\x23-\x7e]*"$/.test(textOf(meta?.version)), `it is ${meta?.version}`);
      },
    },
    {
      id: 'RFC7644-3.14-03',
      level: 'MUST',
      says: 'A modification changes the version, reading does not.',
      async run(client, expect) {
        const { id, ...user } = await client.user();
        const first = (await client.read(`/Users/${id}`)).meta?.version;
        expect.equal((await client.read(`/Users/${id}`)).meta?.version, first, 'meta.version of a second GET');
        await client.put(`/Users/${id}`, { ...user, displayName: 'Changed' });
        const { meta } = await client.read(`/Users/${id}`);
        expect.ok(meta?.version !== first, 'meta.version is the same after a modification');
      },
    },
    {
      id: 'RFC7644-3.14-04',
      level: 'MUST',
      says: 'If-None-Match with the version in hand answers 304 without a body.',
      async run(client, expect) {
        const { id, meta } = await client.user();
        const answer = await client.get(`/Users/${id}`, { 'if-none-match': textOf(meta?.version) });
        expect.status(answer, 304);
        expect.equal(answer.text, '', 'body');
        const other = await client.get(`/Users/${id}`, { 'if-none-match': 'W/"another"' });
        expect.status(other, 200);
      },
    },
    {
      id: 'RFC7644-3.14-05',
      level: 'MUST',
      says: 'PUT, PATCH and DELETE with an If-Match of another version answer 412 and change nothing.',
      needs: ['patch'],
      async run(client, expect) {
        const user = await client.user();
        const path = `/Users/${user.id}`;
        const stale = { 'if-match': 'W/"another"' };
        const operations = [{ op: 'replace', path: 'displayName', value: 'Changed' }];
        expect.error(await client.put(path, { ...user, displayName: 'Changed' }, stale), 412);
        const body = { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: operations };
        expect.error(await client.send('PATCH', path, { body, headers: stale }), 412);
        expect.error(await client.delete(path, stale), 412);
        expect.equal((await client.read(path)).meta?.version, user.meta?.version, 'meta.version');
      },
    },
    {
      id: 'RFC7644-3.14-06',
      level: 'MUST',
      says: 'If-Match with the version in hand, or with *, lets a modification through.',
      async run(client, expect) {
        const user = await client.user();
        const path = `/Users/${user.id}`;
        const put = await client.put(path, { ...user, displayName: 'One' }, { 'if-match': textOf(user.meta?.version) });
        expect.status(put, 200);
        expect.status(await client.put(path, { ...user, displayName: 'Two' }, { 'if-match': '*' }), 200);
        const { meta } = await client.read(path);
        expect.status(await client.delete(path, { 'if-match': `"x", ${meta?.version}` }), 204);
      },
    },
    {
      id: 'RFC7643-3.1-04',
      level: 'MUST',
      says: 'Resources in a list have the same meta.version as on their own.',
      needs: ['filter'],
      async run(client, expect) {
        const { id, userName } = await client.user();
        const [listed] = (await client.find('/Users', `userName eq "${userName}"`)).resources;
        expect.equal(listed?.meta?.version, (await client.read(`/Users/${id}`)).meta?.version, 'meta.version');
      },
    },
    {
      id: 'RFC7644-3.14-07',
      level: 'MUST',
      says: 'Of two modifications with the same If-Match, one wins.',
      async run(client, expect) {
        const user = await client.user();
        const headers = { 'if-match': textOf(user.meta?.version) };
        const answers = await Promise.all(
          ['One', 'Two', 'Three', 'Four'].map((displayName) =>
            client.put(`/Users/${user.id}`, { ...user, displayName }, headers),
          ),
        );
        expect.equal(answers.map(({ status }) => status).sort(), [200, 412, 412, 412], 'statuses');
      },
    },
    {
      id: 'RFC7644-3.14-08',
      level: 'MUST',
      says: 'Groups have versions too.',
      needs: ['groups'],
      async run(client, expect) {
        const group = await client.group();
        const read = await client.get(`/Groups/${group.id}`);
        expect.ok(textOf(read.json.meta?.version) !== '', 'meta.version must be there');
        expect.equal(read.headers.get('etag'), read.json.meta?.version, 'ETag');
        const stale = await client.put(`/Groups/${group.id}`, { ...group, displayName: 'x' }, { 'if-match': 'W/"x"' });
        expect.error(stale, 412);
      },
    },
  ],
};
