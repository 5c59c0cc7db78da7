import type { Area, Check, Level } from '../suite/check.ts';
import type { Client } from '../suite/client.ts';
import { textOf } from '../suite/json.ts';
import { ENTERPRISE, USER } from '../suite/urn.ts';
import { refusedFilters } from './filter-refusals.ts';
import { among, type People, people } from './people.ts';

type Who = 'ada' | 'bob' | 'cyd' | 'dan';

/** A check that a filter finds exactly these of the four. */
const finds = (
  number: string,
  level: Level,
  says: string,
  filter: string | ((them: People, client: Client) => string),
  ...who: readonly Who[]
): Check => ({
  id: `RFC7644-3.4.2.2-${number}`,
  level,
  says,
  async run(client, expect) {
    const them = await people(client);
    const text = typeof filter === 'string' ? filter : filter(them, client);
    const answer = await client.find('/Users', among(them, text));
    expect.status(answer, 200);
    expect.sameElements(
      answer.ids,
      who.map((name) => textOf(them[name].id)),
      `users found by ${text}`,
    );
    expect.equal(answer.json.totalResults, who.length, 'totalResults');
  },
});

/** Filters on users. */
export const filter: Area = {
  name: 'filter',
  needs: ['users', 'filter'],
  checks: [
    finds('01', 'MUST', 'eq finds what is equal.', 'name.familyName eq "Zimmer"', 'ada'),
    finds('02', 'MUST', 'ne finds what is not equal.', 'name.familyName ne "Zimmer"', 'bob', 'cyd', 'dan'),
    finds('03', 'MUST', 'co finds what contains the text.', 'name.familyName co "am"', 'cyd'),
    finds('04', 'MUST', 'sw finds what starts with the text.', 'name.givenName sw "B"', 'bob'),
    finds('05', 'MUST', 'ew finds what ends with the text.', 'name.familyName ew "mer"', 'ada'),
    finds('06', 'MUST', 'pr finds where there is a value.', 'externalId pr', 'ada', 'bob', 'cyd'),
    finds('07', 'MUST', 'gt finds what is greater.', 'name.givenName gt "Bob"', 'cyd', 'dan'),
    finds('08', 'MUST', 'ge finds what is greater or equal.', 'name.givenName ge "Bob"', 'bob', 'cyd', 'dan'),
    finds('09', 'MUST', 'lt finds what is less.', 'name.givenName lt "Bob"', 'ada'),
    finds('10', 'MUST', 'le finds what is less or equal.', 'name.givenName le "Bob"', 'ada', 'bob'),
    finds(
      '11',
      'MUST',
      'or holds where one side does.',
      'name.givenName eq "Ada" or name.givenName eq "Dan"',
      'ada',
      'dan',
    ),
    finds('12', 'MUST', 'not turns a filter round.', 'not (name.givenName eq "Ada")', 'bob', 'cyd', 'dan'),
    finds(
      '13',
      'MUST',
      'and binds closer than or.',
      'name.givenName eq "Ada" or name.givenName eq "Bob" and name.familyName eq "nobody"',
      'ada',
    ),
    finds(
      '14',
      'MUST',
      'Parentheses group.',
      '(name.givenName eq "Ada" or name.givenName eq "Bob") and name.familyName eq "carter"',
      'bob',
    ),
    finds(
      '15',
      'MUST',
      'Operators and names of attributes are read whatever their case.',
      'NAME.GivenName EQ "Ada" OR Name.givenname Eq "Bob" AND EXTERNALID PR',
      'ada',
      'bob',
    ),
    finds(
      '16',
      'MUST',
      'Values of attributes that are not caseExact are compared whatever their case.',
      'name.familyName eq "CARTER" and displayName co "BOB"',
      'bob',
    ),
    finds(
      '17',
      'MUST',
      'externalId is caseExact: another case is another value.',
      ({ ada }) => `externalId eq "${textOf(ada.externalId).toLowerCase()}" or externalId eq "${ada.externalId}"`,
      'ada',
    ),
    finds('18', 'MUST', 'id can be filtered by.', ({ cyd }) => `id eq "${cyd.id}"`, 'cyd'),
    finds('19', 'MUST', 'Booleans are compared with true and false.', 'active eq false', 'dan'),
    finds(
      '20',
      'MUST',
      'A value path finds where one element satisfies the whole bracket.',
      ({ cyd }) => `emails[type eq "home" and value co "${textOf(cyd.userName).split('@')[0]}@home"]`,
      'cyd',
    ),
    finds(
      '21',
      'MUST',
      'A value path does not join what two elements say.',
      ({ cyd }) => `emails[type eq "home" and value eq "${cyd.userName}"]`,
    ),
    finds(
      '22',
      'MUST',
      'Sub-attributes of multi-valued attributes can be filtered by.',
      'emails.type eq "home"',
      'cyd',
    ),
    finds(
      '23',
      'MUST',
      'Quotation marks and backslashes in a value are escaped as in JSON.',
      'displayName co "\\"the first\\" back\\\\slash"',
      'ada',
    ),
    finds(
      '24',
      'MUST',
      '% and _ in a value mean themselves.',
      'displayName co "0% sure_l" or displayName co "a%b"',
      'cyd',
    ),
    finds('25', 'MUST', '_ in a value is no wildcard.', 'name.givenName eq "B_b" or name.givenName co "%"'),
    finds(
      '26',
      'MUST',
      'An attribute may be named with the URN of its schema.',
      `${USER}:name.givenName eq "Dan"`,
      'dan',
    ),
    {
      id: 'RFC7644-3.4.2.2-27',
      level: 'MUST',
      says: 'Attributes of an extension are filtered by URN and name.',
      needs: ['enterprise'],
      async run(client, expect) {
        const costCenter = client.name('cc');
        const { id } = await client.user({ schemas: [USER, ENTERPRISE], [ENTERPRISE]: { costCenter } });
        const answer = await client.find('/Users', `${ENTERPRISE}:costCenter eq "${costCenter}"`);
        expect.status(answer, 200);
        expect.equal(answer.ids, [id], 'users found');
      },
    },
    {
      id: 'RFC7644-3.4.2.2-28',
      level: 'MUST',
      says: 'meta.lastModified is compared as a moment, not as a text.',
      async run(client, expect) {
        const them = await people(client);
        const moment = Date.parse(textOf(them.ada.meta?.lastModified));
        const zoned = (shift: number) => new Date(moment + shift + 5 * 3_600_000).toISOString().replace('Z', '+05:00');
        const none = await client.find('/Users', among(them, `meta.lastModified gt "${zoned(3_600_000)}"`));
        expect.equal(none.json.totalResults, 0, 'users modified in the next hour');
        const all = await client.find('/Users', among(them, `meta.lastModified gt "${zoned(-3_600_000)}"`));
        expect.equal(all.json.totalResults, 4, 'users modified in the last hour');
      },
    },
    {
      id: 'RFC7644-3.4.2.2-29',
      level: 'MUST',
      says: 'userName is found whatever its case, also where it is the only condition.',
      async run(client, expect) {
        const { bob } = await people(client);
        const answer = await client.find('/Users', `userName eq "${textOf(bob.userName).toUpperCase()}"`);
        expect.equal(answer.ids, [bob.id], 'users found');
      },
    },
    {
      id: 'RFC7644-3.4.2.2-30',
      level: 'SHOULD',
      says: 'A multi-valued attribute without a sub-attribute is compared by its values.',
      async run(client, expect) {
        const them = await people(client);
        const answer = await client.find('/Users', among(them, `emails co "home.example.com"`));
        expect.status(answer, 200);
        expect.equal(answer.ids, [them.cyd.id], 'users found');
      },
    },
    {
      id: 'RFC7644-3.4.2.2-31',
      level: 'MUST',
      says: 'The text of a filter may be encoded with %20 or with + for its blanks.',
      async run(client, expect) {
        const { ada } = await people(client);
        const name = encodeURIComponent(textOf(ada.userName));
        const answer = await client.get(`/Users?filter=userName+eq+%22${name}%22`);
        if (answer.status === 400) expect.skip('+ is read as itself, which RFC 3986 allows');
        expect.equal(answer.ids, [ada.id], 'users found');
      },
    },
    ...refusedFilters,
  ],
};
