import fc from 'fast-check';
import type { MappingRow } from '../../../modules/attribute-mapping/index.ts';
import { enterpriseUserSchema, type Resource } from '../../../modules/scim/index.ts';
import { custom, gender, metals } from '../store-attributes.ts';

/** What the store of these properties has. */
export const attributes = [
  gender,
  custom('motto', 'varchar'),
  custom('size', 'int'),
  custom('joined', 'datetime'),
  custom('vip', 'int', { input: 'boolean' }),
  custom('tier', 'int', { input: 'select', options: metals }),
  custom('likes', 'varchar', { input: 'multiselect', options: metals }),
];

export const sources = [
  { name: 'customAttribute3' },
  { name: 'urn:acme:scim:1.0:User:level', type: 'integer' as const },
];

/** Text that stays what it is: no blanks around it. */
export const word = fc.stringMatching(/^[A-Za-zäß0-9]{1,12}$/);

const sourcePool = [
  'userName',
  'title',
  'nickName',
  'active',
  'name.givenName',
  'name.formatted',
  'emails[main].value',
  'emails[type eq "home"].value',
  'emails[value ew "x"].value',
  'roles',
  'roles.value',
  'phoneNumbers[primary eq true].value',
  'addresses[main].country',
  'addresses',
  'name',
  'id',
  'password',
  'customAttribute3',
  'urn:acme:scim:1.0:User:level',
  `${enterpriseUserSchema.id}:department`,
  `${enterpriseUserSchema.id}:manager`,
  'vanished',
  'emails[',
  '__proto__',
  '',
];
const targetPool = [
  'email',
  'firstname',
  'lastname',
  'prefix',
  'is_active',
  'dob',
  'gender',
  'taxvat',
  'motto',
  'size',
  'joined',
  'vip',
  'tier',
  'likes',
  'address.city',
  'address.country_id',
  'address.telephone',
  'billing.street',
  'shipping.region',
  'group',
  'newsletter',
  'store_view',
  'website',
  'password',
  'password_hash',
  'vanished',
  'customer.motto',
  '__proto__',
  'constructor',
  '',
];
const transformPool = [
  'lower',
  'upper',
  'trim',
  'email-domain',
  'country',
  'region',
  'phone',
  'date',
  'boolean',
  'vanished',
  { name: 'join', separator: ', ' },
  { name: 'split', separator: ',' },
  { name: 'substring', start: 1 },
  { name: 'replace' },
];
const literal = fc.oneof(
  word,
  fc.integer(),
  fc.boolean(),
  fc.constantFrom('Gold', 'Male', 'DE'),
  fc.array(word, { maxLength: 3 }),
);
const path = fc.oneof({ arbitrary: fc.constantFrom(...sourcePool), weight: 9 }, { arbitrary: fc.string(), weight: 1 });
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 3 });

const kinds = fc.oneof(
  fc.record({ type: fc.constant('direct'), source: path }),
  fc.record({ type: fc.constant('constant'), value: literal }),
  fc.record({
    type: fc.constant('template'),
    template: fc.oneof(
      fc.string(),
      fc.constant('{name.givenName} {title}'),
      path.map((one) => `{${one}}`),
    ),
  }),
  fc.record({
    type: fc.constant('lookup'),
    source: path,
    table: fc.dictionary(word, literal, { minKeys: 1, maxKeys: 4 }),
    otherwise: optional(literal),
  }),
  fc.record({ type: fc.constant('expression'), expression: fc.string() }),
);

/** Rows as people, imports and mistakes may make them: well-formed or not, sensible or not. */
export const anyRows: fc.Arbitrary<readonly MappingRow[]> = fc
  .array(
    fc
      .tuple(
        kinds,
        fc.record({
          target: fc.oneof(
            { arbitrary: fc.constantFrom(...targetPool), weight: 9 },
            { arbitrary: fc.string(), weight: 1 },
          ),
          direction: optional(fc.constantFrom('in', 'out', 'both')),
          apply: optional(fc.constantFrom('always', 'create', 'if-empty')),
          onNull: optional(fc.constantFrom('keep', 'clear', 'default')),
          default: optional(literal),
          required: optional(fc.boolean()),
          match: optional(fc.integer({ min: 1, max: 3 })),
          locked: optional(fc.boolean()),
          enabled: optional(fc.boolean()),
          transforms: optional(fc.array(fc.constantFrom(...transformPool), { maxLength: 3 })),
        }),
      )
      .map(([kind, common]) => ({ ...common, ...kind })),
    { maxLength: 8 },
  )
  .map((rows) => JSON.parse(JSON.stringify(rows.map((row, n) => ({ id: `r${n}`, ...row })))) as MappingRow[]);

/** Whatever JSON may stand where a user is expected, mostly with names that mean something. */
export const anyUser: fc.Arbitrary<Resource> = fc
  .dictionary(
    fc.oneof(
      fc.constantFrom(
        'userName',
        'title',
        'nickName',
        'active',
        'name',
        'emails',
        'roles',
        'addresses',
        'phoneNumbers',
        'displayName',
        'customAttribute3',
        'urn:acme:scim:1.0:User',
        enterpriseUserSchema.id,
        'urn:vestibule:scim:schemas:extension:customer:2.0:User',
      ),
      fc.string(),
    ),
    fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.array(
        fc.dictionary(
          fc.constantFrom('value', 'type', 'primary', 'country', 'locality', 'toString'),
          fc.jsonValue({ maxDepth: 1 }),
        ),
        { maxLength: 3 },
      ),
      fc.dictionary(
        fc.constantFrom('givenName', 'formatted', 'department', 'level', 'motto', 'tier', 'toString'),
        fc.jsonValue({ maxDepth: 1 }),
      ),
    ),
  )
  .map((user) => JSON.parse(JSON.stringify(user)) as Resource);
