import { expect } from 'chai';
import fc from 'fast-check';
import { checkDocument, type MappedValue, type MappingRow } from '../../../modules/attribute-mapping/index.ts';
import { standardTransforms } from '../../../modules/attribute-mapping/transform/standard.ts';
import { type Resource, ScimError } from '../../../modules/scim/index.ts';
import { runs } from '../../setup/runs.ts';
import { compiled, connection } from '../mapping-under-test.ts';
import { anyRows, anyUser, attributes, sources, word } from './arbitrary.ts';

const environment = { attributes, transforms: standardTransforms };
const anyDrift = fc
  .dictionary(
    fc.constantFrom(
      'email',
      'firstname',
      'motto',
      'size',
      'vip',
      'tier',
      'likes',
      'joined',
      'gender',
      'address.city',
      'group',
      'gone',
      '__proto__',
      'constructor',
    ),
    fc.oneof(fc.constant(null), word, fc.integer(), fc.constantFrom('7,5', '', '2024-01-01 00:00:00')),
  )
  .map((drift) => new Map(Object.entries(drift)) as Map<string, MappedValue>);

/** The outcome of a step that may refuse; anything else than a refusal is thrown. */
function outcomeOf<T>(step: () => T): T | string {
  try {
    return step();
  } catch (error) {
    if (error instanceof ScimError) return `${error.status} ${error.message}`;
    throw error;
  }
}

describe('Any mapping of any user', () => {
  it('comes to a customer or to a refusal of SCIM’s, and twice to the same', () =>
    fc.assert(
      fc.property(
        anyRows,
        anyUser,
        fc.dictionary(fc.constantFrom('r0', 'r1', 'r2'), fc.jsonValue()),
        (rows, user, computed) => {
          const mapping = compiled(rows, attributes, sources);
          const before = JSON.stringify(user);
          const first = outcomeOf(() => mapping.map(user, connection, computed));
          expect(outcomeOf(() => compiled(rows, attributes, sources).map(user, connection, computed))).to.deep.equal(
            first,
          );
          expect(JSON.stringify(user)).to.equal(before);
          if (typeof first === 'string') return;
          for (const value of [...Object.values(first.attributes), ...Object.values(first.address ?? {})])
            expect(
              value === null || typeof value === 'string' || typeof value === 'number',
              JSON.stringify(value),
            ).to.equal(true);
          for (const code of ['email', 'firstname', 'lastname', 'is_active'])
            expect(first.attributes[code], code).to.not.equal(null);
          for (const code of ['password_hash', 'vanished', 'constructor', '__proto__'])
            expect(Object.hasOwn(first.attributes, code), code).to.equal(false);
        },
      ),
      { numRuns: runs(200) },
    ));

  it('takes back whatever the store has made of it, once as well as twice', () =>
    fc.assert(
      fc.property(anyRows, anyUser, anyDrift, (rows, user, drift) => {
        const mapping = compiled(rows, attributes, sources);
        const before = JSON.stringify(user);
        const once = mapping.toUser(user, drift);
        expect(JSON.stringify(user)).to.equal(before);
        // Rows that share an attribute take it from one another: the same again needs rows that do not.
        const places = mapping.rows.flatMap((row) => ('source' in row ? row.source.split('[')[0] : []));
        if (new Set(places).size === places.length) expect(mapping.toUser(once, drift)).to.deep.equal(once);
        mapping.outdated(user);
        expect(Object.hasOwn(once, '__proto__')).to.equal(Object.hasOwn(user, '__proto__'));
      }),
      { numRuns: runs(200) },
    ));

  it('is judged without being thrown at, and what is judged good works in full', () =>
    fc.assert(
      fc.property(
        fc.oneof(
          fc.jsonValue(),
          anyRows.map((rows) => ({ version: 1, rows, sources })),
        ),
        (document) => {
          const issues = checkDocument(document, environment);
          expect(checkDocument(document, environment)).to.deep.equal(issues);
          for (const { message, cure } of issues) expect(`${message} | ${cure}`).to.match(/\S.* \| \S.*\.$/s);
          if (issues.some(({ severity }) => severity === 'error')) return;
          const { rows } = document as unknown as { rows: MappingRow[] };
          expect(compiled(rows, attributes, sources).resting).to.deep.equal([]);
        },
      ),
      { numRuns: runs(200) },
    ));
});

/** Rows with a way back, each with an attribute of its own, and what the store may make of its target. */
const roundTrips: readonly (readonly [
  row: Omit<MappingRow, 'id'> & Record<string, unknown>,
  values: fc.Arbitrary<MappedValue>,
])[] = [
  [{ type: 'direct', source: 'title', target: 'motto' }, fc.option(word)],
  [{ type: 'direct', source: 'nickName', target: 'motto' }, fc.option(word)],
  [
    { type: 'direct', source: 'urn:acme:scim:1.0:User:level', target: 'size' },
    fc.option(fc.integer({ min: -9, max: 9 })),
  ],
  [{ type: 'direct', source: 'customAttribute3', target: 'size' }, fc.option(fc.integer({ min: -9, max: 9 }))],
  [
    { type: 'direct', source: 'preferredLanguage', target: 'joined' },
    fc.option(fc.constantFrom('2024-02-29 00:00:00', '1999-12-31 00:00:00')),
  ],
  [{ type: 'direct', source: 'userType', target: 'tier' }, fc.option(fc.constantFrom(5, 7, 9))],
  [
    { type: 'lookup', source: 'userType', target: 'tier', table: { a: 'Gold', b: 'Silver', c: 'Straße' } },
    fc.option(fc.constantFrom(5, 7, 9)),
  ],
  [{ type: 'direct', source: 'roles', target: 'likes' }, fc.option(fc.constantFrom('7', '7,5', '5,9', '7,5,9'))],
  [{ type: 'direct', source: 'timezone', target: 'vip' }, fc.option(fc.constantFrom(0, 1))],
  [{ type: 'direct', source: 'active', target: 'is_active' }, fc.constantFrom(0, 1)],
  [{ type: 'direct', source: 'emails[type eq "work"].value', target: 'taxvat' }, fc.option(word)],
  [{ type: 'direct', source: 'phoneNumbers[main].value', target: 'address.telephone' }, fc.option(word)],
  [{ type: 'direct', source: 'addresses[type eq "home"].locality', target: 'address.city' }, word],
  [
    { type: 'direct', source: 'profileUrl', target: 'address.country_id', transforms: ['country'] },
    fc.constantFrom('DE', 'FR'),
  ],
];
const roundTrip = fc.shuffledSubarray([...roundTrips]).chain((chosen) => {
  const seen = new Set<string>();
  const own = chosen.filter(([{ source }]) => !seen.has(String(source)) && seen.add(String(source)));
  const rows = own.map(([row], n) => ({ id: `r${n}`, ...row }) as MappingRow);
  const targets = new Map(own.map(([{ target }, values]) => [target, values] as const));
  return fc.record({
    rows: fc.constant(rows),
    drift: fc.record(Object.fromEntries(targets), { requiredKeys: [] }) as fc.Arbitrary<Record<string, MappedValue>>,
  });
});
const sensibleUser: fc.Arbitrary<Resource> = fc
  .record(
    {
      userName: word,
      title: word,
      nickName: word,
      active: fc.boolean(),
      userType: fc.constantFrom('a', 'B'),
      customAttribute3: fc.constantFrom('1', '2'),
      'urn:acme:scim:1.0:User': fc.record({ level: fc.integer({ min: 0, max: 9 }) }),
      roles: fc.subarray([{ value: 'Gold' }, { value: 'silver', type: 't' }], { minLength: 1 }),
      emails: fc.array(
        fc.record({ value: fc.constant('a@x.example'), type: fc.constantFrom('work', 'home', 'Work') }),
        { maxLength: 3 },
      ),
      phoneNumbers: fc.array(fc.record({ value: word, primary: fc.boolean() }), { maxLength: 2 }),
      addresses: fc.array(fc.record({ locality: word, type: fc.constantFrom('home', 'work') }), { maxLength: 2 }),
      profileUrl: fc.constantFrom('Germany', 'fr'),
    },
    { requiredKeys: ['userName'] },
  )
  .map((user) => JSON.parse(JSON.stringify(user)) as Resource);

describe('A mapping there and back', () => {
  it('gives what was sent: what the store has changed, put into the document, maps to what the store has', () =>
    fc.assert(
      fc.property(roundTrip, sensibleUser, ({ rows, drift }, user) => {
        const mapping = compiled(rows, attributes, sources);
        expect(mapping.resting).to.deep.equal([]);
        // A label where the table has keys is somebody else's user.
        const before = outcomeOf(() => mapping.map(user, connection));
        if (typeof before === 'string') return;
        const after = mapping.map(mapping.toUser(user, new Map(Object.entries(drift))), connection);
        for (const [target, value] of Object.entries(drift)) {
          expect(mapping.hasInverse(target), target).to.equal(true);
          // A phone number alone makes no address.
          if (target === 'address.telephone' && !after.address) continue;
          const got = target.startsWith('address.') ? after.address?.[target.slice(8)] : after.attributes[target];
          expect(got ?? null, target).to.equal(value);
        }
        for (const [code, value] of Object.entries(before.attributes))
          if (!(code in drift) && rows.some(({ target }) => target === code))
            expect(after.attributes[code], code).to.equal(value);
      }),
      { numRuns: runs(300) },
    ));
});
