import type { Area, Check } from '../suite/check.ts';
import { type Body, type Json, listOf, textOf } from '../suite/json.ts';
import { ENTERPRISE, USER } from '../suite/urn.ts';
import { refusedPatches } from './patch-refusals.ts';

interface Case {
  readonly number: string;
  readonly level?: Check['level'];
  readonly says: string;
  readonly needs?: Check['needs'];
  /** What the user has beside a name and an e-mail. */
  readonly has?: Body;
  readonly operations: readonly Body[] | ((user: Json) => readonly Body[]);
  /** What of the user afterwards must be equal to what. */
  readonly leaves: (after: Json, before: Json) => readonly (readonly [found: unknown, wanted: unknown, what: string])[];
}

/** PATCHes a user of its own; the answer is 200 with the user or 204, and the user is then as it should be. */
const changes = ({ number, level = 'MUST', says, needs, has = {}, operations, leaves }: Case): Check => ({
  id: `RFC7644-3.5.2-${number}`,
  level,
  says,
  ...(needs ? { needs } : {}),
  async run(client, expect) {
    const before = await client.user(has);
    const path = `/Users/${before.id}`;
    const answer = await client.patch(path, ...(typeof operations === 'function' ? operations(before) : operations));
    expect.status(answer, 200, 204);
    const after = await client.read(path);
    if (answer.status === 200) expect.equal(answer.json, after, 'the answer, compared with what is read afterwards');
    for (const [found, wanted, what] of leaves(after, before)) expect.equal(found ?? null, wanted ?? null, what);
  },
});

const phones = [
  { value: '+1-555-0100', type: 'work', primary: true },
  { value: '+1-555-0199', type: 'mobile' },
];
const numbers = (user: Json): readonly string[] =>
  listOf(user.phoneNumbers)
    .map(({ value }) => textOf(value))
    .sort();

/** PATCH of users. */
export const patch: Area = {
  name: 'patch',
  needs: ['users', 'patch'],
  checks: [
    changes({
      number: '01',
      says: 'replace with a path sets an attribute.',
      operations: [{ op: 'replace', path: 'displayName', value: 'Countess' }],
      leaves: (user) => [[user.displayName, 'Countess', 'displayName']],
    }),
    changes({
      number: '02',
      says: 'add with a path sets an attribute that has no value.',
      operations: [{ op: 'add', path: 'title', value: 'Dr' }],
      needs: ['user:title'],
      leaves: (user) => [[user.title, 'Dr', 'title']],
    }),
    changes({
      number: '03',
      says: 'add replaces the value of a single-valued attribute.',
      has: { title: 'Mr' },
      needs: ['user:title'],
      operations: [{ op: 'add', path: 'title', value: 'Dr' }],
      leaves: (user) => [[user.title, 'Dr', 'title']],
    }),
    changes({
      number: '04',
      says: 'add without a path merges what its value names.',
      needs: ['lenient-patch', 'user:nickName'],
      operations: [{ op: 'add', value: { nickName: 'Ace', name: { middleName: 'King' } } }],
      leaves: (user) => [
        [user.nickName, 'Ace', 'nickName'],
        [user.name?.middleName, 'King', 'name.middleName'],
        [user.name?.givenName, 'Ada', 'name.givenName, which was not named'],
      ],
    }),
    changes({
      number: '05',
      says: 'replace without a path sets what its value names and leaves the rest.',
      needs: ['lenient-patch'],
      has: { title: 'Mr' },
      operations: [{ op: 'replace', value: { displayName: 'Countess', active: false } }],
      leaves: (user, before) => [
        [user.displayName, 'Countess', 'displayName'],
        [user.active, false, 'active'],
        [user.title, before.title, 'title, which was not named'],
      ],
    }),
    changes({
      number: '06',
      says: 'A path to a sub-attribute changes this one alone.',
      operations: [{ op: 'replace', path: 'name.familyName', value: 'Byron' }],
      leaves: (user) => [
        [user.name?.familyName, 'Byron', 'name.familyName'],
        [user.name?.givenName, 'Ada', 'name.givenName'],
      ],
    }),
    changes({
      number: '07',
      says: 'add to a multi-valued attribute adds its values to those that are there.',
      has: { phoneNumbers: [phones[0]] },
      needs: ['user:phoneNumbers'],
      operations: [{ op: 'add', path: 'phoneNumbers', value: [phones[1]] }],
      leaves: (user) => [[numbers(user), phones.map(({ value }) => value).sort(), 'phoneNumbers']],
    }),
    changes({
      number: '08',
      says: 'add of a value that is there already makes no second one and leaves meta.lastModified.',
      has: { phoneNumbers: phones },
      needs: ['user:phoneNumbers'],
      operations: (user) => [{ op: 'add', path: 'phoneNumbers', value: [listOf(user.phoneNumbers)[0]] }],
      leaves: (user, before) => [
        [numbers(user), numbers(before), 'phoneNumbers'],
        [user.meta?.lastModified, before.meta?.lastModified, 'meta.lastModified'],
      ],
    }),
    changes({
      number: '09',
      says: 'replace of a multi-valued attribute replaces all its values.',
      has: { phoneNumbers: phones },
      needs: ['user:phoneNumbers'],
      operations: [{ op: 'replace', path: 'phoneNumbers', value: [{ value: '+1-555-0123', type: 'home' }] }],
      leaves: (user) => [[numbers(user), ['+1-555-0123'], 'phoneNumbers']],
    }),
    changes({
      number: '10',
      says: 'A value filter chooses the element whose sub-attribute is replaced.',
      has: { phoneNumbers: phones },
      needs: ['user:phoneNumbers'],
      operations: [{ op: 'replace', path: 'phoneNumbers[type eq "mobile"].value', value: '+1-555-0123' }],
      leaves: (user) => [[numbers(user), ['+1-555-0100', '+1-555-0123'], 'phoneNumbers']],
    }),
    changes({
      number: '11',
      says: 'replace with a value filter and an object replaces the element it selects and no other.',
      has: { phoneNumbers: phones },
      needs: ['lenient-patch', 'user:phoneNumbers'],
      operations: [
        { op: 'replace', path: 'phoneNumbers[type eq "work"]', value: { value: '+1-555-0123', type: 'work' } },
      ],
      leaves: (user) => [
        [numbers(user), ['+1-555-0123', '+1-555-0199'], 'phoneNumbers'],
        [
          listOf(user.phoneNumbers).find(({ value }) => textOf(value) === '+1-555-0199'),
          phones[1],
          'the other element',
        ],
      ],
    }),
    changes({
      number: '12',
      says: 'remove with a path makes the attribute unassigned.',
      has: { title: 'Dr' },
      needs: ['user:title'],
      operations: [{ op: 'remove', path: 'title' }],
      leaves: (user) => [[user.title, undefined, 'title']],
    }),
    changes({
      number: '13',
      says: 'remove with a value filter removes the elements it selects and no others.',
      has: { phoneNumbers: phones },
      needs: ['user:phoneNumbers'],
      operations: [{ op: 'remove', path: 'phoneNumbers[type eq "mobile"]' }],
      leaves: (user) => [[numbers(user), ['+1-555-0100'], 'phoneNumbers']],
    }),
    changes({
      number: '14',
      says: 'remove of a multi-valued attribute removes all its values.',
      has: { phoneNumbers: phones },
      needs: ['user:phoneNumbers'],
      operations: [{ op: 'remove', path: 'phoneNumbers' }],
      leaves: (user) => [[numbers(user), [], 'phoneNumbers']],
    }),
    changes({
      number: '15',
      says: 'Operations are carried out in their order.',
      needs: ['user:title'],
      operations: [
        { op: 'add', path: 'title', value: 'first' },
        { op: 'remove', path: 'title' },
        { op: 'add', path: 'title', value: 'last' },
      ],
      leaves: (user) => [[user.title, 'last', 'title']],
    }),
    changes({
      number: '16',
      says: 'A new primary value takes primary from the others.',
      has: { phoneNumbers: phones },
      needs: ['user:phoneNumbers'],
      operations: [{ op: 'add', path: 'phoneNumbers', value: [{ value: '+1-555-0123', type: 'home', primary: true }] }],
      leaves: (user) => [
        [
          listOf(user.phoneNumbers)
            .filter(({ primary }) => (primary as unknown) === true)
            .map(({ value }) => value),
          ['+1-555-0123'],
          'primary phone numbers',
        ],
      ],
    }),
    changes({
      number: '17',
      says: 'Attributes of an extension are reached by URN and name.',
      needs: ['enterprise'],
      operations: [{ op: 'add', path: `${ENTERPRISE}:department`, value: 'Sales' }],
      leaves: (user) => [
        [user[ENTERPRISE]?.department, 'Sales', 'department'],
        [listOf(user.schemas).map(String).includes(ENTERPRISE), true, 'whether schemas names the extension'],
      ],
    }),
    changes({
      number: '18',
      says: 'An attribute of the core schema may be named with its URN.',
      operations: [{ op: 'replace', path: `${USER}:displayName`, value: 'Countess' }],
      leaves: (user) => [[user.displayName, 'Countess', 'displayName']],
    }),
    changes({
      number: '19',
      says: 'Names in a path are read whatever their case.',
      operations: [{ op: 'replace', path: 'NAME.FamilyName', value: 'Byron' }],
      leaves: (user) => [[user.name?.familyName, 'Byron', 'name.familyName']],
    }),
    changes({
      number: '20',
      says: 'A modification sets meta.lastModified and leaves meta.created.',
      operations: [{ op: 'replace', path: 'displayName', value: 'Countess' }],
      leaves: (user, before) => [
        [user.meta?.created, before.meta?.created, 'meta.created'],
        [
          Date.parse(textOf(user.meta?.lastModified)) >= Date.parse(textOf(before.meta?.lastModified)),
          true,
          'whether meta.lastModified is not older than before',
        ],
      ],
    }),
    changes({
      number: '21',
      says: 'replace of a complex attribute sets the sub-attributes of its value.',
      operations: [{ op: 'replace', path: 'name', value: { givenName: 'Grace', familyName: 'Hopper' } }],
      leaves: (user) => [[[user.name?.givenName, user.name?.familyName], ['Grace', 'Hopper'], 'name']],
    }),
    changes({
      number: '22',
      says: 'replace of an attribute that has no value acts as add.',
      needs: ['user:nickName'],
      operations: [{ op: 'replace', path: 'nickName', value: 'Ace' }],
      leaves: (user) => [[user.nickName, 'Ace', 'nickName']],
    }),
    changes({
      number: '23',
      level: 'MAY',
      says: 'op is read whatever its case (identity providers send "Replace").',
      needs: ['lenient-patch'],
      operations: [{ op: 'Replace', path: 'displayName', value: 'Countess' }],
      leaves: (user) => [[user.displayName, 'Countess', 'displayName']],
    }),
    changes({
      number: '24',
      level: 'MAY',
      says: 'add to a filtered element that is not there makes it (identity providers rely on it).',
      needs: ['lenient-patch', 'user:phoneNumbers'],
      operations: [{ op: 'add', path: 'phoneNumbers[type eq "work"].value', value: '+1-555-0100' }],
      leaves: (user) => [
        [listOf(user.phoneNumbers).map(({ value, type }) => [value, type]), [['+1-555-0100', 'work']], 'phoneNumbers'],
      ],
    }),
    ...refusedPatches,
  ],
};
