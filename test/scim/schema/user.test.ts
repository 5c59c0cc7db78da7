import { expect } from 'chai';
import {
  defineSchema,
  enterpriseUserSchema,
  extendResourceType,
  groupSchema,
  normalizeResource,
  userResourceType,
  userSchema,
} from '../../../modules/scim/index.ts';

const characteristics = (schema: typeof userSchema, name: string) => schema.byName.get(name.toLowerCase());

describe('the schemas', () => {
  it('list the attributes of RFC 7643 §4.1 in order', () => {
    expect(userSchema.attributes.map(({ name }) => name)).to.deep.equal(
      (
        'userName name displayName nickName profileUrl title userType preferredLanguage locale timezone active password ' +
        'emails phoneNumbers ims photos addresses groups entitlements roles x509Certificates'
      ).split(' '),
    );
    expect(enterpriseUserSchema.attributes.map(({ name }) => name)).to.deep.equal(
      'employeeNumber costCenter organization division department manager'.split(' '),
    );
    expect(groupSchema.attributes.map(({ name }) => name)).to.deep.equal(['displayName', 'members']);
  });

  it('compare userName without case, id and externalId with case', () => {
    expect(characteristics(userSchema, 'userName')).to.include({
      caseExact: false,
      required: true,
      uniqueness: 'server',
      mutability: 'readWrite',
    });
    expect(userResourceType.topLevel.get('id')).to.include({
      caseExact: true,
      mutability: 'readOnly',
      returned: 'always',
      uniqueness: 'server',
    });
    expect(userResourceType.topLevel.get('externalid')).to.include({ name: 'externalId', caseExact: true });
  });

  it('never return a password, and keep groups readOnly', () => {
    expect(characteristics(userSchema, 'password')).to.include({ returned: 'never', mutability: 'writeOnly' });
    expect(characteristics(userSchema, 'groups')).to.include({ mutability: 'readOnly', multiValued: true });
  });

  it('require the displayName of a group, and let members come and go but not change', () => {
    expect(characteristics(groupSchema, 'displayName')).to.include({ required: true });
    expect(characteristics(groupSchema, 'members')?.byName.get('value')).to.include({ mutability: 'immutable' });
  });

  it('are frozen', () => {
    expect(userSchema).to.be.frozen;
    expect(userSchema.attributes[0]).to.be.frozen;
  });
});

describe('extendResourceType', () => {
  const loyalty = defineSchema({
    id: 'urn:example:loyalty:1.0:User',
    name: 'Loyalty',
    description: 'Loyalty programme',
    attributes: [{ name: 'tier', description: 'The tier.' }],
  });

  it('adds a schema to a new type and leaves the given one alone', () => {
    const extended = extendResourceType(userResourceType, loyalty);
    const body = { schemas: [userSchema.id], userName: 'a', 'urn:example:loyalty:1.0:user': { Tier: 'gold' } };
    expect(normalizeResource(body, extended).resource[loyalty.id]).to.deep.equal({ tier: 'gold' });
    expect(normalizeResource(body, userResourceType).ignored).to.deep.equal(['urn:example:loyalty:1.0:user']);
    expect(extended.aliases.get('email')).to.equal('emails.value');
  });

  it('puts a new version of an extension in the place of the old one', () => {
    const twice = extendResourceType(extendResourceType(userResourceType, loyalty), loyalty, true);
    expect(twice.extensions.map(({ schema, required }) => [schema.id, required])).to.deep.equal([
      [enterpriseUserSchema.id, false],
      [loyalty.id, true],
    ]);
    expect(() => normalizeResource({ schemas: [userSchema.id], userName: 'a' }, twice)).to.throw(/loyalty/);
  });
});
