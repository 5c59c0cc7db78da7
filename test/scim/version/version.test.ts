import { expect } from 'chai';
import { namesVersion, requireMatch, ScimError, versionOf } from '../../../modules/scim/index.ts';

const anna = { schemas: [], id: '1', userName: 'anna', emails: [{ value: 'a' }] };

describe('versionOf', () => {
  it('is a weak entity tag of the state, not of meta and not of groups', () => {
    const version = versionOf(anna);
    expect(version).to.match(/^W\/"[A-Za-z0-9_-]{20,}"$/);
    expect(versionOf({ ...anna, meta: { lastModified: 'x' }, groups: [{ value: 'g' }] })).to.equal(version);
    expect(versionOf({ ...anna, emails: [{ value: 'b' }] })).not.to.equal(version);
  });
});

describe('namesVersion', () => {
  it('takes the tag strong or weak, with or without quotes, in a list, and * for any', () => {
    for (const header of ['W/"a"', '"a"', 'a', 'w/"a"', '*', '"x", W/"a"', ' W/"a" ']) {
      expect(namesVersion(header, 'W/"a"'), header).to.equal(true);
    }
    for (const header of ['', 'W/"b"', '"A"', 'W/', '"a', '"x", "y"']) {
      expect(namesVersion(header, 'W/"a"'), header).to.equal(false);
    }
  });
});

describe('requireMatch', () => {
  it('throws 412 where If-Match means another version, and nothing where there is none', () => {
    requireMatch({}, 'W/"a"');
    requireMatch({ ifMatch: 'W/"a"' }, 'W/"a"');
    try {
      requireMatch({ ifMatch: 'W/"b"' }, 'W/"a"');
      expect.fail('it passed');
    } catch (error) {
      expect(error).to.be.instanceOf(ScimError).and.to.have.property('status', 412);
    }
  });
});
