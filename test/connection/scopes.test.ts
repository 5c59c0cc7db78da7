import { expect } from 'chai';
import {
  exchangeScope,
  familyOf,
  namedScopes,
  readScopes,
  scopeRefusal,
  scopes,
  scopesOf,
  storedScopes,
} from '../../modules/connection/scopes.ts';

describe('The scopes of a token', () => {
  for (const [text, expected] of [
    ['all', scopes],
    ['users:read', ['users:read']],
    ['groups:write, users:read', ['users:read', 'groups:write']],
    ['users', ['users:read', 'users:write']],
    ['read', ['users:read', 'groups:read']],
    ['read groups', ['users:read', 'groups:read', 'groups:write']],
    ['read write', scopes],
    ['saml:exchange', ['saml:exchange']],
    ['saml:exchange all', [...scopes, 'saml:exchange']],
    ['store:hooks store:customers', ['store:customers', 'store:hooks']],
    ['store:customers,saml:exchange,all,store:hooks', namedScopes],
  ] as const)
    it(`written ${JSON.stringify(text)} are ${expected.join(', ')}`, () => {
      expect(readScopes(text)).to.deep.equal(expected);
      expect(scopesOf(storedScopes(readScopes(text)))).to.deep.equal(expected);
    });

  it('must be known ones', () => {
    for (const text of ['user', 'users:', ':read', 'users:delete', 'ALL', 'saml', 'exchange'])
      expect(() => readScopes(text), text).to.throw('users:read, users:write, groups:read, groups:write');
    expect(() => readScopes(' ,')).to.throw('No scope was named');
  });

  it('grow with SCIM where a token has all of its scopes', () => {
    expect(storedScopes(scopes)).to.equal(null);
    expect(storedScopes(['groups:read'])).to.equal('groups:read');
  });

  it('do not include the exchange of codes where nobody named it: no short form, no stored NULL', () => {
    for (const text of ['all', 'users groups', 'read write'])
      expect(scopesOf(storedScopes(readScopes(text))), text).not.to.include(exchangeScope);
    expect(scopesOf(null)).not.to.include(exchangeScope);
    expect(scopeRefusal(scopes, 'exchange', undefined)).to.contain('lacks the scope "saml:exchange"');
    expect(scopeRefusal(scopesOf('users:read,saml:exchange'), 'exchange', undefined)).to.equal(undefined);
    expect(scopeRefusal([exchangeScope], 'read', 'User')).to.contain('lacks the scope "users:read"');
  });

  it('nor the store API, which has a scope for customers and one for webhooks', () => {
    for (const text of ['all', 'users groups', 'read write'])
      expect(scopesOf(storedScopes(readScopes(text))), text).not.to.include.members(['store:customers']);
    for (const held of [scopes, scopesOf(null), [exchangeScope], ['store:hooks']] as const)
      expect(scopeRefusal(held, 'store.customers', undefined), held.join()).to.contain('the scope "store:customers"');
    expect(scopeRefusal(['store:customers'], 'store.customers', undefined)).to.equal(undefined);
    expect(scopeRefusal(['store:customers'], 'store.hooks', undefined)).to.contain('the scope "store:hooks"');
    expect(scopeRefusal(['store:customers'], 'read', 'User')).to.contain('lacks the scope "users:read"');
  });

  it('belong to a family each, and with SCIM’s to that', () => {
    for (const [held, family] of [
      [scopes, 'scim'],
      [[exchangeScope], 'exchange'],
      [['store:hooks'], 'store'],
      [['store:customers', 'store:hooks'], 'store'],
      [['users:read', 'store:customers'], 'scim'],
    ] as const)
      expect(familyOf(held), held.join()).to.equal(family);
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
