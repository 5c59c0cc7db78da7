import fc from 'fast-check';
import { type MappingRow, presetFor } from '../../../modules/attribute-mapping/index.ts';
import { userSchema } from '../../../modules/scim/index.ts';

/** A request at the person of a place: the same few names, so that they collide. */
export interface Asked {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly body: Record<string, unknown>;
  readonly whom: number;
}

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const patchSchema = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

const few = (...texts: string[]) => fc.constantFrom(...texts);
const text = fc.oneof(
  { weight: 6, arbitrary: few('Ann', 'Bo', 'José', 'Straße 1', ' x ', '') },
  { weight: 1, arbitrary: fc.string({ maxLength: 12, unit: 'grapheme' }) },
  { weight: 1, arbitrary: fc.constant('y'.repeat(300)) },
);
const email = few(
  'ann@example.com',
  'Ann@Example.com',
  'bo@example.com',
  'kim@example.com',
  'josé@example.com',
  'no address',
);
const address = fc.record(
  {
    type: few('work', 'home'),
    streetAddress: text,
    locality: text,
    region: few('California', 'CA', 'Nowhere'),
    postalCode: few('90210', '1'),
    country: few('US', 'us', 'DE', 'Germany'),
    primary: fc.boolean(),
  },
  { requiredKeys: [] },
);

/** A user as providers write them, mostly right. */
const user = fc.record(
  {
    schemas: fc.constant([userSchema.id, enterprise]),
    userName: fc.oneof(
      { weight: 9, arbitrary: few('ann', 'bo', 'ann@example.com', 'KIM') },
      { weight: 1, arbitrary: fc.constant('') },
    ),
    externalId: few('e1', 'e2', 'e3'),
    displayName: text,
    name: fc.record(
      { givenName: text, familyName: text, middleName: text, honorificPrefix: text },
      { requiredKeys: [] },
    ),
    active: fc.oneof({ weight: 4, arbitrary: fc.boolean() }, { weight: 1, arbitrary: few('True', 'False', 'perhaps') }),
    title: text,
    emails: fc.array(fc.record({ value: email, type: few('work', 'home'), primary: fc.boolean() }), { maxLength: 2 }),
    addresses: fc.array(address, { maxLength: 1 }),
    phoneNumbers: fc.array(fc.record({ value: few('+1 555 0100', '0711') }), { maxLength: 1 }),
    password: fc.constant('never Kept 1'),
    favourite: fc.constant('unknown to all'),
    [enterprise]: fc.record({ department: text, employeeNumber: few('7', '8') }, { requiredKeys: [] }),
  },
  { requiredKeys: ['schemas', 'userName'] },
);

const operation = fc.oneof(
  fc.record({
    op: few('replace', 'Replace', 'add'),
    path: few('name.givenName', 'displayName', 'title', 'nickName'),
    value: text,
  }),
  fc.record({ op: fc.constant('replace'), path: fc.constant('active'), value: fc.oneof(fc.boolean(), few('False')) }),
  fc.record({ op: fc.constant('replace'), path: fc.constant('emails[type eq "work"].value'), value: email }),
  fc.record({ op: fc.constant('remove'), path: few('title', 'addresses', 'name.familyName', 'nowhere.at.all') }),
  fc.record({ op: fc.constant('replace'), path: few('userName', 'externalId'), value: few('ann', 'bo', 'e1') }),
  fc.record({ op: fc.constant('add'), value: fc.record({ [`${enterprise}:department`]: text, displayName: text }) }),
);
const patch = fc.record({
  schemas: fc.constant([patchSchema]),
  Operations: fc.array(operation, { minLength: 1, maxLength: 3 }),
});

const whom = fc.nat({ max: 9 });
export const requests: fc.Arbitrary<Asked> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ method: fc.constant('POST' as const), body: user, whom }) },
  { weight: 2, arbitrary: fc.record({ method: fc.constant('PUT' as const), body: user, whom }) },
  { weight: 3, arbitrary: fc.record({ method: fc.constant('PATCH' as const), body: patch, whom }) },
  { weight: 1, arbitrary: fc.record({ method: fc.constant('DELETE' as const), body: fc.constant({}), whom }) },
);

const ann = {
  schemas: [userSchema.id],
  userName: 'ann',
  externalId: 'e1',
  name: { givenName: 'Ann', familyName: 'Alpha' },
  emails: [{ value: 'ann@example.com', type: 'work' }],
  addresses: [{ streetAddress: '1 Main Street', locality: 'Town', region: 'CA', country: 'US' }],
};
const ask = (method: Asked['method'], body: Record<string, unknown>): Asked => ({ method, body, whom: 0 });
const patchOf = (...Operations: Record<string, unknown>[]): Record<string, unknown> => ({
  schemas: [patchSchema],
  Operations,
});

/** Made, refused, changed in every way, deactivated, brought back, deleted, brought back again, and gone. */
export const everyKind: readonly Asked[] = [
  ask('POST', ann),
  ask('POST', { ...ann, externalId: 'e2' }),
  ask('POST', { ...ann, userName: 'bo', externalId: 'e2' }),
  ask('POST', { ...ann, emails: [{ value: 'no address' }] }),
  ask('PUT', { ...ann, name: { givenName: 'Anna', familyName: 'Alpha' }, addresses: [] }),
  ask('PATCH', patchOf({ op: 'replace', path: 'title', value: 'Boss' })),
  ask('PATCH', patchOf({ op: 'replace', path: 'title', value: 'Boss' })),
  ask('PATCH', patchOf({ op: 'replace', path: 'active', value: false })),
  ask('POST', ann),
  ask('DELETE', {}),
  ask('DELETE', {}),
  ask('POST', { ...ann, userName: 'Ann' }),
];

/** Rows that every mapping of these tests has already. */
const common = new Set(['email', 'firstname', 'lastname', 'is_active']);
const others = presetFor('generic').rows.filter(({ target }) => !common.has(target));

/** The rest of the preset. */
export const plainRows: readonly MappingRow[] = others;

const source = (type: string, name: string): string => `addresses[type eq "${type}"].${name}`;

/** A row of every kind and for every target, with every rule. */
export const manyRows: readonly MappingRow[] = [
  ...others.filter(({ target }) => !target.startsWith('address.') && target !== 'suffix' && target !== 'prefix'),
  { id: 'shout', type: 'expression', expression: '$uppercase(displayName)', target: 'suffix' },
  { id: 'greeting', type: 'template', template: '{name.honorificPrefix}', target: 'prefix', apply: 'create' },
  { id: 'news', type: 'expression', expression: 'title = "Ann"', target: 'newsletter' },
  {
    id: 'group',
    type: 'lookup',
    source: 'title',
    table: { Ann: 'Wholesale', Bo: 'Retailer' },
    otherwise: 'General',
    target: 'group',
  },
  { id: 'password', type: 'direct', source: 'password', target: 'password' },
  { id: 'city', type: 'direct', source: 'addresses[main].locality', target: 'billing.city' },
  { id: 'country', type: 'direct', source: 'addresses[main].country', target: 'billing.country_id' },
  { id: 'home', type: 'direct', source: source('home', 'locality'), target: 'shipping.city', onNull: 'keep' },
  { id: 'locked', type: 'constant', value: 'yes', target: 'division', locked: true },
].filter(({ id }, at, all) => all.findIndex((row) => row.id === id) === at) as MappingRow[];
