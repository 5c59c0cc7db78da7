import { expect } from 'chai';
import { customAttributes, looksLikeEmail } from '../../modules/attribute-mapping/index.ts';
import { mainIndex } from '../../modules/attribute-mapping/source/main-element.ts';
import { enterpriseUserSchema, type Resource, ScimError } from '../../modules/scim/index.ts';
import { defaultMapping } from './mapping-under-test.ts';

describe('The default mapping', () => {
  let under: Awaited<ReturnType<typeof defaultMapping>>;
  before(async () => {
    under = await defaultMapping();
  });
  after(() => under.close());

  const attributesOf = async (user: Resource) => (await under.map(user)).attributes;

  it('carries core, enterprise and address attributes to Magento’s codes, without blanks around them', async () => {
    const { attributes, address, standIns } = await under.map({
      userName: 'ada',
      name: {
        givenName: ' Ada ',
        familyName: 'King',
        middleName: 'Byron',
        honorificPrefix: 'Lady',
        honorificSuffix: '',
      },
      emails: [{ value: ' ada@example.com ' }],
      phoneNumbers: [{ value: '+44 1', type: 'mobile' }],
      title: 'Countess',
      active: false,
      [enterpriseUserSchema.id]: {
        employeeNumber: '7',
        department: 'D',
        costCenter: 'C',
        organization: 'O',
        division: 'V',
      },
      addresses: [{ streetAddress: '1\n2', locality: 'London', region: 'X', postalCode: 'N1', country: 'gb' }],
    });
    expect(attributes).to.deep.equal({
      email: 'ada@example.com',
      firstname: 'Ada',
      lastname: 'King',
      middlename: 'Byron',
      prefix: 'Lady',
      suffix: null,
      is_active: 0,
      job_title: 'Countess',
      phone_number: '+44 1',
      employee_number: '7',
      department: 'D',
      cost_center: 'C',
      organization: 'O',
      division: 'V',
    });
    expect(address).to.deep.equal({ street: '1\n2', city: 'London', region: 'X', postcode: 'N1', country_id: 'GB' });
    expect([...(standIns ?? [])]).to.deep.equal([]);
  });

  it('needs a custom attribute for each code that Magento does not have', async () => {
    const codes = Object.keys(await attributesOf({ userName: 'x' }));
    const stock = ['email', 'firstname', 'lastname', 'middlename', 'prefix', 'suffix', 'is_active'];
    expect(codes.filter((code) => !stock.includes(code))).to.deep.equal(customAttributes.map(({ code }) => code));
  });

  for (const [what, elements, index] of [
    ['the primary one', [{ type: 'work' }, { primary: true }, { primary: true }], 1],
    ['without one, that of type work', [{ type: 'home' }, { type: 'WORK' }, { type: 'work' }], 1],
    ['without either, the first', [{ type: 'home' }, {}], 0],
    ['of none, none', [], -1],
    ['though primary is only said to be false', [{ primary: false, type: 'home' }, { primary: 'true' }], 0],
    ['past what is no element', [null, 'x', { type: 'work' }], 2],
  ] as const)
    it(`takes the main element: ${what}`, () => expect(mainIndex(elements)).to.equal(index));

  for (const [user, firstname, lastname] of [
    [{ userName: 'ada@example.com' }, 'ada', 'ada'],
    [{ userName: 'u', displayName: 'Ada King' }, 'Ada', 'King'],
    [{ userName: 'u', displayName: 'Ada Byron King' }, 'Ada', 'Byron King'],
    [{ userName: 'u', displayName: 'Ada' }, 'Ada', 'Ada'],
    [{ userName: 'u', name: { formatted: 'Grace Hopper' } }, 'Grace', 'Hopper'],
    [{ userName: 'u', name: { givenName: 'G' }, displayName: 'Ada King' }, 'G', 'King'],
    [{ userName: 'u', name: { familyName: 'H', formatted: 'Grace Hopper' } }, 'Grace', 'H'],
    [{ userName: '@' }, 'Customer', 'Customer'],
    [{ userName: 'u', displayName: ` ${'x'.repeat(300)} y` }, 'x'.repeat(255), 'y'],
  ] as const)
    it(`fills missing names in: ${JSON.stringify(user).slice(0, 60)}`, async () => {
      expect(await attributesOf(user)).to.include({ firstname, lastname });
      expect((await under.map(user)).standIns?.size).to.be.within(1, 2);
    });

  it('gives a user without an e-mail its userName, or a placeholder that is always the same', async () => {
    expect((await attributesOf({ userName: ' Ada@Example.com ' })).email).to.equal('Ada@Example.com');
    const { email } = await attributesOf({ userName: 'Ada' });
    expect(email).to.match(/^[0-9a-f]{20}@acme\.placeholder\.invalid$/);
    expect((await attributesOf({ userName: ' ADA', emails: [] })).email).to.equal(email);
    expect((await attributesOf({ userName: 'ada', emails: [{ type: 'work' }] })).email).to.equal(email);
    expect((await attributesOf({ userName: 'ida' })).email).to.not.equal(email);
  });

  it('takes a country by any code or name, and no address where nothing of one is known', async () => {
    const addressOf = async (address: Resource) => (await under.map({ userName: 'x', addresses: [address] })).address;
    expect(await addressOf({ country: 'Narnia', locality: 'Bonn' })).to.include({ country_id: null, city: 'Bonn' });
    for (const country of ['de', 'DEU', 'Germany'])
      expect(await addressOf({ country })).to.include({ country_id: 'DE' });
    expect(await addressOf({ formatted: 'somewhere', type: 'work' })).to.equal(undefined);
    expect((await under.map({ userName: 'x' })).address).to.equal(undefined);
  });

  for (const user of [
    { userName: 'x', title: 'x'.repeat(256) },
    { userName: 'x', name: { honorificPrefix: 'x'.repeat(41) } },
    { userName: 'x', emails: [{ value: 'nobody' }] },
    { userName: 'x', emails: [{ value: `${'x'.repeat(250)}@example.com` }] },
  ] as const)
    it(`refuses what the column does not hold, naming the attribute: ${JSON.stringify(user).slice(14, 40)}`, async () => {
      const error = await under.map(user).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      if (!(error instanceof ScimError)) throw new Error('it was not refused');
      expect([error.status, error.scimType]).to.deep.equal([400, 'invalidValue']);
      expect(error.message).to.match(/title|honorificPrefix|emails/);
    });

  for (const [text, is] of [
    ['a@b.co', true],
    ["o'neil+x@sub.example.museum", true],
    ['jörg@müller.de', true],
    ['a@b', false],
    ['a@b.', false],
    ['@b.co', false],
    ['a@@b.co', false],
    ['a b@c.de', false],
    ['a@b.co\r\nBcc: x@y.z', false],
    ['<a@b.co>', false],
    ['a@.co', false],
    ['', false],
  ] as const)
    it(`${is ? 'takes' : 'does not take'} ${JSON.stringify(text)} for an e-mail address`, () =>
      expect(looksLikeEmail(text)).to.equal(is));
});
