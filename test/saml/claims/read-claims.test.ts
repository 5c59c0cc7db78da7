import { expect } from 'chai';
import fc from 'fast-check';
import type { Profile } from '../../../modules/connection/index.ts';
import { builtInClaims, suggestedGroupsAttribute } from '../../../modules/saml/claims/claim-table.ts';
import { claimLimits } from '../../../modules/saml/claims/limits.ts';
import { readClaims } from '../../../modules/saml/claims/read-claims.ts';
import { checkClaims, placeOf } from '../../../modules/saml/claims/row.ts';
import {
  defineSchema,
  enterpriseUserSchema,
  extendResourceType,
  type Resource,
  userResourceType,
} from '../../../modules/scim/index.ts';
import { runs } from '../../setup/runs.ts';

const enterprise = enterpriseUserSchema.id;
const soap = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims';
const format = 'urn:oasis:names:tc:SAML:2.0:nameid-format:';
const type = extendResourceType(
  userResourceType,
  defineSchema({
    id: 'urn:test:shop:2.0:User',
    name: 'Shop',
    description: 'What this store knows besides',
    attributes: [
      { name: 'points', type: 'integer', description: 'Points' },
      { name: 'since', type: 'dateTime', description: 'Since when' },
      { name: 'vip', type: 'boolean', description: 'Whether important' },
    ],
  }),
);

interface Sent {
  readonly nameId?: string;
  readonly format?: string;
  readonly profile?: Profile;
  readonly identifier?: string;
  readonly groups?: string;
  readonly rows?: readonly { claim: string; path: string }[];
}

const read = (attributes: Readonly<Record<string, string | readonly string[]>>, sent: Sent = {}) =>
  readClaims(
    {
      nameId: {
        value: sent.nameId ?? 'ann@example.com',
        format: sent.format ?? `${format}emailAddress`,
        nameQualifier: undefined,
        spNameQualifier: undefined,
      },
      attributes: new Map(
        Object.entries(attributes).map(([name, value]) => [name, typeof value === 'string' ? [value] : value]),
      ),
    },
    { identifier: sent.identifier ?? null, groupsAttribute: sent.groups ?? null, claims: sent.rows ?? [] },
    { profile: sent.profile ?? 'generic', type },
  );

const ann = {
  name: { givenName: 'Ann', familyName: 'Smith' },
  emails: [{ type: 'work', value: 'ann@example.com', primary: true }],
};

describe('The claims of an assertion', () => {
  const senders: Readonly<
    Record<string, { sent: Sent; attributes: Record<string, string | string[]>; user: Resource }>
  > = {
    Okta: {
      sent: { profile: 'okta', groups: 'groups' },
      attributes: {
        firstName: 'Ann',
        lastName: 'Smith',
        email: 'ann@example.com',
        mobilePhone: '+1 555 1',
        department: 'Sales',
        employeeNumber: '77',
        zipCode: '10115',
        city: 'Berlin',
        groups: ['Everyone', 'Buyers'],
      },
      user: {
        userName: 'ann@example.com',
        ...ann,
        phoneNumbers: [{ type: 'mobile', value: '+1 555 1' }],
        [enterprise]: { department: 'Sales', employeeNumber: '77' },
        addresses: [{ type: 'work', locality: 'Berlin', postalCode: '10115' }],
      },
    },
    Entra: {
      sent: { profile: 'entra', nameId: 'Zm9vYmFy', format: `${format}persistent` },
      attributes: {
        'http://schemas.microsoft.com/identity/claims/tenantid': '7c9e',
        'http://schemas.microsoft.com/identity/claims/objectidentifier': '0d1f',
        'http://schemas.microsoft.com/identity/claims/displayname': 'Ann Smith',
        'http://schemas.microsoft.com/identity/claims/identityprovider': 'https://sts.windows.net/7c9e/',
        [`${soap}/givenname`]: 'Ann',
        [`${soap}/surname`]: 'Smith',
        [`${soap}/emailaddress`]: 'ann@example.com',
        [`${soap}/name`]: 'ann@corp.example',
      },
      user: { userName: 'ann@corp.example', ...ann, displayName: 'Ann Smith' },
    },
    ADFS: {
      sent: {},
      attributes: {
        [`${soap}/upn`]: 'ann@corp.local',
        [`${soap}/name`]: 'CORP\\ann',
        'http://schemas.xmlsoap.org/claims/EmailAddress': 'ann@example.com',
        'http://schemas.xmlsoap.org/claims/CommonName': 'Ann Smith',
        [`${soap}/givenname`]: 'Ann',
        [`${soap}/surname`]: 'Smith',
        'http://schemas.microsoft.com/ws/2008/06/identity/claims/role': ['Buyer', 'Admin'],
      },
      user: {
        userName: 'ann@example.com',
        ...ann,
        displayName: 'Ann Smith',
        roles: [{ value: 'Buyer' }, { value: 'Admin' }],
      },
    },
    OneLogin: {
      sent: { profile: 'onelogin', groups: 'memberOf' },
      attributes: {
        'User.FirstName': 'Ann',
        'User.LastName': 'Smith',
        'User.email': 'ann@example.com',
        memberOf: 'Buyers',
      },
      user: { userName: 'ann@example.com', ...ann },
    },
    PingOne: {
      sent: { profile: 'pingone' },
      attributes: { given: 'Ann', family: 'Smith', email: 'ann@example.com' },
      user: { userName: 'ann@example.com', ...ann },
    },
    Google: {
      sent: { profile: 'google' },
      attributes: {
        'First name': 'Ann',
        'Last name': 'Smith',
        'Primary email': 'ann@example.com',
        'Job title': 'Buyer',
      },
      user: { userName: 'ann@example.com', ...ann, title: 'Buyer' },
    },
    miniOrange: {
      sent: { profile: 'miniorange' },
      attributes: { fname: 'Ann', lname: 'Smith', Email: 'ann@example.com', phone: '030 1' },
      user: { userName: 'ann@example.com', ...ann, phoneNumbers: [{ type: 'work', value: '030 1' }] },
    },
    'Keycloak and Shibboleth': {
      sent: { nameId: 'G-7f2a', format: `${format}persistent` },
      attributes: {
        'urn:oid:1.2.840.113549.1.9.1': 'ann@example.com',
        'urn:oid:2.5.4.42': 'Ann',
        'urn:oid:2.5.4.4': 'Smith',
        'urn:oid:1.3.6.1.4.1.5923.1.1.1.6': 'ann@uni.example',
        'urn:oid:2.16.840.1.113730.3.1.241': 'Ann Smith',
        Role: ['manage-account', 'view-profile'],
      },
      user: {
        userName: 'ann@uni.example',
        ...ann,
        displayName: 'Ann Smith',
        roles: [{ value: 'manage-account' }, { value: 'view-profile' }],
      },
    },
  };
  for (const [who, { sent, attributes, user }] of Object.entries(senders)) {
    it(`of ${who} are understood without rows`, () => {
      const { document, issues } = read(attributes, sent);
      expect(document).to.deep.equal(user);
      expect(issues).to.deep.equal([]);
    });
  }

  it('that no row takes are named, and those of groups are groups', () => {
    const entra = senders.Entra;
    expect(read(entra?.attributes ?? {}, entra?.sent).unmapped).to.deep.equal([
      'http://schemas.microsoft.com/identity/claims/tenantid',
      'http://schemas.microsoft.com/identity/claims/objectidentifier',
      'http://schemas.microsoft.com/identity/claims/identityprovider',
    ]);
    const okta = read(senders.Okta?.attributes ?? {}, senders.Okta?.sent);
    expect([okta.groups, okta.unmapped]).to.deep.equal([['Everyone', 'Buyers'], []]);
    expect(read({ email: 'a@x.example' }, { groups: 'groups' }).groups).to.deep.equal([]);
    expect(read({ groups: 'a' }).groups).to.equal(undefined);
    expect(suggestedGroupsAttribute('entra')).to.match(/claims\/groups$/);
  });

  it('give further addresses beside the main one', () => {
    const { document } = read({ mail: ['ann@example.com', 'a.smith@example.com', 'ann@example.com'] });
    expect(document.emails).to.deep.equal([
      { type: 'work', value: 'ann@example.com', primary: true },
      { value: 'a.smith@example.com', type: 'other' },
    ]);
  });

  it('are taken by rows of the connection instead, by exact name, the first that says it', () => {
    const rows = [
      { claim: 'staffMail', path: 'emails[type eq "work"].value' },
      { claim: 'mail', path: 'emails[type eq "work"].value' },
      { claim: 'NameID', path: 'externalId' },
      { claim: 'points', path: 'urn:test:shop:2.0:User:points' },
      { claim: 'vip', path: 'urn:test:shop:2.0:User:vip' },
      { claim: 'since', path: 'urn:test:shop:2.0:User:since' },
      { claim: 'login', path: 'userName' },
    ];
    const { document, unmapped, issues } = read(
      {
        mail: 'ann@example.com',
        Login: 'x',
        login: 'ann',
        points: '12',
        vip: 'TRUE',
        since: 'yesterday',
        firstName: 'A',
      },
      { rows, nameId: 'G-1' },
    );
    expect(document).to.deep.equal({
      userName: 'ann',
      emails: [{ type: 'work', value: 'ann@example.com' }],
      externalId: 'G-1',
      'urn:test:shop:2.0:User': { points: 12, vip: true },
    });
    expect(unmapped).to.deep.equal(['Login', 'firstName']);
    expect(issues).to.have.length(1);
    expect(issues[0]).to.contain('no dateTime');
  });

  it('tell the person by the NameID or the attribute that is chosen, and by nothing that changes', () => {
    expect(read({}, { nameId: ' G-1 ' })).to.deep.include({ identifier: 'G-1', document: { userName: 'G-1' } });
    const chosen = read({ uid: 'ann' }, { identifier: 'uid', nameId: 'x', format: `${format}transient` });
    expect(chosen).to.deep.include({ identifier: 'ann', document: { userName: 'ann' }, unmapped: [] });
    for (const [attributes, sent] of [
      [{}, { format: `${format}transient` }],
      [{ mail: 'a@x.example' }, { identifier: 'uid' }],
      [{}, { nameId: '  ' }],
      [{}, { nameId: 'x'.repeat(256) }],
    ] as const) {
      const { identifier, issues } = read(attributes, sent);
      expect([identifier, issues.length]).to.deep.equal(['', 1]);
    }
  });

  it('never say what is not theirs to say, and rows that try are told of', () => {
    const rows = ['active', 'password', 'id', 'meta.version', 'groups', 'emails[value co "x"].value', 'nothing'].map(
      (path) => ({ claim: 'a', path }),
    );
    expect(checkClaims(rows, type).map(({ row }) => row)).to.deep.equal([0, 1, 2, 3, 4, 5, 6]);
    const { document } = read({ a: 'x' }, { rows });
    expect(document).to.deep.equal({ userName: 'ann@example.com' });
    for (const profile of ['generic', 'entra', 'centrify', 'google'] as const)
      for (const { path } of builtInClaims(profile)) expect(placeOf(path, type).text, path).to.be.a('string');
  });

  it('are bounded: long values and those that are no text are left out, and said', () => {
    const long = 'x'.repeat(claimLimits.length + 1);
    const { document, issues } = read({ title: [long, 'Buyer'], nickName: 'a\u0000b', displayName: '\ud800' });
    expect(document).to.deep.equal({ userName: 'ann@example.com', title: 'Buyer' });
    expect(issues).to.have.length(3);
    const many = read({ g: Array.from({ length: 5000 }, (_, n) => `g${n}`) }, { groups: 'g' });
    expect(many.groups).to.have.length(claimLimits.values);
    const wide = Object.fromEntries(Array.from({ length: 2000 }, (_, n) => [`a${n}`, 'x']));
    expect(read(wide).unmapped).to.have.length(claimLimits.told);
  });

  const name = fc.oneof(
    fc.constantFrom(
      '__proto__',
      'constructor',
      'prototype',
      'toString',
      'mail',
      'First Name',
      'user.__proto__',
      'title',
    ),
    fc.string({ maxLength: 20, unit: 'binary' }),
  );
  const attributes = fc.array(
    fc.tuple(name, fc.array(fc.string({ maxLength: 30, unit: 'binary' }), { maxLength: 3 })),
    {
      maxLength: 12,
    },
  );

  it('whatever they are called, reach no prototype and stay text that every database keeps', () => {
    const before = Object.getOwnPropertyNames(Object.prototype).join();
    fc.assert(
      fc.property(attributes, fc.string({ unit: 'binary' }), fc.boolean(), (entries, nameId, own) => {
        const table = {
          identifier: null,
          groupsAttribute: '__proto__',
          claims: own ? entries.map(([claim]) => ({ claim, path: 'title' })) : [],
        };
        const claims = {
          nameId: { value: nameId, format: undefined, nameQualifier: undefined, spNameQualifier: undefined },
        };
        const result = readClaims({ ...claims, attributes: new Map(entries) }, table, { profile: 'generic', type });
        const text = JSON.stringify(result.document) + JSON.stringify(result.groups) + result.identifier;
        expect(text).not.to.match(/\\u0000|\\ud[89a-f]/);
        expect(Object.getPrototypeOf(result.document)).to.equal(Object.prototype);
        expect(Object.keys(result.document)).not.to.include('__proto__');
        const known = new Set(entries.map(([entry]) => entry.slice(0, claimLimits.toldLength)));
        for (const unmapped of result.unmapped) expect(known.has(unmapped)).to.equal(true);
      }),
      { numRuns: runs(300) },
    );
    expect(Object.getOwnPropertyNames(Object.prototype).join()).to.equal(before);
  });
});
