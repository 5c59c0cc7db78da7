import { expect } from 'chai';
import fc from 'fast-check';
import type { MappedValue } from '../../modules/attribute-mapping/index.ts';
import { enterpriseUserSchema, type Resource, sameJson } from '../../modules/scim/index.ts';
import { runs } from '../setup/runs.ts';
import { connection, defaultMapping } from './mapping-under-test.ts';

const word = fc.stringMatching(/^[A-Za-zäß0-9]{1,12}$/);
const email = fc.stringMatching(/^[a-z]{1,8}@[a-z]{1,8}\.example$/);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const flags = { type: maybe(fc.constantFrom('work', 'home', 'Work')), primary: maybe(fc.boolean()) };

const user: fc.Arbitrary<Resource> = fc
  .record({
    userName: word,
    title: maybe(word),
    active: maybe(fc.boolean()),
    nickName: maybe(word),
    name: maybe(fc.record({ givenName: maybe(word), familyName: maybe(word), formatted: maybe(word) })),
    emails: maybe(fc.array(fc.record({ value: email, ...flags }), { maxLength: 3 })),
    phoneNumbers: maybe(fc.array(fc.record({ value: word, ...flags }), { maxLength: 2 })),
    addresses: maybe(fc.array(fc.record({ locality: word, country: fc.constant('DE'), ...flags }), { maxLength: 2 })),
    [enterpriseUserSchema.id]: maybe(fc.record({ department: word, division: maybe(word) })),
  })
  .map((made) => JSON.parse(JSON.stringify(made)) as Resource);

/** What the store may have made of mapped values, as far as a customer must have them. */
const drift = fc.record(
  {
    email,
    firstname: word,
    lastname: word,
    is_active: fc.constantFrom(0, 1),
    middlename: fc.option(word),
    job_title: fc.option(word),
    phone_number: fc.option(word),
    department: fc.option(word),
    division: fc.option(word),
    'address.city': word,
    'address.country_id': fc.constantFrom('FR', 'US'),
    'address.street': fc.option(word),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Record<string, MappedValue>>;

describe('A mapping and its inverse', () => {
  let under: Awaited<ReturnType<typeof defaultMapping>>;
  before(async () => {
    under = await defaultMapping();
  });
  after(() => under.close());

  it('go round: what the store has changed, put into the document, maps to what the store has', () =>
    fc.assert(
      fc.asyncProperty(user, drift, async (document, changes) => {
        const before = await under.map(document);
        const shown = under.mapping.of(connection).toUser(document, new Map(Object.entries(changes)));
        const after = await under.map(shown);
        for (const [target, value] of Object.entries(changes)) {
          const field = target.startsWith('address.') ? target.slice('address.'.length) : undefined;
          expect(field === undefined ? after.attributes[target] : (after.address?.[field] ?? null), target).to.equal(
            value,
          );
        }
        for (const [code, value] of Object.entries(before.attributes))
          if (!(code in changes) && !before.standIns?.has(code)) expect(after.attributes[code], code).to.equal(value);
      }),
      { numRuns: runs(300) },
    ));

  it('leave the document alone where the store has changed nothing, or what the row says is what it says', () =>
    fc.assert(
      fc.asyncProperty(user, async (document) => {
        expect(under.mapping.of(connection).toUser(document, new Map())).to.equal(document);
        const { attributes, standIns } = await under.map(document);
        const sent = ['firstname', 'lastname', 'job_title', 'department'].filter((code) => !standIns?.has(code));
        const same = new Map(sent.map((code) => [code, attributes[code] ?? null] as const));
        const shown = under.mapping.of(connection).toUser(document, same);
        expect(sameJson({ name: {}, ...shown }, { name: {}, ...document }), JSON.stringify(shown)).to.equal(true);
      }),
      { numRuns: runs(300) },
    ));

  it('never change the document they are given, nor its prototype', () =>
    fc.assert(
      fc.asyncProperty(user, drift, async (document, changes) => {
        const copy = JSON.stringify(document);
        under.mapping.of(connection).toUser(document, new Map(Object.entries(changes)));
        await under.map(document);
        expect(JSON.stringify(document)).to.equal(copy);
      }),
      { numRuns: runs(100) },
    ));

  it('know their targets', () => {
    for (const target of ['firstname', 'address.city', 'department', 'is_active'])
      expect(under.mapping.of(connection).hasInverse(target), target).to.equal(true);
    for (const target of ['taxvat', 'address.telephone', '__proto__', 'password_hash'])
      expect(under.mapping.of(connection).hasInverse(target), target).to.equal(false);
  });
});
