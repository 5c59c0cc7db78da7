import { expect } from 'chai';
import { parsePath, printPatchPath, ScimError, userResourceType } from '../../../modules/scim/index.ts';
import { parseKnownPath } from '../../../modules/scim/path/patch-path.ts';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const canonical = (text: string): string => printPatchPath(parsePath(text, userResourceType));

describe('parsePath', () => {
  const paths: Record<string, string> = {
    userName: 'userName',
    USERNAME: 'userName',
    ' active ': 'active',
    'name.givenName': 'name.givenName',
    'urn:ietf:params:scim:schemas:core:2.0:User:name.familyName': 'name.familyName',
    [`${ENTERPRISE}:employeeNumber`]: `${ENTERPRISE}:employeeNumber`,
    [`${ENTERPRISE}.employeeNumber`]: `${ENTERPRISE}:employeeNumber`,
    [`${ENTERPRISE}:manager.value`]: `${ENTERPRISE}:manager.value`,
    [`${ENTERPRISE}:manager.$ref`]: `${ENTERPRISE}:manager.$ref`,
    [ENTERPRISE]: ENTERPRISE,
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0User:department': `${ENTERPRISE}:department`,
    'urn:scim:schemas:core:2.0:User:userName': 'userName',
    'urn:scim:schemas:core:2.0:userName': 'userName',
    department: `${ENTERPRISE}:department`,
    manager: `${ENTERPRISE}:manager`,
    'emails[type eq "work"]': 'emails[type eq "work"]',
    'emails[type eq "other"].Value': 'emails[type eq "other"].value',
    'addresses[type eq "other"].Formatted': 'addresses[type eq "other"].formatted',
    'emails[type eq "home" and value ew "home.example.org"]': 'emails[type eq "home" and value ew "home.example.org"]',
    'roles[primary eq "True"].value': 'roles[primary eq true].value',
    'emails[ type  EQ "work" ].value': 'emails[type eq "work"].value',
  };
  for (const [text, expected] of Object.entries(paths)) it(text, () => expect(canonical(text)).to.equal(expected));

  it('tells a whole extension from an attribute', () => {
    expect(parsePath(ENTERPRISE, userResourceType)).to.have.property('kind', 'extension');
    expect(parsePath('department', userResourceType)).to.include({ kind: 'attribute', extension: true });
    expect(parsePath('id', userResourceType)).to.include({ kind: 'attribute', extension: false });
  });

  const wrong = [
    ...[
      '',
      ' ',
      '.',
      'nope',
      'name.nope',
      'name.givenName.x',
      'emails[',
      'emails[]',
      'emails[type eq "work"',
      'emails[type]',
    ],
    ...['emails[type eq "work"]value', 'emails[type eq "work"].', 'emails[type eq "work"].nope', 'emails[nope eq "x"]'],
    ...[
      'name[givenName eq "x"]',
      'userName[value eq "x"]',
      'emails.value[type eq "x"]',
      `${ENTERPRISE}:nope`,
      `${ENTERPRISE}:`,
    ],
    ...[
      '__proto__',
      '__proto__.polluted',
      'name.__proto__',
      'constructor.prototype',
      'urn:example:unknown:__proto__',
      `${ENTERPRISE}:__proto__`,
    ],
    ...[
      'urn:ietf:params:scim:schemas:core:2.0:User',
      'urn:example:unknown:attr',
      'userName eq "x"',
      'emails[type eq "a"][type eq "b"]',
    ],
  ];
  for (const text of wrong) {
    it(`${JSON.stringify(text)} is refused with invalidPath`, () => {
      expect(() => parsePath(text, userResourceType))
        .to.throw(ScimError)
        .with.property('scimType', 'invalidPath');
    });
  }

  it('a path into a schema nobody knows is undefined to those who would rather go on, unless it reaches for a prototype', () => {
    expect(parseKnownPath('urn:example:unknown:attr', userResourceType)).to.equal(undefined);
    expect(() => parseKnownPath('urn:example:unknown:__proto__', userResourceType)).to.throw(ScimError);
  });

  it('in interop-strict finds extension attributes only under their URN', () => {
    expect(() => parsePath('department', userResourceType, { mode: 'interop-strict' })).to.throw(ScimError);
  });
});
