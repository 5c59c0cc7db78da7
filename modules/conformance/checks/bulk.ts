import type { Area, Check } from '../suite/check.ts';
import type { Client } from '../suite/client.ts';
import { type Body, type Json, listOf, textOf } from '../suite/json.ts';
import { BULK_REQUEST, BULK_RESPONSE, PATCH_OP, USER } from '../suite/urn.ts';
import { bulkLimits } from './bulk-limits.ts';

/** POST /Bulk with these operations. */
const bulkOf = (client: Client, operations: readonly Body[], more: Body = {}) =>
  client.post('/Bulk', { schemas: [BULK_REQUEST], Operations: operations, ...more });

/** A bulk operation that creates a user. */
const creation = (client: Client, bulkId: string, given: Body = {}): Body => ({
  method: 'POST',
  path: '/Users',
  bulkId,
  data: client.newUser(given),
});

const team = (client: Client, bulkId: string, ...members: readonly string[]): Body => ({
  method: 'POST',
  path: '/Groups',
  bulkId,
  data: client.newGroup({ members: members.map((value) => ({ value })) }),
});

const statuses = (operations: unknown): readonly string[] => listOf(operations).map(({ status }) => String(status));
const idAt = (operation: Json | undefined): string => textOf(operation?.location).split('/').at(-1) ?? '';

/** Whichever order they were answered in: a bulkId that refers forward or back is resolved. */
const resolved = (id: string, says: string, order: 'back' | 'forward'): Check => ({
  id,
  level: 'MUST',
  says,
  needs: ['groups'],
  async run(client, expect) {
    const operations = [creation(client, 'u'), team(client, 'g', 'bulkId:u')];
    const answer = await bulkOf(client, order === 'back' ? operations : [...operations].reverse());
    expect.status(answer, 200);
    expect.equal(statuses(answer.json.Operations), ['201', '201'], 'statuses');
    const one = (bulkId: string) => listOf(answer.json.Operations).find((done) => textOf(done.bulkId) === bulkId);
    const group = await client.read(`/Groups/${idAt(one('g'))}`);
    expect.equal(
      listOf(group.members).map(({ value }) => value),
      [idAt(one('u'))],
      'members',
    );
  },
});

/** POST /Bulk. */
export const bulk: Area = {
  name: 'bulk',
  needs: ['users', 'bulk'],
  checks: [
    {
      id: 'RFC7644-3.7-01',
      level: 'MUST',
      says: 'A bulk request answers 200 with a BulkResponse that has an entry for each operation.',
      async run(client, expect) {
        const answer = await bulkOf(client, [creation(client, 'a'), creation(client, 'b')]);
        expect.status(answer, 200);
        expect.ok(answer.schemas.includes(BULK_RESPONSE), `schemas must contain ${BULK_RESPONSE}`);
        expect.equal(
          listOf(answer.json.Operations).map(({ bulkId }) => bulkId),
          ['a', 'b'],
          'bulkIds',
        );
      },
    },
    {
      id: 'RFC7644-3.7-02',
      level: 'MUST',
      says: 'An entry has the method, the bulkId, the location and the status as a text.',
      async run(client, expect) {
        const [done] = listOf((await bulkOf(client, [creation(client, 'a')])).json.Operations);
        expect.equal(done?.method, 'POST', 'method');
        expect.equal(done?.bulkId, 'a', 'bulkId');
        expect.equal(done?.status, '201', 'status');
        const user = await client.read(`/Users/${idAt(done)}`);
        expect.equal(done?.location, user.meta?.location, 'location');
      },
    },
    resolved('RFC7644-3.7.2-01', 'A bulkId stands for the id of a resource made before it.', 'back'),
    resolved('RFC7644-3.7.2-02', 'A bulkId may refer to an operation that comes later.', 'forward'),
    {
      id: 'RFC7644-3.7.2-03',
      level: 'MUST',
      says: 'A bulkId in a path stands for the id as well.',
      needs: ['patch'],
      async run(client, expect) {
        const data = { schemas: [PATCH_OP], Operations: [{ op: 'replace', path: 'displayName', value: 'Changed' }] };
        const answer = await bulkOf(client, [
          creation(client, 'u'),
          { method: 'PATCH', path: '/Users/bulkId:u', bulkId: 'p', data },
        ]);
        expect.equal(statuses(answer.json.Operations), ['201', '200'], 'statuses');
        const [made] = listOf(answer.json.Operations);
        expect.equal((await client.read(`/Users/${idAt(made)}`)).displayName, 'Changed', 'displayName');
      },
    },
    {
      id: 'RFC7644-3.7.2-04',
      level: 'MUST',
      says: 'A bulkId that no operation has fails its operation.',
      needs: ['groups'],
      async run(client, expect) {
        const answer = await bulkOf(client, [team(client, 'g', 'bulkId:nobody')]);
        expect.ok(
          answer.status >= 400 || /^4/.test(statuses(answer.json.Operations)[0] ?? ''),
          'the operation was carried out',
        );
      },
    },
    {
      id: 'RFC7644-3.7.1-01',
      level: 'MUST',
      says: 'A circular reference is resolved or refused with 409; nothing hangs.',
      needs: ['groups'],
      async run(client, expect) {
        const answer = await bulkOf(client, [team(client, 'a', 'bulkId:b'), team(client, 'b', 'bulkId:a')]);
        const found = answer.status === 200 ? statuses(answer.json.Operations) : [String(answer.status)];
        expect.ok(
          found.every((status) => /^(201|4\d\d)$/.test(status)),
          `statuses are ${found.join(', ')}`,
        );
      },
    },
    {
      id: 'RFC7644-3.7.3-01',
      level: 'MUST',
      says: 'Without failOnErrors every operation is tried, and one that failed has its error as response.',
      async run(client, expect) {
        const { userName } = await client.user();
        const answer = await bulkOf(client, [
          creation(client, 'a'),
          creation(client, 'b', { userName }),
          creation(client, 'c'),
        ]);
        expect.status(answer, 200);
        expect.equal(statuses(answer.json.Operations), ['201', '409', '201'], 'statuses');
        const { response } = listOf(answer.json.Operations)[1] ?? {};
        expect.equal([response?.status, response?.scimType], ['409', 'uniqueness'], 'the error in response');
      },
    },
    {
      id: 'RFC7644-3.7.3-02',
      level: 'MUST',
      says: 'failOnErrors stops once so many operations have failed.',
      async run(client, expect) {
        const { userName } = await client.user();
        const operations = ['a', 'b', 'c'].map((bulkId) =>
          creation(client, bulkId, bulkId === 'b' ? { userName } : {}),
        );
        const answer = await bulkOf(client, operations, { failOnErrors: 1 });
        expect.status(answer, 200);
        expect.equal(statuses(answer.json.Operations), ['201', '409'], 'statuses');
      },
    },
    {
      id: 'RFC7644-3.7-03',
      level: 'MUST',
      says: 'PUT, PATCH and DELETE are carried out too.',
      needs: ['patch'],
      async run(client, expect) {
        const [first, second, third] = [await client.user(), await client.user(), await client.user()];
        const data = { schemas: [PATCH_OP], Operations: [{ op: 'replace', path: 'active', value: false }] };
        const answer = await bulkOf(client, [
          { method: 'PUT', path: `/Users/${first.id}`, data: { ...first, displayName: 'Changed' } },
          { method: 'PATCH', path: `/Users/${second.id}`, data },
          { method: 'DELETE', path: `/Users/${third.id}` },
        ]);
        expect.equal(statuses(answer.json.Operations), ['200', '200', '204'], 'statuses');
        expect.equal((await client.read(`/Users/${first.id}`)).displayName, 'Changed', 'displayName');
        expect.equal((await client.read(`/Users/${second.id}`)).active, false, 'active');
        expect.error(await client.get(`/Users/${third.id}`), 404);
      },
    },
    {
      id: 'RFC7644-3.7-04',
      level: 'MUST',
      says: 'A POST without a bulkId is refused.',
      async run(client, expect) {
        const { bulkId: _, ...operation } = creation(client, 'x');
        const answer = await bulkOf(client, [operation]);
        expect.ok(answer.status === 400 || statuses(answer.json.Operations)[0] === '400', 'it was carried out');
      },
    },
    {
      id: 'RFC7644-3.7-05',
      level: 'MUST',
      says: 'An operation on what is no endpoint, or with a method that is none, fails alone.',
      async run(client, expect) {
        const answer = await bulkOf(client, [
          { method: 'POST', path: '/Nowhere', bulkId: 'n', data: { schemas: [USER] } },
          { method: 'GET', path: '/Users', bulkId: 'g' },
          creation(client, 'a'),
        ]);
        if (answer.status === 400) return;
        expect.status(answer, 200);
        const [nowhere, get, made] = statuses(answer.json.Operations);
        expect.ok(/^4|^501/.test(nowhere ?? '') && /^4|^501/.test(get ?? ''), `they answered ${nowhere} and ${get}`);
        expect.equal(made, '201', 'status of the third');
      },
    },
    ...bulkLimits,
  ],
};
