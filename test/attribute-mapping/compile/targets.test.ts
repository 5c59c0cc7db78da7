import { expect } from 'chai';
import { compile, customerUserUrn, type MappingRow } from '../../../modules/attribute-mapping/index.ts';
import { enterpriseUserSchema } from '../../../modules/scim/index.ts';
import { compiled, connection } from '../mapping-under-test.ts';
import { custom } from '../store-attributes.ts';
import { attributes, mapped, rowOf } from './row-under-test.ts';

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
    const resting = compiled(
      [
        rowOf({ id: 'a', type: 'direct', source: 'active', target: 'is_active', direction: 'out' }),
        rowOf({ type: 'direct', source: 'title' }),
      ],
      attributes,
    );
    expect(resting.resting.map(({ code }) => code)).to.deep.equal(['direction-impossible']);
    expect(resting.map({ userName: 'x', active: false }, connection).attributes.is_active).to.equal(0);
  });
});
