import { expect } from 'chai';
import { ExpressionError } from '../../../modules/attribute-mapping/expression/expression-error.ts';
import {
  compile,
  customerUserUrn,
  type MappedValue,
  type MappingRow,
} from '../../../modules/attribute-mapping/index.ts';
import type { CustomerAttribute } from '../../../modules/customer/index.ts';
import { enterpriseUserSchema, type Resource, ScimError } from '../../../modules/scim/index.ts';
import { compiled, connection } from '../mapping-under-test.ts';
import { custom, gender, metals } from '../store-attributes.ts';

const department = `${enterpriseUserSchema.id}:department`;
const attributes: readonly CustomerAttribute[] = [
  gender,
  custom('motto', 'varchar'),
  custom('size', 'int'),
  custom('joined', 'datetime'),
  custom('vip', 'int', { input: 'boolean' }),
  custom('tier', 'int', { input: 'select', options: metals }),
  custom('likes', 'varchar', { input: 'multiselect', options: metals }),
];

type Loose = Partial<MappingRow> & { readonly type: MappingRow['type'] } & Record<string, unknown>;
const rowOf = (row: Loose): MappingRow => ({ id: 'r', target: 'motto', ...row }) as MappingRow;
const mapped = (row: Loose, user: Resource, computed?: Record<string, unknown>) => {
  const mapping = compiled([rowOf(row)], attributes);
  expect(mapping.resting, JSON.stringify(mapping.resting)).to.deep.equal([]);
  return mapping.map({ userName: 'x', ...user }, connection, computed);
};
const rowValueOf = (row: Loose, user: Resource, computed?: Record<string, unknown>): MappedValue | undefined =>
  mapped(row, user, computed).attributes[rowOf(row).target];
const refusalOf = (row: Loose, user: Resource): ScimError => {
  try {
    rowValueOf(row, user);
  } catch (error) {
    if (error instanceof ScimError) return error;
    throw error;
  }
  throw new Error('it was not refused');
};

describe('A direct row', () => {
  for (const [target, source, user, row] of [
    ['motto', 'title', { title: ' Ad astra ' }, 'Ad astra'],
    ['motto', 'active', { active: true }, 'true'],
    ['size', 'title', { title: ' 42 ' }, 42],
    ['size', 'title', { title: '' }, null],
    ['vip', 'title', { title: 'Yes' }, 1],
    ['vip', 'title', { title: '0' }, 0],
    ['vip', 'active', { active: false }, 0],
    ['joined', 'title', { title: '2024-02-29' }, '2024-02-29 00:00:00'],
    ['tier', 'userType', { userType: ' gold' }, 7],
    ['gender', 'title', { title: 'FEMALE' }, 2],
    ['likes', 'roles.value', { roles: [{ value: 'silver' }, { value: 'Gold' }] }, '7,5'],
    ['likes', 'title', { title: 'Gold' }, '7'],
    ['dob', 'title', { title: '1990-12-31' }, '1990-12-31'],
    ['customer.motto', department, { [enterpriseUserSchema.id]: { department: 'R&D' } }, 'R&D'],
  ] as const)
    it(`brings ${JSON.stringify(user)} to ${target} as ${JSON.stringify(row)}`, () => {
      expect(mapped({ type: 'direct', source, target }, user).attributes[target.replace('customer.', '')]).to.equal(
        row,
      );
    });

  for (const [target, source, user, words] of [
    ['size', 'title', { title: 'large' }, '"title" can\'t be "large"'],
    ['vip', 'title', { title: 'perhaps' }, 'true or false'],
    ['joined', 'title', { title: '31.12.1990' }, 'transform "date"'],
    ['gender', 'title', { title: 'X' }, 'choose one of "Male", "Female", "Not Specified"'],
    ['taxvat', 'title', { title: 'x'.repeat(51) }, 'holds 50'],
  ] as const)
    it(`refuses ${JSON.stringify(user).slice(0, 40)} for ${target}, naming what it was`, () => {
      const { status, scimType, message } = refusalOf({ type: 'direct', source, target }, user);
      expect([status, scimType]).to.deep.equal([400, 'invalidValue']);
      expect(message).to.include(words);
    });

  it('goes through its transforms, and refuses in its attribute’s name what they refuse', () => {
    expect(rowValueOf({ type: 'direct', source: 'title', transforms: ['upper'] }, { title: 'a b' })).to.equal('A B');
    const joining = { type: 'direct', source: 'roles', transforms: [{ name: 'join', separator: '+' }] } as const;
    expect(rowValueOf(joining, { roles: [{ value: 'a' }, { value: 'b' }] })).to.equal('a+b');
    const { message } = refusalOf({ type: 'direct', source: 'title', transforms: ['country'] }, { title: 'Narnia' });
    expect(message).to.include('"title"').and.include('Narnia');
  });
});

describe('A constant row', () => {
  it('gives everyone the same, labels included, and makes no address by itself', () => {
    expect(rowValueOf({ type: 'constant', value: 'Silver', target: 'tier' }, {})).to.equal(5);
    expect(rowValueOf({ type: 'constant', value: true, target: 'vip' }, {})).to.equal(1);
    expect(mapped({ type: 'constant', value: 'DE', target: 'address.country_id' }, {}).address).to.equal(undefined);
  });
});

describe('A template row', () => {
  const template = 'Dr. {name.givenName} {name.middleName} {name.familyName} {{i}}';
  for (const [user, text] of [
    [{ name: { givenName: 'Ada', middleName: 'B', familyName: ' King ' } }, 'Dr. Ada B King {i}'],
    [{ name: { givenName: 'Ada', familyName: 'King' } }, 'Dr. Ada King {i}'],
    [{ name: { formatted: 'Ada' } }, null],
    [{}, null],
  ] as const)
    it(`says ${JSON.stringify(text)} of ${JSON.stringify(user)}`, () =>
      expect(rowValueOf({ type: 'template', template }, user)).to.equal(text));

  it('keeps line breaks, and blanks where nothing is missing', () => {
    const lines = { type: 'template', template: '{title}\n{nickName}  {locale}' } as const;
    expect(rowValueOf(lines, { title: 'a', nickName: 'b', locale: 'c' })).to.equal('a\nb  c');
  });
});

describe('A lookup row', () => {
  const table = { Engineering: 'Gold', 'R&D': 'Silver' };
  const row = { type: 'lookup', source: 'userType', table, target: 'tier' } as const;

  it('finds what a value stands for, whatever its case, and nothing for the rest', () => {
    expect(rowValueOf(row, { userType: ' engineering' })).to.equal(7);
    expect(rowValueOf(row, { userType: 'Sales' })).to.equal(null);
    expect(rowValueOf(row, {})).to.equal(null);
    expect(rowValueOf({ ...row, otherwise: 'Straße' }, { userType: 'Sales' })).to.equal(9);
    expect(rowValueOf({ ...row, otherwise: 'Straße' }, {})).to.equal(null);
    for (const name of ['constructor', '__proto__', 'toString'])
      expect(rowValueOf(row, { userType: name })).to.equal(null);
  });

  it('finds each value of a list where the target takes several', () => {
    const many = { ...row, source: 'roles', target: 'likes' };
    expect(rowValueOf(many, { roles: [{ value: 'R&D' }, { value: '?' }, { value: 'engineering' }] })).to.equal('7,5');
    expect(rowValueOf(many, { roles: [{ value: '?' }] })).to.equal(null);
  });

  it('goes back by the key, where each value has one', () => {
    const mapping = compiled([rowOf(row)], attributes);
    expect(mapping.toUser({ userType: 'R&D' }, new Map([['tier', 7]]))).to.deep.equal({ userType: 'Engineering' });
    expect(mapping.toUser({ userType: 'R&D' }, new Map([['tier', 9]]))).to.deep.equal({ userType: 'R&D' });
    expect(mapping.toUser({ userType: 'R&D' }, new Map([['tier', null]]))).to.deep.equal({});
    const twice = compiled([rowOf({ ...row, table: { a: 'Gold', b: 'gold' } })], attributes);
    expect(twice.hasInverse('tier')).to.equal(false);
    for (const oneWay of [{ transforms: ['email-domain'] }, { source: 'roles' }])
      expect(compiled([rowOf({ ...row, ...oneWay })], attributes).hasInverse('tier')).to.equal(false);
  });
});

describe('An expression row', () => {
  it('takes what its expression came to, by the row’s id', () => {
    const row = { type: 'expression', expression: '$uppercase(title)' } as const;
    expect(rowValueOf(row, { title: 'a' }, { r: 'A' })).to.equal('A');
    expect(rowValueOf(row, { title: 'a' }, {})).to.equal(null);
    expect(rowValueOf({ ...row, target: 'size' }, {}, { r: 3 })).to.equal(3);
    expect(() => rowValueOf(row, {}, { r: { an: 'object' } })).to.throw(ScimError, 'The row "r" of the mapping');
    expect(compiled([rowOf(row)], attributes).evaluates).to.equal(true);
    expect(compiled([rowOf({ type: 'direct', source: 'title' })], attributes).evaluates).to.equal(false);
    expect(compiled([rowOf({ ...row, enabled: false })], attributes).evaluates).to.equal(false);
  });

  it('hands all expressions of a user over at once, and refuses as they do', async () => {
    const rows = [
      rowOf({ type: 'expression', expression: '1' }),
      rowOf({ id: 's', target: 'size', type: 'expression', expression: '2' }),
    ];
    const seen: unknown[] = [];
    const mapping = compile(
      { version: 1, rows },
      {
        attributes,
        transforms: [],
        evaluate: async (batch, user) => {
          seen.push(batch, user);
          if (user.title === 'bad') throw new ExpressionError('failed', 'Row "s" failed.', 's');
          return { r: 'x', s: 2 };
        },
      },
    );
    const user = { userName: 'x' };
    expect(mapping.map(user, connection, await mapping.evaluate(user)).attributes).to.include({ motto: 'x', size: 2 });
    expect(seen).to.deep.equal([
      [
        { id: 'r', expression: '1' },
        { id: 's', expression: '2' },
      ],
      user,
    ]);
    const refusal = await mapping.evaluate({ title: 'bad' }).catch((error: unknown) => error);
    expect(refusal).to.be.instanceOf(ScimError);
    expect((refusal as ScimError).message).to.include('Row "s"');
  });
});

describe('Several rows of one target', () => {
  const rows = [
    rowOf({ id: 'a', type: 'direct', source: 'title' }),
    rowOf({ id: 'b', type: 'direct', source: 'nickName' }),
  ];
  const mapping = compiled(rows, attributes);
  const motto = (user: Resource) => mapping.map({ userName: 'x', ...user }, connection).attributes.motto;

  it('give the first value there is', () => {
    expect(motto({ title: 'a', nickName: 'b' })).to.equal('a');
    expect(motto({ nickName: 'b' })).to.equal('b');
    expect(motto({})).to.equal(null);
  });

  it('are told a change where the value came from, and nothing everywhere', () => {
    const told = (user: Resource, value: MappedValue) => mapping.toUser(user, new Map([['motto', value]]));
    expect(told({ nickName: 'b' }, 'c')).to.deep.equal({ nickName: 'c' });
    expect(told({ title: 'a', nickName: 'b' }, 'c')).to.deep.equal({ title: 'c', nickName: 'b' });
    expect(told({}, 'c')).to.deep.equal({ title: 'c' });
    expect(told({ title: 'a', nickName: 'b' }, null)).to.deep.equal({});
  });
});

describe('What a row says beside its source', () => {
  const direct = { type: 'direct', source: 'title' } as const;

  it('is the rule of its target, where that is not the usual one', () => {
    expect(mapped(direct, {}).rules).to.equal(undefined);
    const { rules } = mapped({ ...direct, apply: 'if-empty', onNull: 'keep' }, {});
    expect([...(rules ?? [])]).to.deep.equal([['motto', { apply: 'if-empty', onNull: 'keep' }]]);
    expect([...(mapped({ ...direct, onNull: 'keep' }, {}).rules ?? [])]).to.deep.equal([
      ['motto', { apply: 'always', onNull: 'keep' }],
    ]);
    expect([...(mapped({ ...direct, apply: 'create' }, {}).rules ?? [])]).to.deep.equal([
      ['motto', { apply: 'create', onNull: 'clear' }],
    ]);
  });

  it('is a default for who has no value, by label where the target has choices', () => {
    const row = { ...direct, target: 'tier', onNull: 'default', default: 'Gold' } as const;
    expect(rowValueOf(row, {})).to.equal(7);
    expect(rowValueOf(row, { title: 'Silver' })).to.equal(5);
  });

  it('is a refusal of who lacks it, naming attribute and row', () => {
    const { status, message } = refusalOf({ ...direct, required: true }, {});
    expect(status).to.equal(400);
    expect(message).to.include('"title"').and.include('"r"');
    expect(rowValueOf({ ...direct, required: true }, { title: 'x' })).to.equal('x');
  });

  it('is a lock, or a way to find customers', () => {
    const rows = [
      rowOf({ ...direct, locked: true, match: 2 }),
      rowOf({ id: 'two', type: 'direct', source: 'nickName', target: 'taxvat', match: 1 }),
    ];
    const mapping = compiled(rows, attributes);
    expect([...mapping.locked]).to.deep.equal(['motto']);
    expect(mapping.matches).to.deep.equal([
      { target: 'taxvat', precedence: 1 },
      { target: 'motto', precedence: 2 },
    ]);
    expect(mapping.sourceOf('motto')).to.equal('title');
  });

  it('is the only way to its target, even where the target’s own name in our extension is read by another', () => {
    const mapping = compiled(
      [rowOf(direct), rowOf({ id: 'vat', type: 'direct', source: `${customerUserUrn}:motto`, target: 'taxvat' })],
      attributes,
    );
    expect(mapping.resting).to.deep.equal([]);
    const user = { userName: 'x', [customerUserUrn]: { motto: 'own' } };
    expect(mapping.map(user, connection).attributes).to.include({ motto: null, taxvat: 'own' });
    expect(mapping.outdated(user)).to.deep.equal([]);
  });

  it('is nothing while the row is switched off', () => {
    const mapping = compiled([rowOf({ ...direct, enabled: false })], attributes);
    const user = { userName: 'x', title: 'a', [customerUserUrn]: { motto: 'own' } };
    expect(mapping.map(user, connection).attributes.motto).to.equal('own');
  });
});

describe('A row that only goes out', () => {
  const mapping = compiled(
    [{ id: 'r', type: 'direct', source: 'nickName', target: 'motto', direction: 'out' }],
    attributes,
  );

  it('never reaches the customer, and always says what the store has', () => {
    const user = { userName: 'x', nickName: 'sent' };
    expect(mapping.map(user, connection).attributes).to.not.have.property('motto');
    expect(mapping.customTargets()).to.include('motto');
    expect(mapping.outdated(user)).to.deep.equal(['motto']);
    expect(mapping.outdated({ userName: 'x' })).to.deep.equal([]);
    expect(mapping.toUser(user, new Map([['motto', 'the store’s']]))).to.include({ nickName: 'the store’s' });
    expect(mapping.toUser(user, new Map([['motto', null]]))).to.deep.equal({ userName: 'x' });
  });
});

describe('What is no attribute of the customer', () => {
  const special = (target: string, source = 'title') => ({ type: 'direct', source, target }) as const;

  it('stands beside the attributes', () => {
    expect(mapped(special('group'), { title: 'Wholesale' }).group).to.equal('Wholesale');
    expect(mapped(special('store_view'), { title: 'de' }).storeView).to.equal('de');
    expect(mapped(special('website'), { title: 'base' }).website).to.equal('base');
    expect(mapped(special('newsletter'), { title: 'yes' }).newsletter).to.equal(true);
    expect(mapped(special('newsletter'), {}).newsletter).to.equal(null);
    expect(mapped(special('group'), {}).attributes).to.not.have.property('group');
  });

  it('is not read from the store', () => {
    const mapping = compiled([rowOf(special('group'))], attributes);
    expect(mapping.hasInverse('group')).to.equal(false);
    expect(mapping.rowTargets()).to.not.include('group');
  });

  it('is told of a subscription where a row says so: by absence if that means "no", else by false', () => {
    const out = (more: object = {}) =>
      compiled([rowOf({ ...special('newsletter'), direction: 'both', locked: true, ...more })], attributes);
    const told = (mapping: ReturnType<typeof out>, value: number) =>
      mapping.toUser({ userName: 'x', title: 'Yes' }, new Map([['newsletter', value]]));
    expect(out().resting).to.deep.equal([]);
    expect([out().tellsSubscription, [...out().locked], out().rowTargets().includes('newsletter')]).to.deep.equal([
      true,
      [],
      false,
    ]);
    expect(told(out(), 1)).to.deep.equal({ userName: 'x', title: 'true' });
    expect(told(out(), 0)).to.deep.equal({ userName: 'x' });
    expect(told(out({ onNull: 'keep' }), 0)).to.deep.equal({ userName: 'x', title: 'false' });
    expect(told(out({ onNull: 'default', default: true }), 0)).to.deep.equal({ userName: 'x', title: 'false' });
    expect(told(out({ type: 'lookup', table: { sure: true } }), 0)).to.deep.equal({ userName: 'x' });
    const inwards = out({ direction: 'in' });
    expect([inwards.tellsSubscription, [...inwards.locked]]).to.deep.equal([false, ['newsletter']]);
  });

  it('is no subscription told where the store has an attribute of that name', () => {
    const clashing = compiled(
      [rowOf({ ...special('newsletter'), direction: 'out' })],
      [...attributes, custom('newsletter', 'int')],
    );
    expect(clashing.resting.map(({ code }) => code)).to.deep.equal(['direction-impossible']);
    expect(clashing.tellsSubscription).to.equal(false);
  });

  it('is a password only as a wish: the user never holds one', () => {
    const mapping = compiled([rowOf(special('password', 'password'))], attributes);
    expect(mapping.takesPassword).to.equal(true);
    expect(mapping.map({ userName: 'x', password: 'secret' }, connection)).to.not.have.property('password');
    expect(JSON.stringify(mapping.map({ userName: 'x', password: 'secret' }, connection))).to.not.include('secret');
  });

  it('is announced as one that is never answered, where the connection takes passwords', () => {
    const announced = (passwords: boolean) =>
      compile({ version: 1, rows: [] }, { attributes, transforms: [], passwords })
        .resourceType()
        .schema.byName.get('password');
    expect(announced(true)).to.include({ announced: true, mutability: 'writeOnly', returned: 'never' });
    expect(announced(false)?.announced).to.equal(false);
  });
});

describe('Addresses', () => {
  const flat = [{ name: 'city' }];
  const rows = (of: string): MappingRow[] => [
    { id: 'first', type: 'direct', source: 'name.givenName', target: `${of}.firstname` },
    { id: 'city', type: 'direct', source: 'addresses[main].locality', target: `${of}.city` },
    { id: 'flat', type: 'direct', source: 'city', target: `${of}.city` },
    { id: 'land', type: 'constant', value: 'de', target: `${of}.country_id` },
    { id: 'phone', type: 'direct', source: 'phoneNumbers[main].value', target: `${of}.telephone` },
  ];
  const user = { userName: 'x', name: { givenName: 'Ada' }, phoneNumbers: [{ value: '1' }] };

  it('come from wherever their parts come from', () => {
    const mapping = compiled(rows('address'), [], flat);
    expect(mapping.map({ ...user, city: 'Bonn' }, connection).address).to.deep.equal({
      firstname: 'Ada',
      city: 'Bonn',
      country_id: 'DE',
      telephone: '1',
    });
  });

  it('are none where only names, phone numbers and constants would make one', () => {
    expect(compiled(rows('address'), [], flat).map(user, connection).address).to.equal(undefined);
  });

  it('are two where the mapping tells them apart', () => {
    const mapping = compiled(
      [
        ...rows('billing'),
        { id: 's', type: 'direct', source: 'addresses[type eq "home"].locality', target: 'shipping.city' },
      ],
      [],
      flat,
    );
    const answer = mapping.map({ ...user, city: 'Bonn', addresses: [{ type: 'home', locality: 'Ulm' }] }, connection);
    expect(answer.address).to.equal(undefined);
    expect(answer.billing).to.include({ city: 'Ulm', country_id: 'DE' });
    expect(answer.shipping).to.deep.equal({ city: 'Ulm' });
    expect(mapping.map({ ...user, city: 'Bonn' }, connection).shipping).to.equal(undefined);
  });
});

describe('Declared sources', () => {
  const mapping = compiled([{ id: 'r', type: 'direct', source: 'customAttribute3', target: 'motto' }], attributes, [
    { name: 'customAttribute3', description: 'Number three.' },
    { name: 'urn:acme:scim:1.0:User:level', type: 'integer' },
    { name: `${enterpriseUserSchema.id}:costCode`, multiValued: true },
    { name: 'userName' },
    { name: 'customattribute3' },
  ]);
  const type = mapping.resourceType();

  it('are announced where they stand, each once, and never instead of what is there', () => {
    expect(type.topLevel.get('customattribute3')).to.include({ name: 'customAttribute3', type: 'string' });
    expect(type.schemas.get('urn:acme:scim:1.0:user')?.byName.get('level')?.type).to.equal('integer');
    expect(type.schemas.get(enterpriseUserSchema.id.toLowerCase())?.byName.get('costcode')?.multiValued).to.equal(true);
    expect(type.schemas.get(enterpriseUserSchema.id.toLowerCase())?.byName.has('department')).to.equal(true);
    expect(type.topLevel.get('username')?.required).to.equal(true);
    expect(type.schema.attributes.filter(({ name }) => /customattribute3/i.test(name))).to.have.length(1);
  });

  it('are mapped like any other, both ways', () => {
    const user = { userName: 'x', customAttribute3: 'Ad astra' };
    expect(mapping.map(user, connection).attributes.motto).to.equal('Ad astra');
    expect(mapping.toUser(user, new Map([['motto', 'y']]))).to.include({ customAttribute3: 'y' });
    expect(
      mapping.targetsOf({ schema: type.schema, extension: false, attribute: { name: 'customAttribute3' } as never }),
    ).to.deep.equal(['motto']);
  });
});

describe('What has gone since a document was published', () => {
  it('rests, is told, and leaves the rest working', () => {
    const mapping = compiled(
      [
        rowOf({ id: 'gone', type: 'direct', source: 'title', target: 'vanished' }),
        rowOf({ id: 'odd', type: 'direct', source: 'nickName', target: 'size', transforms: ['vanished'] }),
        rowOf({ id: 'kept', type: 'direct', source: 'title' }),
      ],
      attributes,
    );
    expect(mapping.resting.map(({ row, code }) => [row, code])).to.deep.equal([
      ['gone', 'target-unknown'],
      ['odd', 'transform'],
    ]);
    expect(mapping.map({ userName: 'x', title: 't' }, connection).attributes)
      .to.include({ motto: 't' })
      .and.not.have.any.keys('vanished', 'size');
  });

  it('is seen in documents: a label elsewhere that the store has renamed', () => {
    const mapping = compiled([rowOf({ type: 'direct', source: 'userType', target: 'tier' })], attributes);
    expect(mapping.outdated({ userType: 'Gold' })).to.deep.equal([]);
    expect(mapping.outdated({ userType: 'Platinum' })).to.deep.equal(['tier']);
    expect(mapping.toUser({ userType: 'Platinum' }, new Map([['tier', 7]]))).to.deep.equal({ userType: 'Gold' });
  });

  it('is seen in documents: an attribute that was offered and is mapped elsewhere by now', () => {
    const mapping = compiled([rowOf({ type: 'direct', source: 'title' })], attributes);
    const document = { title: 't', [customerUserUrn]: { motto: 'old' } };
    expect(mapping.outdated(document)).to.deep.equal(['motto']);
    expect(mapping.toUser(document, new Map([['motto', 'row']]))).to.deep.equal({ title: 'row' });
  });

  it('leaves the e-mail that nobody maps to the store', () => {
    const standIns = (rows: MappingRow[]) => [
      ...(compiled(rows, attributes).map({ userName: 'x' }, connection).standIns ?? []),
    ];
    expect(standIns([])).to.deep.equal(['firstname', 'lastname', 'email']);
    expect(standIns([rowOf({ type: 'direct', source: 'emails[main].value', target: 'email' })])).to.not.include(
      'email',
    );
  });

  it('leaves a deactivation working, whatever rows there are', () => {
    const mapping = compiled([], attributes);
    expect(mapping.map({ userName: 'x', active: false }, connection).attributes.is_active).to.equal(0);
    expect(mapping.hasInverse('is_active')).to.equal(true);
  });
});
