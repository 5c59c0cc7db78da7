import { expect } from 'chai';
import fc from 'fast-check';
import { merge } from '../../../modules/provisioning/sign-in/merge.ts';
import type { Resource } from '../../../modules/scim/index.ts';
import { runs } from '../../setup/runs.ts';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const mail = (value: string, more: Resource = { type: 'work', primary: true }) => ({ value, ...more });

interface Case {
  readonly when: string;
  readonly current: Resource;
  readonly said: Resource;
  readonly wrote?: Resource;
  readonly becomes: Resource;
  /** Where the sign-in wins; the same as `becomes` unless said. */
  readonly winning?: Resource;
  readonly disagrees?: readonly string[];
  readonly writes?: Resource;
}

const cases: readonly Case[] = [
  { when: 'nobody has said it', current: {}, said: { title: 'a' }, becomes: { title: 'a' }, writes: { title: 'a' } },
  {
    when: 'SCIM says something else',
    current: { title: 's' },
    said: { title: 'a' },
    becomes: { title: 's' },
    winning: { title: 'a' },
    disagrees: ['title'],
    writes: {},
  },
  { when: 'SCIM says the same', current: { title: 'a' }, said: { title: 'a' }, becomes: { title: 'a' }, writes: {} },
  {
    when: 'a sign-in wrote it and nobody has changed it',
    current: { title: 'a' },
    said: { title: 'b' },
    wrote: { title: 'a' },
    becomes: { title: 'b' },
    writes: { title: 'b' },
  },
  {
    when: 'a sign-in wrote it and SCIM has changed it since',
    current: { title: 's' },
    said: { title: 'b' },
    wrote: { title: 'a' },
    becomes: { title: 's' },
    winning: { title: 'b' },
    disagrees: ['title'],
    writes: {},
  },
  {
    when: 'a sign-in wrote it and SCIM has taken it away since',
    current: {},
    said: { title: 'a' },
    wrote: { title: 'a' },
    becomes: { title: 'a' },
    writes: { title: 'a' },
  },
  {
    when: 'only a sign-in gave it and its claim comes no longer',
    current: { title: 'a', nickName: 'n' },
    said: { nickName: 'n' },
    wrote: { title: 'a' },
    becomes: { nickName: 'n' },
    writes: {},
  },
  {
    when: 'a sign-in gave it, SCIM changed it, and its claim comes no longer',
    current: { title: 's', nickName: 'n' },
    said: { nickName: 'n' },
    wrote: { title: 'a' },
    becomes: { title: 's', nickName: 'n' },
    writes: {},
  },
  {
    when: 'the assertion says who it is and nothing else',
    current: { userName: 'u', title: 'a' },
    said: { userName: 'u' },
    wrote: { userName: 'u', title: 'a' },
    becomes: { userName: 'u', title: 'a' },
    writes: { userName: 'u', title: 'a' },
  },
  {
    when: 'a name or address comes no longer',
    current: { name: { givenName: 'A' }, emails: [mail('a@x')], displayName: 'A' },
    said: { nickName: 'n' },
    wrote: { name: { givenName: 'A' }, emails: [mail('a@x')], displayName: 'A' },
    becomes: { name: { givenName: 'A' }, emails: [mail('a@x')], displayName: 'A', nickName: 'n' },
    writes: { name: { givenName: 'A' }, emails: [mail('a@x')], displayName: 'A', nickName: 'n' },
  },
  {
    when: 'parts of a name come from both',
    current: { name: { givenName: 'S' } },
    said: { name: { givenName: 'A', familyName: 'B' } },
    becomes: { name: { givenName: 'S', familyName: 'B' } },
    winning: { name: { givenName: 'A', familyName: 'B' } },
    disagrees: ['name.givenName'],
    writes: { name: { familyName: 'B' } },
  },
  {
    when: 'it stands in an extension',
    current: { [enterprise]: { department: 'S' } },
    said: { [enterprise]: { department: 'A', division: 'D' } },
    becomes: { [enterprise]: { department: 'S', division: 'D' } },
    winning: { [enterprise]: { department: 'A', division: 'D' } },
    disagrees: [`${enterprise}:department`],
    writes: { [enterprise]: { division: 'D' } },
  },
  {
    when: 'it was the last of its extension',
    current: { [enterprise]: { department: 'A' }, nickName: 'n' },
    said: { nickName: 'n' },
    wrote: { [enterprise]: { department: 'A' } },
    becomes: { nickName: 'n' },
    writes: {},
  },
  {
    when: 'SCIM gives the main address no type',
    current: { emails: [{ value: 's@x', primary: true }] },
    said: { emails: [mail('a@x')] },
    becomes: { emails: [{ value: 's@x', primary: true }] },
    winning: { emails: [{ value: 's@x' }, mail('a@x')] },
    disagrees: ['emails[primary].value'],
    writes: {},
  },
  {
    when: 'an address differs in case only',
    current: { userName: 'Ann@X.com', emails: [mail('Ann@X.com')] },
    said: { userName: 'ann@x.com', emails: [mail('ann@x.com')] },
    becomes: { userName: 'Ann@X.com', emails: [mail('Ann@X.com')] },
    writes: {},
  },
  {
    when: 'SCIM has an element of another type',
    current: { phoneNumbers: [{ type: 'work', value: '1' }] },
    said: { phoneNumbers: [{ type: 'mobile', value: '2' }] },
    becomes: {
      phoneNumbers: [
        { type: 'work', value: '1' },
        { type: 'mobile', value: '2' },
      ],
    },
    writes: { phoneNumbers: [{ type: 'mobile', value: '2' }] },
  },
  {
    when: 'an element that a sign-in added comes no longer',
    current: {
      phoneNumbers: [
        { type: 'work', value: '1' },
        { type: 'mobile', value: '2' },
      ],
      nickName: 'n',
    },
    said: { nickName: 'n' },
    wrote: { phoneNumbers: [{ type: 'mobile', value: '2' }] },
    becomes: { phoneNumbers: [{ type: 'work', value: '1' }], nickName: 'n' },
    writes: {},
  },
  {
    when: 'an address is filled in where SCIM says a part of it',
    current: { addresses: [{ type: 'work', locality: 'S' }] },
    said: { addresses: [{ type: 'work', locality: 'A', country: 'DE' }] },
    becomes: { addresses: [{ type: 'work', locality: 'S', country: 'DE' }] },
    winning: { addresses: [{ type: 'work', locality: 'A', country: 'DE' }] },
    disagrees: ['addresses[type eq "work"].locality'],
    writes: { addresses: [{ type: 'work', country: 'DE' }] },
  },
  {
    when: 'a list has no types to tell its elements apart by',
    current: { roles: [{ value: 's' }, { value: 't' }] },
    said: { roles: [{ value: 'a' }, { value: 'b' }] },
    becomes: { roles: [{ value: 's' }, { value: 't' }] },
    winning: { roles: [{ value: 'a' }, { value: 'b' }] },
    disagrees: ['roles'],
    writes: {},
  },
  {
    when: 'such a list of SCIM has all of it and more',
    current: { roles: [{ value: 's' }, { value: 't' }] },
    said: { roles: [{ value: 'T' }] },
    becomes: { roles: [{ value: 's' }, { value: 't' }] },
    winning: { roles: [{ value: 'T' }] },
    writes: {},
  },
  {
    when: 'it is what SCIM finds the user by, even where sign-ins win',
    current: { userName: 's', externalId: 'e' },
    said: { userName: 'a', externalId: 'f' },
    becomes: { userName: 's', externalId: 'e' },
    disagrees: ['userName', 'externalId'],
    writes: {},
  },
  {
    when: 'a userName that a sign-in gave is another one now',
    current: { userName: 'a' },
    said: { userName: 'b' },
    wrote: { userName: 'a' },
    becomes: { userName: 'b' },
    writes: { userName: 'b' },
  },
  {
    when: 'it is not for sign-ins to say',
    current: { active: false },
    said: { active: true, id: '7', groups: [{ value: 'g1' }], title: 'a' },
    becomes: { active: false, title: 'a' },
    writes: { title: 'a' },
  },
];

describe('What a user becomes by a sign-in', () => {
  for (const { when, current, said, wrote = {}, becomes, winning = becomes, disagrees = [], writes } of cases) {
    it(`is told value by value: ${when}`, () => {
      const merged = merge({ current, said, wrote, wins: false });
      expect(merged.document).to.deep.equal(becomes);
      expect(merged.disagreements.map(({ path }) => path)).to.deep.equal(disagrees);
      if (writes) expect(merged.wrote).to.deep.equal(writes);
      expect(merge({ current, said, wrote, wins: true }).document).to.deep.equal(winning);
    });
  }

  const word = fc.constantFrom('a', 'b', 'c');
  const element = fc.record(
    { type: fc.constantFrom('work', 'home'), value: word, primary: fc.constant(true) },
    { requiredKeys: ['value'] },
  );
  /** RFC 7643 §2.4: one value at most is the primary one. */
  const withOnePrimary = (elements: readonly Resource[]): Resource[] => {
    const first = elements.findIndex(({ primary }) => primary === true);
    return elements.map(({ primary, ...rest }, at) => (at === first ? { ...rest, primary } : rest));
  };
  const user: fc.Arbitrary<Resource> = fc.record(
    {
      userName: word,
      title: word,
      name: fc.record({ givenName: word, familyName: word }, { requiredKeys: ['familyName'] }),
      emails: fc.array(element, { minLength: 1, maxLength: 3 }).map(withOnePrimary),
      roles: fc.array(fc.record({ value: word }), { minLength: 1, maxLength: 2 }),
      [enterprise]: fc.record({ department: word }),
    },
    { requiredKeys: [] },
  ) as fc.Arbitrary<Resource>;

  it('is the same when the same is said again, whoever wins', () => {
    fc.assert(
      fc.property(user, user, user, fc.boolean(), (known, first, said, wins) => {
        const before = merge({ current: known, said: first, wrote: {}, wins });
        const once = merge({ current: before.document, said, wrote: before.wrote, wins });
        const twice = merge({ current: once.document, said, wrote: once.wrote, wins });
        expect([twice.document, twice.wrote]).to.deep.equal([once.document, once.wrote]);
      }),
      { numRuns: runs(500) },
    );
  });

  it('settles, whatever SCIM has made of it meanwhile', () => {
    fc.assert(
      fc.property(user, user, user, fc.boolean(), (known, said, changed, wins) => {
        let { wrote } = merge({ current: known, said, wrote: {}, wins });
        let current = changed;
        for (let round = 0; round < 2; round++) ({ document: current, wrote } = merge({ current, said, wrote, wins }));
        expect(merge({ current, said, wrote, wins }).document).to.deep.equal(current);
      }),
      { numRuns: runs(300) },
    );
  });

  it('keeps every value that no sign-in wrote, unless sign-ins win', () => {
    const values = (resource: Resource): string[] => [
      ...['userName', 'title'].flatMap((name) => (resource[name] === undefined ? [] : [`${name}=${resource[name]}`])),
      ...((resource.emails ?? []) as Resource[]).map(({ value }) => `email=${value}`),
    ];
    fc.assert(
      fc.property(user, user, (current, said) => {
        const { document } = merge({ current, said, wrote: {}, wins: false });
        expect(values(document)).to.include.members(values(current));
      }),
      { numRuns: runs(300) },
    );
  });
});
