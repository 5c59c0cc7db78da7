import { expect } from 'chai';
import { ExpressionError } from '../../../modules/attribute-mapping/expression/expression-error.ts';
import { compile, customerUserUrn, type MappedValue } from '../../../modules/attribute-mapping/index.ts';
import { enterpriseUserSchema, type Resource, ScimError } from '../../../modules/scim/index.ts';
import { compiled, connection } from '../mapping-under-test.ts';
import { attributes, department, mapped, refusalOf, rowOf, rowValueOf } from './row-under-test.ts';

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
