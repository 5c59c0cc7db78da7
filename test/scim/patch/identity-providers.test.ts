import { expect } from 'chai';
import {
  applyPatch,
  groupResourceType,
  type ResourceType,
  reading,
  readPatch,
  userResourceType,
} from '../../../modules/scim/index.ts';

const CORE = 'urn:ietf:params:scim:schemas:core:2.0:User';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

function patch(resource: object, type: ResourceType, ...Operations: object[]) {
  const how = reading();
  const body = { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations };
  const result = applyPatch({ ...resource }, readPatch(body, type, how), type);
  return { ...result, notes: [...how.notes, ...result.notes], ignored: how.ignored };
}
const user = {
  schemas: [CORE],
  id: '7',
  userName: 'u',
  name: { givenName: 'G', familyName: 'F' },
  active: true,
  emails: [{ value: 'u@example.com', type: 'work', primary: true }],
};
const onUser = (...operations: object[]): Record<string, unknown> =>
  patch(user, userResourceType, ...operations).resource;
const group = {
  schemas: [groupResourceType.schema.id],
  id: 'g',
  displayName: 'G',
  members: [{ value: '1' }, { value: '2' }, { value: '3' }],
};
const onGroup = (...operations: object[]): Record<string, unknown> =>
  patch(group, groupResourceType, ...operations).resource;

describe('PATCH as identity providers send it', () => {
  describe('Entra', () => {
    it('sends capitalised ops and booleans as strings (scimmyjs/scimmy#51)', () => {
      const { resource, notes } = patch(user, userResourceType, { op: 'Replace', path: 'active', value: 'False' });
      expect(resource.active).to.equal(false);
      expect(notes).to.deep.equal(['op-case: Operations', 'string-boolean: Operations[0] active']);
      expect(onUser({ op: 'Add', path: 'active', value: 'True' })).to.deep.equal(user);
    });

    it('adds to elements that are not there; several operations meet in one (scim-patch#176)', () => {
      const add = (sub: string, value: string): object => ({
        op: 'Add',
        path: `addresses[type eq "work"].${sub}`,
        value,
      });
      expect(
        onUser(add('streetAddress', '1 Main'), add('locality', 'Springfield'), add('postalCode', '90210')).addresses,
      ).to.deep.equal([{ type: 'work', streetAddress: '1 Main', locality: 'Springfield', postalCode: '90210' }]);
      const mobile = onUser({ op: 'Add', path: 'phoneNumbers[type eq "mobile"].value', value: '+49 170' });
      expect(mobile.phoneNumbers).to.deep.equal([{ type: 'mobile', value: '+49 170' }]);
    });

    it('replaces elements that are not there, and roles by primary', () => {
      const other = onUser({ op: 'Replace', path: 'emails[type eq "other"].Value', value: 'o@example.com' });
      expect(other.emails).to.deep.equal([...user.emails, { type: 'other', value: 'o@example.com' }]);
      const role = onUser({ op: 'Replace', path: 'roles[primary eq "True"].value', value: 'Buyer' });
      expect(role.roles).to.deep.equal([{ primary: true, value: 'Buyer' }]);
    });

    it('with aadOptscim062020 sends dotted and URN keys without a path', () => {
      const value = { displayName: 'D', 'name.givenName': 'K', [`${ENTERPRISE}:employeeNumber`]: '9' };
      const { resource } = patch(user, userResourceType, { op: 'replace', value });
      expect(resource).to.deep.equal({
        ...user,
        schemas: [CORE, ENTERPRISE],
        displayName: 'D',
        name: { givenName: 'K', familyName: 'F' },
        [ENTERPRISE]: { employeeNumber: '9' },
      });
    });

    it('sends the manager as a string, a list or an object', () => {
      const path = `${ENTERPRISE}:manager`;
      for (const value of ['9', { value: '9' }, [{ value: '9', $ref: null }], 9]) {
        expect(onUser({ op: 'Add', path, value })[ENTERPRISE], JSON.stringify(value)).to.deep.equal({
          manager: { value: '9' },
        });
      }
      expect(onUser({ op: 'Add', path: `${path}.value`, value: '9' })[ENTERPRISE]).to.deep.equal({
        manager: { value: '9' },
      });
      expect(onUser({ op: 'Add', path: 'manager', value: '9' })[ENTERPRISE]).to.deep.equal({ manager: { value: '9' } });
    });

    it('replaces the manager whole, so that no $ref of the old one stays', () => {
      const managed = {
        ...user,
        schemas: [CORE, ENTERPRISE],
        [ENTERPRISE]: { manager: { value: '1', $ref: '../Users/1' } },
      };
      const path = `${ENTERPRISE}:manager`;
      const { resource } = patch(managed, userResourceType, { op: 'Replace', path, value: '2' });
      expect(resource[ENTERPRISE]).to.deep.equal({ manager: { value: '2' } });
      expect(patch(managed, userResourceType, { op: 'Remove', path }).resource).to.deep.equal(user);
      expect(patch(managed, userResourceType, { op: 'Replace', path, value: null }).resource).to.deep.equal(user);
      expect(patch(managed, userResourceType, { op: 'Remove', path: ENTERPRISE }).resource).to.deep.equal(user);
    });

    it('removes members with a value list: only those go (directory-scimple#436, SCIMReferenceCode#10)', () => {
      const { resource, notes } = patch(group, groupResourceType, {
        op: 'Remove',
        path: 'members',
        value: [{ $ref: null, value: '2' }],
      });
      expect(resource.members).to.deep.equal([{ value: '1' }, { value: '3' }]);
      expect(notes).to.deep.equal(['op-case: Operations', 'remove-with-value: Operations[0] members']);
    });

    it('adds members with $ref null', () => {
      const value = [
        { $ref: null, value: '3' },
        { $ref: null, value: '4' },
      ];
      expect(onGroup({ op: 'Add', path: 'members', value }).members).to.deep.equal([...group.members, { value: '4' }]);
    });

    it('removes an element’s value, and with it the element', () => {
      expect(onUser({ op: 'Remove', path: 'emails[type eq "work"].value' })).not.to.have.property('emails');
    });

    it('patches attributes of extensions nobody here knows: dropped and named, the rest is done', () => {
      const { resource, ignored } = patch(
        user,
        userResourceType,
        { op: 'Add', path: 'urn:ietf:params:scim:schemas:extension:custom:2.0:User:badge', value: 'x' },
        { op: 'Replace', path: 'active', value: 'False' },
      );
      expect(resource.active).to.equal(false);
      expect(ignored).to.deep.equal(['urn:ietf:params:scim:schemas:extension:custom:2.0:User:badge']);
    });
  });

  describe('Okta', () => {
    it('deactivates without a path', () => {
      expect(onUser({ op: 'replace', value: { active: false } })).to.deep.equal({ ...user, active: false });
    });

    it('renames a group without a path and echoes its id (Metatavu#113)', () => {
      expect(onGroup({ op: 'replace', value: { id: 'other', displayName: 'New' } })).to.deep.equal({
        ...group,
        displayName: 'New',
      });
    });

    it('sends a password, which never enters the resource', () => {
      const result = patch(user, userResourceType, { op: 'replace', value: { password: 'N3w' } });
      expect(result).to.include({ password: 'N3w', changed: false });
      expect(result.resource).to.deep.equal(user);
      expect(onUser({ op: 'replace', path: 'password', value: 'N3w' })).to.deep.equal(user);
    });
  });

  it('authentik replaces a group without a path, schemas included', () => {
    const value = { schemas: ['urn:x'], id: 'g', displayName: 'N', externalId: 'e' };
    expect(onGroup({ op: 'replace', value })).to.deep.equal({ ...group, displayName: 'N', externalId: 'e' });
  });

  it('Keycloak empties a group with remove and null; an empty list removes nobody', () => {
    expect(onGroup({ op: 'remove', path: 'members', value: null })).not.to.have.property('members');
    expect(onGroup({ op: 'remove', path: 'members' })).not.to.have.property('members');
    expect(onGroup({ op: 'remove', path: 'members', value: [] })).to.deep.equal(group);
  });

  it('clients send members as a string or as one object', () => {
    expect(onGroup({ op: 'add', path: 'members', value: '4' }).members).to.have.length(4);
    expect(onGroup({ op: 'remove', path: 'members', value: { value: '1' } }).members).to.have.length(2);
  });

  it('replace on members removes those not named (keycloak#52752)', () => {
    expect(onGroup({ op: 'replace', path: 'members', value: [{ value: '3' }] }).members).to.deep.equal([
      { value: '3' },
    ]);
  });

  it('the same e-mail in another case is the same e-mail', () => {
    const value = [{ value: 'U@Example.com', type: 'work' }];
    expect(onUser({ op: 'add', path: 'emails', value }).emails).to.deep.equal([
      { value: 'U@Example.com', type: 'work', primary: true },
    ]);
  });

  it('attributes outside every schema are named, readOnly ones passed over, where there is no path', () => {
    const { resource, ignored } = patch(user, userResourceType, {
      op: 'replace',
      value: { nope: 1, meta: {}, groups: [], schemas: [], 'urn:x:y': 1, [ENTERPRISE]: { nope: 1 } },
    });
    expect(resource).to.deep.equal(user);
    expect(ignored).to.deep.equal(['nope', 'urn:x:y', `${ENTERPRISE}:nope`]);
  });
});
