import type { Answer } from '../suite/answer.ts';
import type { Area, Check } from '../suite/check.ts';
import type { Client } from '../suite/client.ts';
import type { Expect } from '../suite/expect.ts';
import type { Body } from '../suite/json.ts';
import { LIST_RESPONSE, SEARCH_REQUEST } from '../suite/urn.ts';
import { type People, people } from './people.ts';

const search = (client: Client, request: Body, path = '/Users/.search'): Promise<Answer> =>
  client.post(path, { schemas: [SEARCH_REQUEST], ...request });

/** A check that is skipped where searching by POST is not served: RFC 7644 leaves it free. */
const check = (
  number: string,
  says: string,
  run: (client: Client, expect: Expect, them: People) => Promise<void>,
  needs: Check['needs'] = [],
): Check => ({
  id: `RFC7644-3.4.3-${number}`,
  level: 'MUST',
  says,
  needs,
  async run(client, expect) {
    const served = await client.shared('search served', async () => (await search(client, { count: 0 })).status);
    if ([404, 405, 501].includes(served)) expect.skip(`POST /Users/.search answers ${served}`);
    await run(client, expect, await people(client));
  },
});

/** POST to /.search. */
export const searchArea: Area = {
  name: 'search',
  needs: ['users', 'filter'],
  checks: [
    check('01', 'A search by POST answers a ListResponse with what the filter finds.', async (client, expect, them) => {
      const answer = await search(client, { filter: them.all });
      expect.status(answer, 200);
      expect.ok(answer.schemas.includes(LIST_RESPONSE), `schemas must contain ${LIST_RESPONSE}`);
      expect.sameElements(answer.ids, them.ids, 'users found');
    }),
    check('02', 'startIndex and count of a search are kept to.', async (client, expect, them) => {
      const whole = await search(client, { filter: them.all });
      const answer = await search(client, { filter: them.all, startIndex: 2, count: 2 });
      expect.equal(answer.ids, whole.ids.slice(1, 3), 'the second and the third');
      expect.equal([answer.json.totalResults, answer.json.startIndex], [4, 2], 'totalResults and startIndex');
    }),
    check('03', 'attributes and excludedAttributes of a search are lists.', async (client, expect, them) => {
      const filter = `id eq "${them.ada.id}"`;
      const [only] = (await search(client, { filter, attributes: ['displayName'] })).resources;
      expect.equal([only?.displayName, only?.userName], [them.ada.displayName, undefined], 'displayName and userName');
      const [rest] = (await search(client, { filter, excludedAttributes: ['displayName', 'name'] })).resources;
      expect.equal(
        [rest?.displayName, rest?.name, rest?.userName],
        [undefined, undefined, them.ada.userName],
        'the rest',
      );
    }),
    check(
      '04',
      'sortBy and sortOrder of a search are kept to.',
      async (client, expect, them) => {
        const { all: filter, ada, bob, cyd, dan } = them;
        const answer = await search(client, { filter, sortBy: 'name.givenName', sortOrder: 'descending' });
        expect.equal(answer.ids, [dan.id, cyd.id, bob.id, ada.id], 'order');
      },
      ['sort'],
    ),
    check('05', 'What is no filter is refused with invalidFilter.', async (client, expect) => {
      expect.error(await search(client, { filter: 'userName like "a"' }), 400, 'invalidFilter');
    }),
    check(
      '06',
      'A search at the base finds users and groups.',
      async (client, expect, them) => {
        const displayName = `${client.mark} everything`;
        const group = await client.group({ displayName });
        const filter = `displayName sw "${client.mark} "`;
        const answer = await search(client, { filter }, '/.search');
        if ([403, 404, 405, 501].includes(answer.status)) expect.skip(`POST /.search answers ${answer.status}`);
        expect.status(answer, 200);
        expect.sameElements(answer.ids, [...them.ids, group.id], 'resources found');
      },
      ['groups'],
    ),
    check('07', 'count 0 of a search answers how many there are.', async (client, expect, them) => {
      const answer = await search(client, { filter: them.all, count: 0 });
      expect.equal([answer.resources.length, answer.json.totalResults], [0, 4], 'Resources and totalResults');
    }),
  ],
};
