import { expect } from 'chai';
import {
  applyPatch,
  defineSchema,
  extendResourceType,
  groupResourceType,
  type ResourceType,
  readPatch,
  ScimError,
  userResourceType,
} from '../../../modules/scim/index.ts';

const CORE = 'urn:ietf:params:scim:schemas:core:2.0:User';
const message = (...Operations: object[]): object => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations,
});
function patched(resource: object, type: ResourceType, ...operations: object[]): Record<string, unknown> {
  return applyPatch({ ...resource }, readPatch(message(...operations), type), type).resource;
}
function refusal(work: () => unknown): ScimError {
  try {
    work();
  } catch (error) {
    if (error instanceof ScimError) return error;
    throw error;
  }
  return expect.fail('nothing was refused');
}

const babs = { display: 'Babs Jensen', $ref: 'https://example.com/v2/Users/1', value: '1' };
const james = { display: 'James Smith', $ref: 'https://example.com/v2/Users/2', value: '2' };
const group = { schemas: [groupResourceType.schema.id], id: 'g', displayName: 'Tour', members: [babs] };
const work = {
  type: 'work',
  streetAddress: '100 Universal City Plaza',
  locality: 'Hollywood',
  region: 'CA',
  primary: true,
};
const home = { type: 'home', streetAddress: '456 Hollywood Blvd', locality: 'Hollywood' };
const user = {
  schemas: [CORE],
  id: '1',
  userName: 'babs',
  name: { formatted: 'Ms. Barbara J Jensen III', familyName: 'Jensen', givenName: 'Barbara' },
  emails: [
    { value: 'babs@example.com', type: 'work', primary: true },
    { value: 'babs@home.example.org', type: 'home' },
  ],
  addresses: [work, home],
};

describe('the examples of RFC 7644 §3.5.2', () => {
  it('§3.5.2.1 add a member', () => {
    const result = patched(group, groupResourceType, { op: 'add', path: 'members', value: [james] });
    expect(result.members).to.deep.equal([babs, james]);
  });

  it('§3.5.2.1 add without a path', () => {
    const value = { emails: [{ value: 'babs@jensen.org', type: 'other' }], nickname: 'Babs' };
    const result = patched(user, userResourceType, { op: 'add', value });
    expect(result.nickName).to.equal('Babs');
    expect(result.emails).to.deep.equal([...user.emails, { value: 'babs@jensen.org', type: 'other' }]);
  });

  it('§3.5.2.2 remove one member by filter', () => {
    const two = { ...group, members: [babs, james] };
    const result = patched(two, groupResourceType, { op: 'remove', path: 'members[value eq "2"]' });
    expect(result.members).to.deep.equal([babs]);
  });

  it('§3.5.2.2 remove all members', () => {
    expect(patched(group, groupResourceType, { op: 'remove', path: 'members' })).not.to.have.property('members');
  });

  it('§3.5.2.2 remove by a compound filter', () => {
    const path = 'emails[type eq "home" and value ew "home.example.org"]';
    expect(patched(user, userResourceType, { op: 'remove', path }).emails).to.deep.equal([user.emails[0]]);
  });

  it('§3.5.2.2 remove one, add one in one request', () => {
    const result = patched(
      group,
      groupResourceType,
      { op: 'remove', path: 'members[value eq "1"]' },
      { op: 'add', path: 'members', value: [james] },
    );
    expect(result.members).to.deep.equal([james]);
  });

  it('§3.5.2.3 replace all members', () => {
    const result = patched(group, groupResourceType, { op: 'replace', path: 'members', value: [james] });
    expect(result.members).to.deep.equal([james]);
  });

  it('§3.5.2.3 replace the work address', () => {
    const value = { type: 'work', streetAddress: '911 Universal City Plaza', country: 'US', primary: true };
    const result = patched(user, userResourceType, { op: 'replace', path: 'addresses[type eq "work"]', value });
    expect(result.addresses).to.deep.equal([value, home]);
  });

  it('§3.5.2.3 replace one sub-attribute of the work address', () => {
    const path = 'addresses[type eq "work"].streetAddress';
    const result = patched(user, userResourceType, { op: 'replace', path, value: '1010 Broadway Ave' });
    expect(result.addresses).to.deep.equal([{ ...work, streetAddress: '1010 Broadway Ave' }, home]);
  });

  it('§3.5.2.3 replace without a path: lists are replaced, not appended to', () => {
    const emails = [{ value: 'bjensen@example.com', type: 'work', primary: true }];
    const result = patched(user, userResourceType, { op: 'replace', value: { emails, nickName: 'Babs' } });
    expect(result.emails).to.deep.equal(emails);
    expect(result.nickName).to.equal('Babs');
  });
});

describe('the rules of RFC 7644 §3.5.2', () => {
  it('adding a value that is there changes nothing, not even the object', () => {
    const operations = readPatch(message({ op: 'add', path: 'members', value: [{ value: '1' }] }), groupResourceType);
    const result = applyPatch(group, operations, groupResourceType);
    expect(result.changed).to.equal(false);
    expect(result.resource).to.equal(group);
  });

  it('operations that cancel out change nothing', () => {
    const operations = readPatch(
      message({ op: 'remove', path: 'members' }, { op: 'add', path: 'members', value: [babs] }),
      groupResourceType,
    );
    expect(applyPatch(group, operations, groupResourceType)).to.include({ changed: false, resource: group });
  });

  it('a new primary value takes over from the old one', () => {
    const added = { value: 'new@example.com', type: 'other', primary: true };
    const { emails } = patched(user, userResourceType, { op: 'add', path: 'emails', value: [added] });
    expect(emails).to.deep.equal([{ ...user.emails[0], primary: false }, user.emails[1], added]);
    const path = 'emails[type eq "home"].primary';
    const moved = patched(user, userResourceType, { op: 'replace', path, value: true });
    expect(moved.emails).to.deep.equal([
      { ...user.emails[0], primary: false },
      { ...user.emails[1], primary: true },
    ]);
  });

  it('sub-attributes of a complex attribute that are not named stay', () => {
    for (const op of ['add', 'replace']) {
      const { name } = patched(user, userResourceType, { op, path: 'name', value: { givenName: 'Babs' } });
      expect(name).to.deep.equal({ ...user.name, givenName: 'Babs' });
    }
  });

  it('in interop-strict a replaced complex attribute is replaced whole', () => {
    const how = { mode: 'interop-strict' } as const;
    const operations = readPatch(
      message({ op: 'replace', path: 'name', value: { givenName: 'B' } }),
      userResourceType,
      how,
    );
    expect(applyPatch(user, operations, userResourceType, how).resource.name).to.deep.equal({ givenName: 'B' });
  });

  it('replacing what is missing adds it; null and [] remove', () => {
    expect(patched(user, userResourceType, { op: 'replace', path: 'title', value: 'x' }).title).to.equal('x');
    for (const value of [null, []]) {
      expect(patched(user, userResourceType, { op: 'replace', path: 'emails', value })).not.to.have.property('emails');
      expect(patched(user, userResourceType, { op: 'replace', value: { emails: value } })).not.to.have.property(
        'emails',
      );
    }
  });

  it('removing the last sub-attribute removes the attribute', () => {
    const small = { ...user, name: { givenName: 'B' } };
    expect(patched(small, userResourceType, { op: 'remove', path: 'name.givenName' })).not.to.have.property('name');
  });

  it('removing what is not there changes nothing', () => {
    for (const path of ['title', 'name.middleName', 'emails[type eq "fax"]', 'emails[type eq "fax"].value']) {
      expect(patched(user, userResourceType, { op: 'remove', path }), path).to.deep.equal(user);
    }
  });

  it('a filter that selects nothing to replace is noTarget', () => {
    for (const filter of [
      'value eq "x"',
      'type co "fax"',
      'not (type eq "work") and value eq "x"',
      'type ne "x" and type eq "y"',
    ]) {
      const patch = { op: 'replace', path: `emails[${filter}].display`, value: 'x' };
      expect(refusal(() => patched(user, userResourceType, patch)).scimType, filter).to.equal('noTarget');
    }
    const ofItself = { op: 'replace', path: 'emails[type eq "fax"].type', value: 'x' };
    expect(refusal(() => patched(user, userResourceType, ofItself)).scimType).to.equal('noTarget');
  });

  it('operations are applied in order and all together', () => {
    const result = patched(
      user,
      userResourceType,
      { op: 'add', path: 'title', value: 'a' },
      { op: 'replace', path: 'title', value: 'b' },
    );
    expect(result.title).to.equal('b');
    const before = structuredClone(user);
    refusal(() =>
      patched(
        user,
        userResourceType,
        { op: 'remove', path: 'emails' },
        { op: 'replace', path: 'ims[value eq "x"].type', value: 'y' },
      ),
    );
    expect(user).to.deep.equal(before);
  });

  const refused: [string, object, string][] = [
    ['remove without a path', { op: 'remove' }, 'noTarget'],
    ['an unknown op', { op: 'move', path: 'title' }, 'invalidSyntax'],
    ['no op', { path: 'title', value: 'x' }, 'invalidSyntax'],
    ['add without a value', { op: 'add', path: 'title' }, 'invalidValue'],
    ['a value of the wrong type', { op: 'replace', path: 'active', value: 'maybe' }, 'invalidValue'],
    ['no path and no object', { op: 'replace', value: 'x' }, 'invalidValue'],
    ['an unknown attribute', { op: 'replace', path: 'nope', value: 'x' }, 'invalidPath'],
    ['a path that is no string', { op: 'replace', path: 7, value: 'x' }, 'invalidPath'],
    ['a readOnly attribute', { op: 'replace', path: 'id', value: 'x' }, 'mutability'],
    ['a readOnly sub-attribute', { op: 'replace', path: 'meta.created', value: 'x' }, 'mutability'],
    ['groups', { op: 'remove', path: 'groups' }, 'mutability'],
    ['removing what is required', { op: 'remove', path: 'userName' }, 'mutability'],
    ['blanking what is required', { op: 'replace', path: 'userName', value: ' ' }, 'invalidValue'],
    ['__proto__ as a path', { op: 'add', path: '__proto__.polluted', value: 'x' }, 'invalidPath'],
    ['several values meant by one path', { op: 'replace', path: 'emails.value', value: 'x' }, 'invalidPath'],
  ];
  for (const [name, operation, scimType] of refused) {
    it(`${name} is ${scimType}`, () => {
      const none = { ...user, emails: user.emails.map(({ primary: _primary, ...rest }) => rest) };
      expect(refusal(() => patched(none, userResourceType, operation)).scimType).to.equal(scimType);
    });
  }

  it('the value of a member is immutable', () => {
    const patch = { op: 'replace', path: 'members[value eq "1"].value', value: '9' };
    expect(refusal(() => patched(group, groupResourceType, patch)).scimType).to.equal('mutability');
  });

  it('an immutable attribute may be set once, and set again to what it is', () => {
    const schema = defineSchema({
      id: 'urn:example:1.0:User',
      name: 'Example',
      description: 'Example',
      attributes: [{ name: 'badge', description: 'Given once.', mutability: 'immutable' }],
    });
    const type = extendResourceType(userResourceType, schema);
    const badge = (value: string): object => ({ op: 'replace', path: `${schema.id}:badge`, value });
    const given = patched(user, type, badge('1'));
    expect(given[schema.id]).to.deep.equal({ badge: '1' });
    expect(patched(given, type, badge('1'))).to.deep.equal(given);
    expect(refusal(() => patched(given, type, badge('2'))).scimType).to.equal('mutability');
  });

  it('names that reach for a prototype are refused without a path too', () => {
    const value: unknown = JSON.parse('{"__proto__":{"polluted":1}}');
    expect(refusal(() => patched(user, userResourceType, { op: 'add', value })).scimType).to.equal('invalidPath');
  });

  it('adding a value without its type finds the one that has it', () => {
    const added = { op: 'add', path: 'emails', value: [{ value: 'babs@home.example.org' }] };
    expect(patched(user, userResourceType, added)).to.deep.equal(user);
  });

  it('what is no PatchOp is invalidSyntax', () => {
    const bodies = [
      null,
      [],
      {},
      { Operations: [] },
      { Operations: {} },
      { Operations: [null] },
      { Operations: ['x'] },
    ];
    for (const body of bodies) {
      expect(refusal(() => readPatch(body, userResourceType)).scimType, JSON.stringify(body)).to.equal('invalidSyntax');
    }
  });

  it('1000 operations are taken, 1001 are not', () => {
    const many = (count: number): object =>
      message(...Array.from({ length: count }, () => ({ op: 'remove', path: 'title' })));
    expect(readPatch(many(1000), userResourceType)).to.have.length(1000);
    expect(refusal(() => readPatch(many(1001), userResourceType)).message).to.match(/1000/);
  });

  it('in interop-strict a path is needed, and has to end in a sub-attribute after a filter', () => {
    const strict = (operation: object): ScimError =>
      refusal(() => readPatch(message(operation), userResourceType, { mode: 'interop-strict' }));
    expect(strict({ op: 'replace', value: { active: false } }).scimType).to.equal('invalidSyntax');
    expect(strict({ op: 'replace', path: 'emails[type eq "work"]', value: { value: 'x' } }).scimType).to.equal(
      'invalidPath',
    );
    expect(strict({ op: 'replace', path: 'active', value: 'False' }).scimType).to.equal('invalidValue');
  });
});
