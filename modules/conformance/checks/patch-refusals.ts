import type { Check } from '../suite/check.ts';
import { type Body, type Json, sameJson } from '../suite/json.ts';
import { PATCH_OP } from '../suite/urn.ts';

/** A PATCH that must be refused, and must have changed nothing. */
const refuses = (
  number: string,
  level: Check['level'],
  says: string,
  scimTypes: readonly string[],
  operations: readonly Body[] | ((user: Json) => readonly Body[]),
  has: Body = {},
): Check => ({
  id: `RFC7644-3.5.2-${number}`,
  level,
  says,
  async run(client, expect) {
    const user = await client.user(has);
    const path = `/Users/${user.id}`;
    const answer = await client.patch(path, ...(typeof operations === 'function' ? operations(user) : operations));
    expect.error(answer, 400, ...scimTypes);
    expect.ok(sameJson(await client.read(path), user), 'the resource was changed all the same');
  },
});

/** What a PATCH must not do. */
export const refusedPatches: readonly Check[] = [
  refuses('40', 'MUST', 'remove without a path is refused with noTarget.', ['noTarget'], [{ op: 'remove' }]),
  refuses(
    '41',
    'MUST',
    'replace with a value filter that selects nothing is refused with noTarget.',
    ['noTarget'],
    [{ op: 'replace', path: 'emails[value eq "nobody@example.com"].value', value: 'x@example.com' }],
  ),
  refuses(
    '42',
    'MUST',
    'A path that is no path is refused with invalidPath.',
    ['invalidPath', 'invalidFilter'],
    [{ op: 'replace', path: 'emails[type eq', value: 'x' }],
  ),
  refuses(
    '43',
    'SHOULD',
    'A path to an attribute that the schema does not know is refused with invalidPath.',
    ['invalidPath', 'noTarget'],
    [{ op: 'replace', path: 'name.shoeSize', value: '42' }],
  ),
  refuses(
    '44',
    'MUST',
    'A readOnly attribute can not be changed: mutability.',
    ['mutability'],
    [{ op: 'replace', path: 'id', value: 'other' }],
  ),
  refuses(
    '45',
    'MUST',
    'A required attribute can not be removed: mutability.',
    ['mutability', 'invalidValue'],
    [{ op: 'remove', path: 'userName' }],
  ),
  refuses(
    '46',
    'MUST',
    'A PATCH is atomic: where one operation fails, none is carried out.',
    [],
    [
      { op: 'replace', path: 'displayName', value: 'changed' },
      { op: 'replace', path: 'emails[value eq "nobody@example.com"].value', value: 'x@example.com' },
    ],
  ),
  refuses(
    '47',
    'MUST',
    'An op that is none is refused.',
    ['invalidSyntax', 'invalidValue'],
    [{ op: 'increment', path: 'displayName', value: 'x' }],
  ),
  refuses(
    '48',
    'MUST',
    'A value of the wrong type is refused with invalidValue.',
    ['invalidValue', 'invalidSyntax'],
    [{ op: 'replace', path: 'active', value: { maybe: 1 } }],
  ),
  {
    id: 'RFC7644-3.5.2-49',
    level: 'MUST',
    says: 'A PATCH without Operations is refused.',
    async run(client, expect) {
      const { id } = await client.user();
      expect.error(await client.send('PATCH', `/Users/${id}`, { body: { schemas: [PATCH_OP] } }), 400);
      const none = await client.send('PATCH', `/Users/${id}`, { body: { schemas: [PATCH_OP], Operations: 'all' } });
      expect.error(none, 400);
    },
  },
  {
    id: 'RFC7644-3.5.2-50',
    level: 'MUST',
    says: "PATCH to another user's userName is refused with 409 uniqueness, and changes nothing.",
    async run(client, expect) {
      const [first, second] = [await client.user(), await client.user()];
      const path = `/Users/${second.id}`;
      const answer = await client.patch(path, { op: 'replace', path: 'userName', value: first.userName });
      expect.error(answer, 409, 'uniqueness');
      expect.equal((await client.read(path)).userName, second.userName, 'userName');
    },
  },
  {
    id: 'RFC7644-3.5.2-51',
    level: 'MUST',
    says: 'PATCH of an id that nobody has answers 404.',
    async run(client, expect) {
      const answer = await client.patch(`/Users/${client.name('no')}`, { op: 'remove', path: 'title' });
      expect.error(answer, 404);
    },
  },
];
