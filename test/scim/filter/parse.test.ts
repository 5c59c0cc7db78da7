import { expect } from 'chai';
import {
  type Filter,
  groupResourceType,
  parseFilter,
  printFilter,
  reading,
  ScimError,
  userResourceType,
} from '../../../modules/scim/index.ts';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const canonical = (text: string, type = userResourceType): string => printFilter(parseFilter(text, type));

function refusal(text: string, mode: 'compat' | 'interop-strict' = 'compat'): ScimError {
  try {
    parseFilter(text, userResourceType, { mode });
  } catch (error) {
    if (error instanceof ScimError) return error;
    throw error;
  }
  return expect.fail(`${text} was accepted`);
}

describe('parseFilter', () => {
  describe('understands the examples of RFC 7644 §3.4.2.2', () => {
    const same = [
      'userName eq "bjensen"',
      `name.familyName co "O'Malley"`,
      'userName sw "J"',
      'title pr',
      'meta.lastModified gt "2011-05-13T04:42:34Z"',
      'meta.lastModified ge "2011-05-13T04:42:34Z"',
      'meta.lastModified lt "2011-05-13T04:42:34Z"',
      'meta.lastModified le "2011-05-13T04:42:34Z"',
      'title pr and userType eq "Employee"',
      'title pr or userType eq "Intern"',
      'schemas eq "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"',
      'emails[type eq "work"]',
      'emails[type eq "work" and value co "@example.com"]',
    ];
    for (const text of same) it(text, () => expect(canonical(text)).to.equal(text));

    const rewritten: Record<string, string> = {
      'urn:ietf:params:scim:schemas:core:2.0:User:userName sw "J"': 'userName sw "J"',
      'userType eq "Employee" and (emails co "example.com" or emails.value co "example.org")':
        'userType eq "Employee" and (emails.value co "example.com" or emails.value co "example.org")',
      'userType ne "Employee" and not (emails co "example.com" or emails.value co "example.org")':
        'userType ne "Employee" and not (emails.value co "example.com" or emails.value co "example.org")',
      'userType eq "Employee" and (emails.type eq "work")': 'userType eq "Employee" and emails.type eq "work"',
      'emails[type eq "work" and value co "@example.com"] or ims[type eq "xmpp" and value co "@foo.com"]':
        'emails[type eq "work" and value co "@example.com"] or ims[type eq "xmpp" and value co "@foo.com"]',
    };
    for (const [text, expected] of Object.entries(rewritten)) {
      it(text, () => expect(canonical(text)).to.equal(expected));
    }
  });

  describe('understands what identity providers send', () => {
    const sent: Record<string, [string, string]> = {
      'Entra: filtered path with a sub-attribute': [
        'emails[type eq "work"].value eq "u@example.com"',
        'emails[type eq "work" and value eq "u@example.com"]',
      ],
      'Entra: reference check': ['id eq "1" and manager eq "2"', `id eq "1" and ${ENTERPRISE}:manager.value eq "2"`],
      'Entra: unquoted value': ['externalId eq jyoung', 'externalId eq "jyoung"'],
      'Entra: boolean as a string': [
        'roles[primary eq "True"].value eq "x"',
        'roles[primary eq true and value eq "x"]',
      ],
      'Okta: email as the unique field': ['email eq "a@example.com"', 'emails.value eq "a@example.com"'],
      'PingOne: capital operator, lower-case name': ['username Eq "jsmith"', 'userName eq "jsmith"'],
      'PingFederate: emails eq': ['emails eq "a@example.com"', 'emails.value eq "a@example.com"'],
      'Rippling: primary e-mail': [
        'emails[primary eq true].value eq "a@b"',
        'emails[primary eq true and value eq "a@b"]',
      ],
      'numbers for a string attribute': ['externalId eq 123', 'externalId eq "123"'],
      'upper-case AND (product-is#20511)': ['active eq true AND userName eq "x"', 'active eq true and userName eq "x"'],
      'URN with a dot as separator (pingidentity/scim2#104)': [
        `${ENTERPRISE}.department eq "IT"`,
        `${ENTERPRISE}:department eq "IT"`,
      ],
      'URN in another case': [`${ENTERPRISE.toUpperCase()}:Manager.Value eq "1"`, `${ENTERPRISE}:manager.value eq "1"`],
      'no blanks where none are needed': ['(userName eq"x")and(active eq true)', 'userName eq "x" and active eq true'],
    };
    for (const [name, [text, expected]] of Object.entries(sent))
      it(name, () => expect(canonical(text)).to.equal(expected));

    it('members eq on groups', () => {
      expect(canonical('id eq "1" and members eq "2"', groupResourceType)).to.equal(
        'id eq "1" and members.value eq "2"',
      );
    });

    it('and notes the deviation', () => {
      const how = reading();
      parseFilter('email eq x', userResourceType, how);
      expect(how.notes).to.deep.equal(['alias: filter email', 'unquoted-filter-value: filter emails.value']);
    });
  });

  it('binds and before or, and not before both', () => {
    const filter = parseFilter('title pr or active eq true and not (userType pr)', userResourceType);
    expect(filter.kind).to.equal('or');
    const [, second] = (filter as Extract<Filter, { kind: 'or' }>).filters;
    expect(second?.kind).to.equal('and');
    expect(canonical('(title pr or active eq true) and userType pr')).to.equal(
      '(title pr or active eq true) and userType pr',
    );
  });

  it('makes one flat node of a chain', () => {
    const filter = parseFilter('title pr and (nickName pr and (active pr and locale pr))', userResourceType);
    expect(filter).to.have.property('kind', 'and');
    expect((filter as Extract<Filter, { kind: 'and' }>).filters).to.have.length(4);
  });

  it('reads JSON strings with their escapes', () => {
    const filter = parseFilter(String.raw`displayName eq "a\"b\\cé\n😀"`, userResourceType);
    expect(filter).to.have.property('value', 'a"b\\cé\n😀');
  });

  it('reads null, booleans and numbers', () => {
    expect(parseFilter('title eq null', userResourceType)).to.have.property('value', null);
    expect(parseFilter('active eq FALSE', userResourceType)).to.have.property('value', false);
  });

  it('gives every path its definitions', () => {
    const filter = parseFilter('emails[type eq "work"]', userResourceType) as Extract<Filter, { kind: 'valuePath' }>;
    expect(filter.path.attribute.name).to.equal('emails');
    expect(filter.filter).to.have.nested.property('path.attribute.name', 'emails');
    expect(filter.filter).to.have.nested.property('path.subAttribute.name', 'type');
  });

  describe('refuses with invalidFilter and the position', () => {
    const wrong: Record<string, RegExp> = {
      '': /attribute name.*position 1/,
      '   ': /position 4/,
      userName: /operator.*position 9/,
      'userName eq': /value.*position 12/,
      'userName eq ': /value/,
      'userName is "x"': /operator.*position 10/,
      'nope eq "x"': /no attribute "nope".*position 1/,
      'userName eq "x" and nope pr': /no attribute "nope".*position 21/,
      'name.nope eq "x"': /no attribute "name.nope"/,
      'urn:example:User:nope eq "x"': /no attribute/,
      'emails[nope eq "x"]': /no sub-attribute "nope".*position 8/,
      'name eq "x"': /complex/,
      'addresses co "x"': /complex/,
      'active gt true': /"gt" does not apply to active/,
      'active co "t"': /"co" does not apply/,
      'active eq 1': /cannot be compared/,
      'active eq "maybe"': /cannot be compared/,
      'meta.created gt "yesterday"': /cannot be compared/,
      'meta.created sw "2011"': /"sw" does not apply/,
      'x509Certificates.value gt "x"': /does not apply/,
      'title gt null': /null/,
      'userName eq "x': /unclosed string/,
      'userName eq "\\x"': /malformed string/,
      'userName eq "a\nb"': /malformed string/,
      'userName eq "\\u0000"': /U\+0000/,
      'userName eq "\\ud800"': /surrogate/,
      "userName eq 'x'": /value/,
      'userName eq "x" garbage': /expected "and"/,
      'title pr andtitle pr': /expected "and"/,
      'title pr or.title pr': /expected "and"/,
      'userName eq "x")': /expected "and"/,
      '(userName eq "x"': /expected "\)"/,
      'emails[type eq "work"': /expected "]"/,
      'emails[type eq "x" and (': /attribute name/,
      'emails[type eq "work"].nope eq "x"': /no sub-attribute/,
      'emails[emails[type eq "x"]]': /no sub-attribute|value path/,
      'userName[value eq "x"]': /no sub-attributes/,
      'not userName eq "x"': /no attribute "not"/,
      'userName eq "x" and': /attribute name/,
      'password eq "x"': /never returned/,
      '__proto__ eq "x"': /no attribute/,
      'constructor pr': /no attribute/,
    };
    for (const [text, expected] of Object.entries(wrong)) {
      it(JSON.stringify(text), () => {
        const error = refusal(text);
        expect(error.scimType).to.equal('invalidFilter');
        expect(error.message).to.match(expected);
      });
    }
  });

  describe('keeps its limits: at the limit it accepts, one above it refuses', () => {
    const nested = (depth: number): string => `${'('.repeat(depth)}title pr${')'.repeat(depth)}`;
    const terms = (count: number): string => Array.from({ length: count }, () => 'title pr').join(' or ');
    const long = (bytes: number): string => `title eq "${'x'.repeat(bytes - 11)}"`;

    it('nesting 20', () => {
      expect(canonical(nested(20))).to.equal('title pr');
      expect(refusal(nested(21)).message).to.match(/nesting/);
      expect(refusal('('.repeat(10_000) || '').scimType).to.equal('invalidFilter');
    });
    it('terms 50', () => {
      expect(parseFilter(terms(50), userResourceType).kind).to.equal('or');
      expect(refusal(terms(51)).message).to.match(/50 terms/);
    });
    it('4096 bytes, counted in UTF-8', () => {
      expect(parseFilter(long(4096), userResourceType).kind).to.equal('compare');
      expect(refusal(long(4097)).message).to.match(/4096 bytes/);
      expect(refusal(`title eq "${'é'.repeat(2048)}"`).message).to.match(/4096 bytes/);
    });
  });

  it('in interop-strict takes only what the RFC has', () => {
    for (const text of [
      'externalId eq jyoung',
      'externalId eq 123',
      'active eq "True"',
      'email eq "x"',
      'manager eq "1"',
    ]) {
      expect(refusal(text, 'interop-strict').scimType).to.equal('invalidFilter');
    }
  });
});
