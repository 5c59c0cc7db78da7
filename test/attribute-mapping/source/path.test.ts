import { expect } from 'chai';
import { customerUserUrn, isKnownSource } from '../../../modules/attribute-mapping/index.ts';
import { parseSource } from '../../../modules/attribute-mapping/source/path.ts';
import { SourceFault } from '../../../modules/attribute-mapping/source/source.ts';
import { enterpriseUserSchema, type Resource, userResourceType } from '../../../modules/scim/index.ts';

const enterprise = enterpriseUserSchema.id;
const user: Resource = {
  userName: 'ada',
  active: true,
  name: { givenName: 'Ada' },
  emails: [
    { value: 'home@x.example', type: 'home' },
    { value: 'work@x.example', type: 'Work' },
  ],
  roles: [{ value: 'a' }, { display: 'nothing' }, { value: 'b' }],
  [enterprise]: { department: 'R&D', manager: { value: '7', displayName: 'Grace' } },
};
const source = (text: string) => parseSource(text, userResourceType);
const faultOf = (text: string): SourceFault => {
  try {
    source(text);
  } catch (error) {
    if (error instanceof SourceFault) return error;
    throw error;
  }
  throw new Error(`${text} was taken`);
};

describe('A source path', () => {
  for (const [text, printed, value] of [
    ['userName', 'userName', 'ada'],
    [' NAME.givenname ', 'name.givenName', 'Ada'],
    ['name.middleName', 'name.middleName', undefined],
    ['emails[main].value', 'emails[main].value', 'work@x.example'],
    ['emails[main]', 'emails[main].value', 'work@x.example'],
    ['emails[type eq "home"].value', 'emails[type eq "home"].value', 'home@x.example'],
    ['emails[type eq "WORK"].value', 'emails[type eq "WORK"].value', 'work@x.example'],
    ['emails[type eq "other"].value', 'emails[type eq "other"].value', undefined],
    ['emails[type eq "work" and value co "x."].value', undefined, 'work@x.example'],
    ['emails[value ew "x.example"].type', undefined, 'home'],
    ['roles.value', 'roles.value', ['a', 'b']],
    ['roles', 'roles.value', ['a', 'b']],
    ['ims.value', 'ims.value', undefined],
    [`${enterprise}:department`, `${enterprise}:department`, 'R&D'],
    ['department', `${enterprise}:department`, 'R&D'],
    [`${enterprise}:manager.displayName`, undefined, undefined],
    [`${enterprise}:manager`, `${enterprise}:manager.value`, '7'],
  ] as const)
    it(`${JSON.stringify(text)} reads ${JSON.stringify(value)}`, () => {
      if (text.endsWith('manager.displayName')) {
        expect(faultOf(text).code).to.equal('source-read-only');
        return;
      }
      const found = source(text);
      if (printed !== undefined) expect(found.text).to.equal(printed);
      expect(found.read(user)).to.deep.equal(value);
    });

  for (const [text, code, words] of [
    ['shoeSize', 'source-unknown', 'shoeSize'],
    ['urn:acme:1.0:User:badge', 'source-unknown', 'declare it'],
    ['name', 'source-complex', 'name.givenName'],
    ['addresses[main]', 'source-complex', 'streetAddress'],
    [enterprise, 'source-complex', 'schema'],
    ['id', 'source-read-only', 'store'],
    ['groups.display', 'source-read-only', 'store'],
    ['userName[main]', 'source-malformed', 'one value'],
    ['emails[main].nothing', 'source-unknown', 'nothing'],
    ['emails[type eq', 'source-malformed', 'position'],
    ['emails[shoe eq "x"].value', 'source-unknown', 'shoe'],
    ['__proto__', 'source-malformed', '__proto__'],
    ['constructor', 'source-malformed', 'constructor'],
    ['', 'source-malformed', 'expected'],
  ] as const)
    it(`${JSON.stringify(text)} is refused: ${code}`, () => {
      const { code: found, message, cure } = faultOf(text);
      expect(found).to.equal(code);
      expect(`${message} ${cure}`).to.include(words);
      expect(cure).to.match(/\.$/);
    });

  for (const [text, before, value, after] of [
    ['title', {}, 'x', { title: 'x' }],
    ['name.givenName', { name: { givenName: 'a' } }, undefined, {}],
    [
      'name.givenName',
      { name: { givenName: 'a', familyName: 'b' } },
      'c',
      { name: { givenName: 'c', familyName: 'b' } },
    ],
    ['emails[main].value', {}, 'x', { emails: [{ type: 'work', value: 'x', primary: true }] }],
    ['emails[main].value', {}, undefined, {}],
    ['phoneNumbers[main].value', { phoneNumbers: [{ value: '1' }] }, undefined, {}],
    [
      'phoneNumbers[main].value',
      { phoneNumbers: [{ value: '1' }, { value: '2' }] },
      undefined,
      { phoneNumbers: [{ type: 'work' }, { value: '2' }] },
    ],
    [
      'emails[type eq "home"].value',
      { emails: [{ type: 'work', value: 'w' }] },
      'h',
      {
        emails: [
          { type: 'work', value: 'w' },
          { type: 'home', value: 'h' },
        ],
      },
    ],
    [
      'emails[type eq "home"].value',
      { emails: [{ type: 'Home', value: 'w' }] },
      'h',
      { emails: [{ type: 'Home', value: 'h' }] },
    ],
    [
      'roles.value',
      { roles: [{ value: 'a', type: 't' }, { value: 'b' }] },
      ['a', 'c'],
      { roles: [{ value: 'a', type: 't' }, { value: 'c' }] },
    ],
    ['roles.value', { roles: [{ value: 'a' }] }, undefined, {}],
    [`${enterprise}:department`, {}, 'D', { [enterprise]: { department: 'D' } }],
    [`${enterprise}:department`, { [enterprise]: { department: 'D' } }, undefined, {}],
    [`${enterprise}:manager.value`, {}, '7', { [enterprise]: { manager: { value: '7' } } }],
  ] as const)
    it(`${text} of ${JSON.stringify(before)} becomes ${JSON.stringify(value)}, in a copy`, () => {
      const copy = JSON.stringify(before);
      const written = source(text).write(before as Resource, value);
      expect(written).to.deep.equal(after);
      expect(JSON.stringify(before)).to.equal(copy);
      expect(source(text).read(written)).to.deep.equal(value);
    });

  it('knows where nothing can be put that it would find again', () => {
    for (const text of [
      'emails[value ew "x"].value',
      'emails[not (type eq "home")].value',
      'emails[type eq "work"].type',
      'emails[type eq "work" and type eq "home"].value',
    ])
      expect(source(text).writable, text).to.equal(false);
    for (const text of [
      'emails[type eq "work"].value',
      'emails[type eq "work" and display eq "d"].value',
      'roles.value',
    ])
      expect(source(text).writable, text).to.equal(true);
  });

  it('is known where a schema, a declaration or the store has it', () => {
    const declared = {
      version: 1,
      rows: [],
      sources: [{ name: 'badge' }, { name: 'urn:acme:scim:1.0:User:level' }],
    } as const;
    expect(isKnownSource('title')).to.equal(true);
    expect(isKnownSource('badge')).to.equal(false);
    expect(isKnownSource('badge', declared)).to.equal(true);
    expect(isKnownSource('urn:acme:scim:1.0:User:level', declared)).to.equal(true);
    expect(isKnownSource(`${customerUserUrn}:motto`)).to.equal(false);
  });
});
