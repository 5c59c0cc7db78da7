import { expect } from 'chai';
import {
  defineSchema,
  extendResourceType,
  groupResourceType,
  parseProjection,
  project,
  userResourceType,
  wants,
} from '../../../modules/scim/index.ts';

const CORE = 'urn:ietf:params:scim:schemas:core:2.0:User';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const user = {
  schemas: [CORE, ENTERPRISE],
  id: '7',
  userName: 'anna',
  name: { givenName: 'Anna', familyName: 'Berg' },
  emails: [
    { value: 'a@x', type: 'work' },
    { value: 'b@x', type: 'home' },
  ],
  meta: { resourceType: 'User', location: 'l' },
  [ENTERPRISE]: { department: 'IT', manager: { value: '1', displayName: 'Boss' } },
};
const shown = (attributes?: string, excludedAttributes?: string) =>
  project(user, userResourceType, parseProjection({ attributes, excludedAttributes }, userResourceType));
const always = { schemas: user.schemas, id: '7' };

describe('project', () => {
  it('answers the resource itself where nothing is asked for', () => expect(shown()).to.equal(user));

  const only: Record<string, object> = {
    userName: { userName: 'anna' },
    'USERNAME, name.givenName': { userName: 'anna', name: { givenName: 'Anna' } },
    'emails.value': { emails: [{ value: 'a@x' }, { value: 'b@x' }] },
    'emails.value,emails': { emails: user.emails },
    [`${ENTERPRISE}:department`]: { [ENTERPRISE]: { department: 'IT' } },
    [`${ENTERPRISE}:manager.value`]: { [ENTERPRISE]: { manager: { value: '1' } } },
    [ENTERPRISE]: { [ENTERPRISE]: user[ENTERPRISE] },
    department: { [ENTERPRISE]: { department: 'IT' } },
    [`${CORE}:userName`]: { userName: 'anna' },
    'nope,id': {},
    meta: { meta: user.meta },
    'emails.display': { emails: [] },
  };
  for (const [names, expected] of Object.entries(only)) {
    it(`attributes=${names}`, () => expect(shown(names)).to.deep.equal({ ...always, ...expected }));
  }

  it('leaves out what is excluded, but never what is always returned', () => {
    const { name: _name, emails: _emails, ...rest } = user;
    expect(shown(undefined, 'name,emails,id,schemas,nope')).to.deep.equal(rest);
    expect(shown(undefined, 'name.givenName')).to.deep.equal({ ...user, name: { familyName: 'Berg' } });
    expect(shown(undefined, ENTERPRISE)).not.to.have.property(ENTERPRISE);
    expect(shown('name', 'name.givenName')).to.deep.equal({ ...always, name: { familyName: 'Berg' } });
  });

  it('passes over empty lists of names', () => expect(shown('', ' , ')).to.equal(user));

  it('never returns a password, even if a handler answers one and a client asks for it', () => {
    const leaky = { ...user, password: 's3cret' };
    for (const attributes of [undefined, 'password', 'userName,password']) {
      const answer = project(leaky, userResourceType, parseProjection({ attributes }, userResourceType));
      expect(answer).not.to.have.property('password');
    }
  });

  it('returns attributes "on request" only when they are asked for', () => {
    const schema = defineSchema({
      id: 'urn:example:1.0:User',
      name: 'Example',
      description: 'Example',
      attributes: [
        { name: 'dear', description: 'Costly.', returned: 'request' },
        { name: 'cheap', description: 'Not costly.' },
      ],
    });
    const type = extendResourceType(userResourceType, schema);
    const resource = { ...always, [schema.id]: { dear: 1, cheap: 2 } };
    expect(project(resource, type)).to.deep.equal({ ...always, [schema.id]: { cheap: 2 } });
    const asked = parseProjection({ attributes: `${schema.id}:dear` }, type);
    expect(project(resource, type, asked)).to.deep.equal({ ...always, [schema.id]: { dear: 1 } });
  });
});

describe('wants', () => {
  const group = (attributes?: string, excludedAttributes?: string): boolean =>
    wants(parseProjection({ attributes, excludedAttributes }, groupResourceType), groupResourceType, 'members');

  it('tells whether members have to be read', () => {
    expect(group()).to.equal(true);
    expect(group(undefined, 'members')).to.equal(false);
    expect(group('displayName')).to.equal(false);
    expect(group('members.value')).to.equal(true);
    expect(group(undefined, 'members.display')).to.equal(true);
  });
});
