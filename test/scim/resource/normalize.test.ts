import { expect } from 'chai';
import fc from 'fast-check';
import {
  groupResourceType,
  type Mode,
  type NormalizedResource,
  normalizeResource,
  ScimError,
  userResourceType,
} from '../../../modules/scim/index.ts';
import { runs } from '../../setup/runs.ts';
import { resources } from './arbitraries.ts';

const CORE = 'urn:ietf:params:scim:schemas:core:2.0:User';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const read = (body: object, mode?: Mode): NormalizedResource =>
  normalizeResource({ schemas: [CORE], userName: 'anna', ...body }, userResourceType, mode);
const resource = (body: object): Record<string, unknown> => {
  const { schemas: _schemas, userName: _userName, ...rest } = read(body).resource;
  return rest;
};
function refusal(work: () => unknown): ScimError {
  try {
    work();
  } catch (error) {
    if (error instanceof ScimError) return error;
    throw error;
  }
  return expect.fail('nothing was refused');
}

describe('normalizeResource', () => {
  it('gives names the schema’s spelling and leaves values as sent', () => {
    expect(
      resource({
        DISPLAYNAME: ' Änna ',
        Name: { GivenName: 'Anna' },
        phonenumbers: [{ Value: '+49 170', TYPE: 'Mobile' }],
      }),
    ).to.deep.equal({
      displayName: ' Änna ',
      name: { givenName: 'Anna' },
      phoneNumbers: [{ value: '+49 170', type: 'Mobile' }],
    });
  });

  it('leaves out what is unassigned: null, empty lists, empty objects, hollow elements', () => {
    const hollow = {
      title: null,
      roles: [],
      name: {},
      emails: [{ type: 'work', primary: true, display: null, value: null }],
    };
    expect(resource({ ...hollow, addresses: [null], [ENTERPRISE]: { manager: { value: null } } })).to.deep.equal({});
  });

  it('leaves out what a client may not write', () => {
    expect(resource({ id: 'x', meta: { resourceType: 'User' }, groups: [{ value: 'g' }] })).to.deep.equal({});
    expect(resource({ [ENTERPRISE]: { manager: { value: '7', displayName: 'Boss' } } })).to.deep.equal({
      [ENTERPRISE]: { manager: { value: '7' } },
    });
  });

  it('takes the password out', () => {
    const { resource: rest, password } = read({ password: 's3cret' });
    expect(password).to.equal('s3cret');
    expect(JSON.stringify(rest)).not.to.include('s3cret');
    expect(read({ password: null })).not.to.have.property('password');
    expect(read({})).not.to.have.property('password');
  });

  it('computes schemas from what is there', () => {
    expect(read({ schemas: [CORE, ENTERPRISE] }).resource.schemas).to.deep.equal([CORE]);
    expect(read({ [ENTERPRISE.toUpperCase()]: { department: 'IT' } }).resource.schemas).to.deep.equal([
      CORE,
      ENTERPRISE,
    ]);
  });

  describe('understands what identity providers send', () => {
    const cases: Record<string, [object, object]> = {
      'Entra, OneLogin: booleans as strings': [
        { active: 'True', emails: [{ value: 'a', primary: 'true' }] },
        { active: true, emails: [{ value: 'a', primary: true }] },
      ],
      'OneLogin: e-mail as an object': [
        { emails: { value: 'a@b', type: 'work' } },
        { emails: [{ value: 'a@b', type: 'work' }] },
      ],
      'OneLogin: manager.managerId': [{ manager: { managerId: '7' } }, { [ENTERPRISE]: { manager: { value: '7' } } }],
      'Entra: manager as a string (directory-scimple#1242)': [
        { [ENTERPRISE]: { manager: '7' } },
        { [ENTERPRISE]: { manager: { value: '7' } } },
      ],
      'manager without its URN (go-scim#75)': [{ manager: '7' }, { [ENTERPRISE]: { manager: { value: '7' } } }],
      'manager as a list': [
        { [ENTERPRISE]: { manager: [{ value: '7', $ref: null }] } },
        { [ENTERPRISE]: { manager: { value: '7' } } },
      ],
      'Entra: nulls at the top beside the extension': [
        { department: null, manager: null, [ENTERPRISE]: { department: 'IT' } },
        { [ENTERPRISE]: { department: 'IT' } },
      ],
      'the misspelt URN …2.0User': [
        { 'urn:ietf:params:scim:schemas:extension:enterprise:2.0User': { department: 'IT' } },
        { [ENTERPRISE]: { department: 'IT' } },
      ],
      'roles as strings': [{ roles: ['admin', 'admin', 'buyer'] }, { roles: [{ value: 'admin' }, { value: 'buyer' }] }],
      'numbers and booleans for strings': [
        { [ENTERPRISE]: { employeeNumber: 42 }, title: true },
        { title: 'true', [ENTERPRISE]: { employeeNumber: '42' } },
      ],
      'Entra’s older wrapping of plain values': [{ displayName: [{ $ref: null, value: 'x' }] }, { displayName: 'x' }],
      'dotted names': [
        { 'name.givenName': 'A', name: { familyName: 'B' } },
        { name: { givenName: 'A', familyName: 'B' } },
      ],
      'core attributes under the core URN': [{ [CORE]: { title: 'x' } }, { title: 'x' }],
      'several primary ones: the first stays': [
        {
          emails: [
            { value: 'a', primary: true },
            { value: 'b', primary: true },
          ],
        },
        {
          emails: [
            { value: 'a', primary: true },
            { value: 'b', primary: false },
          ],
        },
      ],
    };
    for (const [name, [given, expected]] of Object.entries(cases)) {
      it(name, () => expect(resource(given)).to.deep.equal(expected));
    }

    it('OneLogin: schema URIs that are not the RFC’s, and no schemas at all', () => {
      const legacy = read({ schemas: ['urn:scim:schemas:core:2.0', 'urn:scim:schemas:extension:enterprise:2.0'] });
      expect(legacy.resource.schemas).to.deep.equal([CORE]);
      expect(legacy.notes).to.have.length(2);
      expect(normalizeResource({ userName: 'a' }, userResourceType).notes).to.deep.equal(['schemas-missing: schemas']);
    });

    it('and notes each deviation without its value', () => {
      expect(read({ active: 'False', manager: 'boss-7' }).notes).to.deep.equal([
        'string-boolean: active',
        'simple-value-for-complex: manager',
        'flat-name: manager',
      ]);
    });
  });

  it('drops attributes outside every known schema and names them', () => {
    const { resource: rest, ignored } = read({
      favourite: 'x',
      name: { nope: 1 },
      emails: [{ value: 'a', verified: true }],
      [ENTERPRISE]: { nope: 1 },
      'urn:example:x': { a: 1 },
    });
    expect(rest).to.deep.equal({ schemas: [CORE], userName: 'anna', emails: [{ value: 'a' }] });
    expect(ignored).to.deep.equal([
      'favourite',
      'name.nope',
      'emails[0].verified',
      `${ENTERPRISE}:nope`,
      'urn:example:x',
    ]);
  });

  describe('refuses', () => {
    it('what is no object, with invalidSyntax', () => {
      for (const body of [null, [], 'x', 1]) {
        expect(refusal(() => normalizeResource(body, userResourceType)).scimType).to.equal('invalidSyntax');
      }
    });
    it('a missing or blank required attribute, with invalidValue that names it', () => {
      for (const userName of [undefined, null, '', '  ']) {
        const error = refusal(() => read({ userName }));
        expect(error).to.include({ scimType: 'invalidValue' });
        expect(error.message).to.match(/userName/);
      }
      expect(refusal(() => normalizeResource({}, groupResourceType)).message).to.match(/displayName/);
    });
    it('values that do not fit, with invalidValue that says where', () => {
      const wrong: [object, RegExp][] = [
        [{ active: 'maybe' }, /active/],
        [{ userName: 'a\u0000b' }, /cannot be stored/],
        [{ title: 'x\ud800' }, /cannot be stored/],
        [{ active: 1 }, /active/],
        [{ name: 'Anna' }, /name must be an object/],
        [{ userName: { a: 1 } }, /userName must be a string/],
        [{ userName: ['a', 'b'] }, /userName/],
        [{ emails: [{ value: 'a', primary: 'yes' }] }, /emails\[0\]\.primary/],
        [{ addresses: ['x'] }, /addresses\[0\] must be an object/],
        [{ [ENTERPRISE]: 'x' }, /must be an object/],
      ];
      for (const [body, expected] of wrong) {
        const error = refusal(() => read(body));
        expect(error.scimType).to.equal('invalidValue');
        expect(error.message).to.match(expected);
      }
    });
    it('one attribute in two spellings with two values', () => {
      expect(refusal(() => read({ active: true, Active: false })).scimType).to.equal('invalidSyntax');
      expect(resource({ active: true, Active: true })).to.deep.equal({ active: true });
      expect(refusal(() => read({ 'name.givenName': 'A', name: { givenName: 'B' } })).scimType).to.equal(
        'invalidSyntax',
      );
    });
    it('in interop-strict, every deviation', () => {
      const strict = (body: object): ScimError => refusal(() => read(body, 'interop-strict'));
      expect(strict({ nope: 1 }).scimType).to.equal('invalidSyntax');
      expect(strict({ schemas: [CORE, 'urn:x'] }).scimType).to.equal('invalidSyntax');
      expect(strict({ schemas: [] }).scimType).to.equal('invalidSyntax');
      expect(strict({ manager: '7' }).scimType).to.equal('invalidSyntax');
      for (const body of [
        { active: 'True' },
        { emails: { value: 'a' } },
        { title: 1 },
        { [ENTERPRISE]: { manager: '7' } },
      ]) {
        expect(strict(body).scimType).to.equal('invalidValue');
      }
      expect(read({ active: true, emails: [{ value: 'a', type: 'x' }] }, 'interop-strict').notes).to.deep.equal([]);
    });
  });

  it('never touches a prototype', () => {
    const body = JSON.parse(
      '{"schemas":[],"userName":"a","__proto__":{"polluted":1},"name":{"__proto__":{"polluted":1},"constructor":1}}',
    );
    const { resource: rest, ignored } = normalizeResource(body, userResourceType);
    expect(rest).to.deep.equal({ schemas: [CORE], userName: 'a' });
    expect(ignored).to.include('__proto__');
    expect({}).not.to.have.property('polluted');
  });

  it('done twice gives what it gives once, and leaves its input alone', () => {
    fc.assert(
      fc.property(resources, (body) => {
        const before = structuredClone(body);
        let once: NormalizedResource;
        try {
          once = normalizeResource(body, userResourceType);
        } catch (error) {
          return error instanceof ScimError;
        }
        expect(body).to.deep.equal(before);
        const twice = normalizeResource(once.resource, userResourceType, 'interop-strict');
        expect(twice.resource).to.deep.equal(once.resource);
        return true;
      }),
      { numRuns: runs(300) },
    );
  });
});
