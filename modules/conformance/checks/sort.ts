import type { Area } from '../suite/check.ts';
import { among, people } from './people.ts';

/** sortBy and sortOrder. */
export const sort: Area = {
  name: 'sort',
  needs: ['users', 'filter', 'sort'],
  checks: [
    {
      id: 'RFC7644-3.4.2.3-01',
      level: 'MUST',
      says: 'sortBy sorts ascending where no sortOrder is given.',
      async run(client, expect) {
        const them = await people(client);
        const { ada, bob, cyd, dan } = them;
        const answer = await client.find('/Users', them.all, '&sortBy=name.givenName');
        expect.status(answer, 200);
        expect.equal(answer.ids, [ada.id, bob.id, cyd.id, dan.id], 'order');
      },
    },
    {
      id: 'RFC7644-3.4.2.3-02',
      level: 'MUST',
      says: 'sortOrder=descending turns the order round.',
      async run(client, expect) {
        const them = await people(client);
        const { ada, bob, cyd, dan } = them;
        const answer = await client.find('/Users', them.all, '&sortBy=name.givenName&sortOrder=descending');
        expect.equal(answer.ids, [dan.id, cyd.id, bob.id, ada.id], 'order');
      },
    },
    {
      id: 'RFC7644-3.4.2.3-03',
      level: 'MUST',
      says: 'Attributes that are not caseExact are sorted whatever their case.',
      async run(client, expect) {
        const them = await people(client);
        const { ada, bob, cyd, dan } = them;
        const families = await client.find('/Users', them.all, '&sortBy=name.familyName');
        expect.equal(families.ids, [cyd.id, dan.id, bob.id, ada.id], 'order by name.familyName');
        const userNames = await client.find('/Users', them.all, '&sortBy=userName&sortOrder=ascending');
        expect.equal(userNames.ids, [ada.id, bob.id, cyd.id, dan.id], 'order by userName');
      },
    },
    {
      id: 'RFC7644-3.4.2.3-04',
      level: 'MUST',
      says: 'Resources without a value come last ascending and first descending.',
      async run(client, expect) {
        const them = await people(client);
        const { ada, bob, cyd, dan } = them;
        const up = await client.find('/Users', them.all, '&sortBy=externalId');
        expect.equal(up.ids, [ada.id, bob.id, cyd.id, dan.id], 'order');
        const down = await client.find('/Users', them.all, '&sortBy=externalId&sortOrder=descending');
        expect.equal(down.ids, [dan.id, cyd.id, bob.id, ada.id], 'descending order');
      },
    },
    {
      id: 'RFC7644-3.4.2.3-05',
      level: 'MUST',
      says: 'A multi-valued attribute sorts by its primary value.',
      async run(client, expect) {
        const them = await people(client);
        const { ada, bob, cyd, dan } = them;
        const answer = await client.find('/Users', them.all, '&sortBy=emails.value');
        expect.status(answer, 200);
        expect.equal(answer.ids, [ada.id, bob.id, cyd.id, dan.id], 'order');
      },
    },
    {
      id: 'RFC7644-3.4.2.3-06',
      level: 'MUST',
      says: 'Pages follow the order.',
      needs: ['index'],
      async run(client, expect) {
        const them = await people(client);
        const second = await client.find('/Users', them.all, '&sortBy=name.givenName&startIndex=2&count=2');
        expect.equal(second.ids, [them.bob.id, them.cyd.id], 'the second and the third');
      },
    },
    {
      id: 'RFC7644-3.4.2.3-07',
      level: 'MUST',
      says: 'dateTimes are sorted by time.',
      async run(client, expect) {
        const them = await people(client);
        const { ada, bob, cyd, dan } = them;
        const answer = await client.find('/Users', among(them, 'userName pr'), '&sortBy=meta.created');
        const moments = answer.resources.map(({ meta }) => Date.parse(String(meta?.created)));
        expect.equal(
          moments,
          [...moments].sort((a, b) => a - b),
          'meta.created in the order of the answer',
        );
        expect.sameElements(answer.ids, [ada.id, bob.id, cyd.id, dan.id], 'users found');
      },
    },
  ],
};
