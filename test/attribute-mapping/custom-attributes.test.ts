import { expect } from 'chai';
import { customerUserUrn } from '../../modules/attribute-mapping/index.ts';
import type { CustomerAttribute } from '../../modules/customer/index.ts';
import { type Resource, ScimError } from '../../modules/scim/index.ts';
import { connection, mappingsOver } from './mapping-under-test.ts';
import { column, custom, metals } from './store-attributes.ts';

const table = 'Magento\\Eav\\Model\\Entity\\Attribute\\Source\\Table';

const attributes = [
  custom('motto', 'varchar'),
  custom('notes', 'text', { input: 'textarea' }),
  custom('size', 'int'),
  custom('limit_eur', 'decimal'),
  custom('joined', 'datetime'),
  custom('seen_at', 'datetime', { input: 'datetime' }),
  custom('wholesale', 'int', { input: 'boolean' }),
  custom('tier', 'int', { input: 'select', source: table, options: metals }),
  custom('likes', 'varchar', { input: 'multiselect', options: metals }),
];

function mappingOf(known: readonly CustomerAttribute[]) {
  const mapping = mappingsOver(() => known).of(connection);
  const rows = async (values: Resource) =>
    mapping.map({ userName: 'x', [customerUserUrn]: values }, connection).attributes;
  return { mapping, rows };
}

const refusalOf = async (work: Promise<unknown>): Promise<ScimError> => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ScimError)) throw new Error('it was not refused');
  expect([error.status, error.scimType]).to.deep.equal([400, 'invalidValue']);
  return error;
};

describe('The store’s own attributes', () => {
  const { mapping, rows } = mappingOf(attributes);
  const schema = mapping.resourceType().schemas.get(customerUserUrn.toLowerCase());

  it('are an extension of the User, each with the type that its values have', () => {
    expect(mapping.resourceType().extensions.map((extension) => extension.schema.id)).to.include(customerUserUrn);
    const described = schema?.attributes.map(({ name, type, multiValued }) => [name, type, multiValued]);
    expect(described).to.deep.equal([
      ['motto', 'string', false],
      ['notes', 'string', false],
      ['size', 'integer', false],
      ['limit_eur', 'decimal', false],
      ['joined', 'dateTime', false],
      ['seen_at', 'dateTime', false],
      ['wholesale', 'boolean', false],
      ['tier', 'string', false],
      ['likes', 'string', true],
    ]);
    for (const name of ['tier', 'likes'])
      expect(schema?.byName.get(name)?.canonicalValues).to.deep.equal(['Gold', 'Silver', 'Straße']);
    expect(schema?.attributes.filter(({ required }) => required)).to.deep.equal([]);
  });

  for (const [code, said, row] of [
    ['motto', ' Ad astra ', 'Ad astra'],
    ['notes', 'one\ntwo', 'one\ntwo'],
    ['size', -3, -3],
    ['limit_eur', 1234.5, '1234.5000'],
    ['joined', '2024-02-29', '2024-02-29 00:00:00'],
    ['joined', '2024-02-29T23:30:00-05:00', '2024-02-29 00:00:00'],
    ['seen_at', '2024-02-29T23:30:00-05:00', '2024-03-01 04:30:00'],
    ['wholesale', true, 1],
    ['wholesale', false, 0],
    ['tier', ' gold ', 7],
    ['tier', 'STRASSE'.replace('SS', 'ẞ'), 9],
    ['likes', ['silver', 'Gold', 'GOLD'], '7,5'],
    ['likes', ['Silver'], '5'],
    ['likes', [], null],
    ['tier', undefined, null],
  ] as const)
    it(`go into the row: ${code} ${JSON.stringify(said)} as ${JSON.stringify(row)}`, async () => {
      expect((await rows({ [code]: said }))[code]).to.equal(row);
    });

  for (const [code, row, shown] of [
    ['motto', 'x', 'x'],
    ['size', 0, 0],
    ['limit_eur', '0.5000', 0.5],
    ['joined', '2024-02-29 00:00:00', '2024-02-29T00:00:00Z'],
    ['seen_at', '2024-03-01 04:30:00', '2024-03-01T04:30:00Z'],
    ['wholesale', 0, false],
    ['tier', 5, 'Silver'],
    ['tier', 404, undefined],
    ['likes', '5,404,7', ['Silver', 'Gold']],
    ['likes', '404', undefined],
    ['motto', null, undefined],
  ] as const)
    it(`come out of the row: ${code} ${JSON.stringify(row)} as ${JSON.stringify(shown)}`, () => {
      const user = mapping.toUser({ userName: 'x' }, new Map([[code, row]]));
      expect(user[customerUserUrn]).to.deep.equal(shown === undefined ? undefined : { [code]: shown });
    });

  it('refuse a label that there is none of, naming those that there are', async () => {
    for (const wrong of [{ tier: 'Bronze' }, { likes: ['Gold', 'Bronze'] }]) {
      const { message } = await refusalOf(rows(wrong));
      expect(message).to.include('Bronze').and.include('"Gold", "Silver", "Straße"').and.include(customerUserUrn);
    }
  });

  for (const wrong of [{ size: 2 ** 31 }, { limit_eur: 1e9 }, { joined: '0999-01-01' }, { motto: 'x'.repeat(256) }])
    it(`refuse what the row does not hold: ${JSON.stringify(wrong).slice(0, 30)}`, async () => {
      expect((await refusalOf(rows(wrong))).message).to.include(`${customerUserUrn}:${Object.keys(wrong)[0]}`);
    });

  it('know their targets', () => {
    const path = (name: string) => mapping.resourceType().schemas.get(customerUserUrn.toLowerCase())?.byName.get(name);
    const [attribute, own] = [path('tier'), schema];
    if (!attribute || !own) throw new Error('tier is missing');
    expect(mapping.targetsOf({ schema: own, extension: true, attribute })).to.deep.equal(['tier']);
    const top = (name: string) => {
      const type = mapping.resourceType();
      const found = type.topLevel.get(name.toLowerCase());
      if (!found) throw new Error(name);
      return mapping.targetsOf({ schema: type.schema, extension: false, attribute: found });
    };
    expect([top('emails'), top('nickName'), top('active')]).to.deep.equal([['email'], [], ['is_active']]);
    expect(top('name')).to.deep.equal(['firstname', 'lastname', 'middlename', 'prefix', 'suffix']);
  });
});

describe('What the store keeps to itself', () => {
  const offered = (attribute: CustomerAttribute) =>
    mappingOf([attribute]).mapping.resourceType().extensions.length === 2;

  for (const [what, attribute, expected] of [
    ['dob, where the store shows it', column('dob', { kind: { is: 'date' }, input: 'date' }), true],
    ['gender, where the store does not show it', column('gender', { visible: false }), false],
    ['an attribute of the store’s people that customers don’t see', custom('erp', 'varchar', { visible: false }), true],
    ['the group', column('group_id'), false],
    ['the confirmation key', column('confirmation'), false],
    ['a password hash', column('password_hash', { kind: undefined }), false],
    ['what a rule maps already', custom('department', 'varchar'), false],
    ['a path of an upload', custom('contract', 'varchar', { input: 'file' }), false],
    ['what no form shows', custom('internal', 'varchar', { input: 'hidden' }), false],
    ['choices that PHP alone knows', custom('land', 'varchar', { input: 'select', source: 'Acme\\Lands' }), false],
    ['a column that is not read', custom('foreign', 'varchar', { backendType: 'static', kind: undefined }), false],
    ['a name that reaches prototypes', custom('constructor', 'varchar'), false],
  ] as const)
    it(`${expected ? 'is not' : 'is'} ${what}`, () => expect(offered(attribute)).to.equal(expected));

  it('leaves the User as it was where there is nothing to offer', () => {
    expect(mappingOf([]).mapping.resourceType().extensions).to.have.length(1);
  });
});

describe('The User’s resource type', () => {
  it('is the same object until the store’s attributes say something else', () => {
    let known: readonly CustomerAttribute[] = attributes;
    const mappings = mappingsOver(() => known);
    const resourceType = () => mappings.of(connection).resourceType();
    const first = resourceType();
    known = attributes.map((attribute) => ({ ...attribute, options: [...attribute.options] }));
    expect(resourceType()).to.equal(first);
    known = [...attributes, custom('new_one', 'varchar')];
    expect(resourceType().extensions[1]?.schema.byName.has('new_one')).to.equal(true);
    known = [];
    expect(resourceType().extensions).to.have.length(1);
  });
});

describe('A document that is older than the store’s attributes', () => {
  it('has what means nothing any more found: attributes that are gone, labels that were renamed, other types', () => {
    const { mapping } = mappingOf(attributes);
    const outdated = (values: Resource) => mapping.outdated({ [customerUserUrn]: values });
    expect(outdated({ tier: 'gold', likes: ['Silver'], size: 3, wholesale: true, joined: '2024-01-01' })).to.deep.equal(
      [],
    );
    expect(outdated({ tier: 'Bronze', likes: ['Gold', 'Bronze'], gone: 1, size: 'L', motto: 3 })).to.deep.equal([
      'tier',
      'likes',
      'gone',
      'size',
      'motto',
    ]);
    expect(mapping.outdated({ userName: 'x' })).to.deep.equal([]);
    const shown = mapping.toUser(
      { [customerUserUrn]: { gone: 1, tier: 'Bronze' } },
      new Map([
        ['gone', null],
        ['tier', 5],
      ]),
    );
    expect(shown).to.deep.equal({ [customerUserUrn]: { tier: 'Silver' } });
  });
});
