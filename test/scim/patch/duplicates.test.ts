import { expect } from 'chai';
import { applyPatch, readPatch, userResourceType } from '../../../modules/scim/index.ts';

const CORE = 'urn:ietf:params:scim:schemas:core:2.0:User';
const schemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp'];

const emailsAfter = (emails: object[], operation: object): unknown =>
  applyPatch(
    { schemas: [CORE], userName: 'a', emails },
    readPatch({ schemas, Operations: [operation] }, userResourceType),
    userResourceType,
  ).resource.emails;

const work = { value: 'a@x', type: 'work' };
const home = { value: 'b@x', type: 'home' };

describe('A PATCH leaves no value twice (RFC 7643 §2.4)', () => {
  it('by changing an element into another one', () => {
    const operation = { op: 'replace', path: 'emails[value eq "b@x"]', value: { value: 'A@x', type: 'work' } };
    expect(emailsAfter([work, home], operation)).to.deep.equal([work]);
    const second = { value: 'c@x', type: 'work' };
    const value = { op: 'replace', path: 'emails[type eq "work"].value', value: 'z@x' };
    expect(emailsAfter([work, second, home], value)).to.deep.equal([{ value: 'z@x', type: 'work' }, home]);
  });

  it('by creating an element that is there already', () => {
    const operation = { op: 'add', path: 'emails[display eq "A" and type eq "work"].value', value: 'a@x' };
    expect(emailsAfter([work, home], operation)).to.deep.equal([{ ...work, display: 'A' }, home]);
  });

  it('by changing a sub-attribute of all elements', () => {
    const twin = { value: 'a@x', type: 'home' };
    expect(emailsAfter([work, twin], { op: 'replace', path: 'emails.type', value: 'other' })).to.deep.equal([
      { value: 'a@x', type: 'other' },
    ]);
  });

  it('by adding or replacing elements', () => {
    expect(emailsAfter([work], { op: 'add', path: 'emails', value: [work, home] })).to.deep.equal([work, home]);
    expect(emailsAfter([work], { op: 'replace', path: 'emails', value: [home, home] })).to.deep.equal([home]);
  });
});
