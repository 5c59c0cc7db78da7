import type { Area } from '../suite/check.ts';
import { among, people } from './people.ts';

/** startIndex and count. */
export const indexPaging: Area = {
  name: 'index-paging',
  needs: ['users', 'filter', 'index'],
  checks: [
    {
      id: 'RFC7644-3.4.2.4-01',
      level: 'MUST',
      says: 'itemsPerPage is the number of resources in the answer, totalResults that of all that were found.',
      async run(client, expect) {
        const { all } = await people(client);
        const page = await client.find('/Users', all, '&startIndex=1&count=3');
        expect.equal(page.json.itemsPerPage, 3, 'itemsPerPage');
        expect.equal(page.resources.length, 3, 'number of Resources');
        expect.equal(page.json.totalResults, 4, 'totalResults');
        const last = await client.find('/Users', all, '&startIndex=4&count=3');
        expect.equal([last.json.itemsPerPage, last.resources.length], [1, 1], 'itemsPerPage of the last page');
      },
    },
    {
      id: 'RFC7644-3.4.2.4-02',
      level: 'MUST',
      says: 'startIndex of the answer is the place of its first resource, 1 where none was asked for.',
      async run(client, expect) {
        const { all } = await people(client);
        expect.equal((await client.find('/Users', all, '&count=2')).json.startIndex, 1, 'startIndex');
        expect.equal((await client.find('/Users', all, '&startIndex=3&count=2')).json.startIndex, 3, 'startIndex');
      },
    },
    {
      id: 'RFC7644-3.4.2.4-03',
      level: 'MUST',
      says: 'A walk over the pages meets every resource once.',
      async run(client, expect) {
        const { all, ids } = await people(client);
        for (const size of [1, 2, 3]) {
          const met: string[] = [];
          for (let start = 1; start <= 4; start += size)
            met.push(...(await client.find('/Users', all, `&startIndex=${start}&count=${size}`)).ids);
          expect.sameElements(met, ids, `users met in pages of ${size}`);
        }
      },
    },
    {
      id: 'RFC7644-3.4.2.4-04',
      level: 'SHOULD',
      says: 'The order of resources does not depend on the size of the pages.',
      async run(client, expect) {
        const { all } = await people(client);
        const whole = await client.find('/Users', all);
        const met: string[] = [];
        for (let start = 1; start <= 4; start++)
          met.push(...(await client.find('/Users', all, `&startIndex=${start}&count=1`)).ids);
        expect.equal(met, whole.ids, 'order');
      },
    },
    {
      id: 'RFC7644-3.4.2.4-05',
      level: 'MUST',
      says: 'count=0 answers no resources, and how many there are.',
      async run(client, expect) {
        const { all } = await people(client);
        const answer = await client.find('/Users', all, '&count=0');
        expect.status(answer, 200);
        expect.equal(answer.resources.length, 0, 'number of Resources');
        expect.equal(answer.json.totalResults, 4, 'totalResults');
      },
    },
    {
      id: 'RFC7644-3.4.2.4-06',
      level: 'MUST',
      says: 'A negative count is read as 0.',
      async run(client, expect) {
        const { all } = await people(client);
        const answer = await client.find('/Users', all, '&count=-3');
        expect.status(answer, 200);
        expect.equal([answer.resources.length, answer.json.totalResults], [0, 4], 'Resources and totalResults');
      },
    },
    {
      id: 'RFC7644-3.4.2.4-07',
      level: 'MUST',
      says: 'A startIndex below 1 is read as 1.',
      async run(client, expect) {
        const { all } = await people(client);
        const first = await client.find('/Users', all, '&startIndex=1&count=2');
        for (const start of [0, -5]) {
          const answer = await client.find('/Users', all, `&startIndex=${start}&count=2`);
          expect.equal(answer.ids, first.ids, `users from startIndex ${start}`);
          expect.equal(answer.json.startIndex, 1, 'startIndex');
        }
      },
    },
    {
      id: 'RFC7644-3.4.2.4-08',
      level: 'MUST',
      says: 'A startIndex behind the last resource answers an empty page, and how many there are.',
      async run(client, expect) {
        const { all } = await people(client);
        const answer = await client.find('/Users', all, '&startIndex=50');
        expect.status(answer, 200);
        expect.equal([answer.resources.length, answer.json.totalResults], [0, 4], 'Resources and totalResults');
      },
    },
    {
      id: 'RFC7644-3.4.2.4-09',
      level: 'MUST',
      says: 'A count greater than the provider gives is cut, not refused.',
      async run(client, expect) {
        const them = await people(client);
        const answer = await client.find('/Users', among(them, 'userName pr'), '&count=1000000');
        expect.status(answer, 200);
        expect.equal(answer.resources.length, 4, 'number of Resources');
      },
    },
    {
      id: 'RFC7644-3.4.2.4-10',
      level: 'MUST',
      says: 'totalResults, startIndex and itemsPerPage are integers.',
      async run(client, expect) {
        const { json } = await client.find('/Users', (await people(client)).all);
        for (const name of ['totalResults', 'startIndex', 'itemsPerPage'])
          expect.ok(
            json[name] === undefined || Number.isInteger(json[name]),
            `${name} is ${JSON.stringify(json[name])}`,
          );
      },
    },
  ],
};
