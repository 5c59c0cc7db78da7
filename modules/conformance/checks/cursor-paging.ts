import type { Area } from '../suite/check.ts';
import type { Client } from '../suite/client.ts';
import { textOf } from '../suite/json.ts';
import { LIST_RESPONSE, SEARCH_REQUEST } from '../suite/urn.ts';
import { people } from './people.ts';

const page = (client: Client, all: string, cursor: unknown, count: number, more = '') =>
  client.find('/Users', all, `&cursor=${textOf(cursor)}&count=${count}${more}`);

/** Cursors (RFC 9865). */
export const cursorPaging: Area = {
  name: 'cursor-paging',
  needs: ['users', 'filter', 'cursor'],
  checks: [
    {
      id: 'RFC9865-2-01',
      level: 'MUST',
      says: 'An empty cursor asks for the first page, which names the next.',
      async run(client, expect) {
        const { all } = await people(client);
        const answer = await page(client, all, '', 2);
        expect.status(answer, 200);
        expect.ok(answer.schemas.includes(LIST_RESPONSE), `schemas must contain ${LIST_RESPONSE}`);
        expect.ok(answer.resources.length <= 2, 'there must not be more resources than were asked for');
        expect.ok(textOf(answer.json.nextCursor) !== '', 'nextCursor must be there');
      },
    },
    {
      id: 'RFC9865-2-02',
      level: 'MUST',
      says: 'A walk along nextCursor meets every resource once and ends without a nextCursor.',
      async run(client, expect) {
        const { all, ids } = await people(client);
        const met: string[] = [];
        let cursor = '';
        for (let pages = 0; pages < 10; pages++) {
          const answer = await page(client, all, cursor, 1);
          expect.status(answer, 200);
          met.push(...answer.ids);
          if (answer.json.nextCursor === undefined) break;
          cursor = textOf(answer.json.nextCursor);
        }
        expect.sameElements(met, ids, 'users met');
      },
    },
    {
      id: 'RFC9865-2-03',
      level: 'MUST',
      says: 'The last page has no nextCursor, the first no previousCursor.',
      async run(client, expect) {
        const { all } = await people(client);
        const { json } = await page(client, all, '', 100);
        expect.ok(!('nextCursor' in json), 'nextCursor of the last page');
        expect.ok(!('previousCursor' in json), 'previousCursor of the first page');
      },
    },
    {
      id: 'RFC9865-2-04',
      level: 'MUST',
      says: 'A cursor consists of characters that need no encoding in a URL.',
      async run(client, expect) {
        const { all } = await people(client);
        const { json } = await page(client, all, '', 1);
        for (const cursor of [json.nextCursor, json.previousCursor])
          expect.ok(cursor === undefined || /^[A-Za-z0-9._~-]+$/.test(textOf(cursor)), `it is ${cursor}`);
      },
    },
    {
      id: 'RFC9865-2-05',
      level: 'MUST',
      says: 'count=0 with a cursor answers no resources.',
      async run(client, expect) {
        const answer = await page(client, (await people(client)).all, '', 0);
        expect.status(answer, 200);
        expect.equal(answer.resources.length, 0, 'number of Resources');
      },
    },
    {
      id: 'RFC9865-2-06',
      level: 'MUST',
      says: 'previousCursor, where it is given, leads back to the page before.',
      async run(client, expect) {
        const { all } = await people(client);
        const first = await page(client, all, '', 2);
        const second = await page(client, all, first.json.nextCursor, 2);
        if (second.json.previousCursor === undefined) expect.skip('no previousCursor is given');
        expect.equal(
          (await page(client, all, second.json.previousCursor, 2)).ids,
          first.ids,
          'users of the first page',
        );
      },
    },
    {
      id: 'RFC9865-2.1-01',
      level: 'MUST',
      says: 'A cursor that this provider did not give is refused with 400 invalidCursor.',
      async run(client, expect) {
        const { all } = await people(client);
        expect.error(await page(client, all, 'bm90LW1pbmU', 2), 400, 'invalidCursor');
      },
    },
    {
      id: 'RFC9865-2.1-02',
      level: 'SHOULD',
      says: 'A cursor that was tampered with is refused with 400 invalidCursor.',
      async run(client, expect) {
        const { all } = await people(client);
        const cursor = textOf((await page(client, all, '', 1)).json.nextCursor);
        const middle = Math.floor(cursor.length / 2);
        const other = cursor[middle] === 'A' ? 'B' : 'A';
        const forged = cursor.slice(0, middle) + other + cursor.slice(middle + 1);
        expect.error(await page(client, all, forged, 1), 400, 'invalidCursor');
      },
    },
    {
      id: 'RFC9865-2.1-03',
      level: 'SHOULD',
      says: 'Another count than that of the first request is refused with 400 invalidCount.',
      async run(client, expect) {
        const { all } = await people(client);
        const { nextCursor } = (await page(client, all, '', 1)).json;
        expect.error(await page(client, all, nextCursor, 2), 400, 'invalidCount');
      },
    },
    {
      id: 'RFC9865-2.1-04',
      level: 'SHOULD',
      says: 'A cursor that is used with another filter is refused.',
      async run(client, expect) {
        const { all } = await people(client);
        const { nextCursor } = (await page(client, all, '', 1)).json;
        expect.error(await page(client, `${all} and active eq true`, nextCursor, 1), 400);
      },
    },
    {
      id: 'RFC9865-2.2-01',
      level: 'SHOULD',
      says: 'Pages by cursor follow sortBy.',
      needs: ['sort'],
      async run(client, expect) {
        const { all, ada, bob, cyd, dan } = await people(client);
        const order = '&sortBy=name.givenName&sortOrder=descending';
        const first = await page(client, all, '', 2, order);
        expect.equal(first.ids, [dan.id, cyd.id], 'the first page');
        const second = await page(client, all, first.json.nextCursor, 2, order);
        expect.equal(second.ids, [bob.id, ada.id], 'the second page');
      },
    },
    {
      id: 'RFC9865-3-01',
      level: 'MUST',
      says: 'A search by POST takes a cursor as well.',
      async run(client, expect) {
        const { all, ids } = await people(client);
        const search = { schemas: [SEARCH_REQUEST], filter: all, count: 3 };
        const first = await client.post('/Users/.search', { ...search, cursor: '' });
        if ([404, 405, 501].includes(first.status)) expect.skip('/.search is not served');
        expect.status(first, 200);
        const second = await client.post('/Users/.search', { ...search, cursor: first.json.nextCursor });
        expect.sameElements([...first.ids, ...second.ids], ids, 'users met');
      },
    },
    {
      id: 'RFC9865-4-02',
      level: 'MUST',
      says: 'A provider that pages by cursor and by index says which is the default, and keeps to it.',
      needs: ['index'],
      async run(client, expect) {
        const method = client.provider.config.pagination?.defaultPaginationMethod;
        expect.ok(['cursor', 'index'].includes(textOf(method)), `defaultPaginationMethod is ${method}`);
        const { all } = await people(client);
        const { json } = await client.find('/Users', all, '&count=2');
        if (textOf(method) === 'index') expect.equal(json.startIndex, 1, 'startIndex');
        else expect.ok(textOf(json.nextCursor) !== '', 'nextCursor must be there');
      },
    },
    {
      id: 'RFC9865-2-07',
      level: 'MUST',
      says: 'A walk by cursor misses nobody when someone who was met already is deleted meanwhile.',
      async run(client, expect) {
        const mark = client.name('walk');
        const users = [];
        for (const n of [1, 2, 3, 4]) users.push(await client.user({ userName: `${mark}-${n}@example.com` }));
        const filter = `userName sw "${mark}-"`;
        const first = await page(client, filter, '', 2);
        await client.delete(`/Users/${first.ids[0]}`);
        const second = await page(client, filter, first.json.nextCursor, 2);
        expect.sameElements(
          [...first.ids, ...second.ids],
          users.map(({ id }) => id),
          'users met',
        );
      },
    },
  ],
};
