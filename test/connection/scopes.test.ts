import { expect } from 'chai';
import { readScopes, scopeRefusal, scopes, scopesOf, storedScopes } from '../../modules/connection/scopes.ts';

describe('The scopes of a token', () => {
  for (const [text, expected] of [
    ['all', scopes],
    ['users:read', ['users:read']],
    ['groups:write, users:read', ['users:read', 'groups:write']],
    ['users', ['users:read', 'users:write']],
    ['read', ['users:read', 'groups:read']],
    ['read groups', ['users:read', 'groups:read', 'groups:write']],
    ['read write', scopes],
  ] as const)
    it(`written ${JSON.stringify(text)} are ${expected.join(', ')}`, () => {
      expect(readScopes(text)).to.deep.equal(expected);
      expect(scopesOf(storedScopes(readScopes(text)))).to.deep.equal(expected);
    });

  it('must be known ones', () => {
    for (const text of ['user', 'users:', ':read', 'users:delete', 'ALL'])
      expect(() => readScopes(text), text).to.throw('users:read, users:write, groups:read, groups:write');
    expect(() => readScopes(' ,')).to.throw('No scope was named');
  });

  it('grow with the product where a token has all of them', () => {
    expect(storedScopes(scopes)).to.equal(null);
    expect(storedScopes(['groups:read'])).to.equal('groups:read');
  });

  const reading = ['read', 'list', 'search'];
  const writing = ['create', 'replace', 'patch', 'delete'];
  for (const held of scopes)
    it(`allow nothing but what ${held} says`, () => {
      for (const type of ['User', 'Group'])
        for (const operation of [...reading, ...writing]) {
          const needed = `${type.toLowerCase()}s:${writing.includes(operation) ? 'write' : 'read'}`;
          const refusal = scopeRefusal([held], operation, type);
          if (needed === held) expect(refusal, `${operation} ${type}`).to.equal(undefined);
          else expect(refusal).to.contain(`lacks the scope "${needed}"; it has ${held}`);
        }
    });

  it('of every kind are needed to search everything at once', () => {
    expect(scopeRefusal(['users:read', 'groups:read'], 'search', undefined)).to.equal(undefined);
    expect(scopeRefusal(['users:read'], 'search', undefined)).to.contain('"groups:read"');
    expect(scopeRefusal(['users:write'], 'search', undefined)).to.contain('"users:read" and "groups:read"');
  });

  it('are not asked for by discovery, nor by a bulk request as such', () => {
    for (const operation of ['discovery', 'bulk', 'unknown'])
      expect(scopeRefusal(['users:read'], operation, undefined)).to.equal(undefined);
  });
});
