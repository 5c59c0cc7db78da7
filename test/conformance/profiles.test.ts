import { expect } from 'chai';
import {
  identityProviderNames,
  identityProviderOf,
  identityProviders,
} from '../../modules/conformance/simulate/profiles/index.ts';
import { profiles } from '../../modules/connection/index.ts';

describe('The identity provider that is simulated', () => {
  const played = (name: string) => {
    const { code, profile } = identityProviderOf(name) ?? {};
    return `${code} for ${profile}`;
  };

  it('is asked for by its own code, or by the profile of a connection', () => {
    expect(identityProviderNames).to.include.members([...profiles, ...identityProviders.map(({ code }) => code)]);
    expect(['ping', 'pingone', 'keycloak', 'generic', 'okta'].map(played)).to.deep.equal([
      'ping for pingone',
      'ping for pingone',
      'keycloak for generic',
      'generic for generic',
      'okta for okta',
    ]);
    expect(identityProviderOf('nobody')).to.equal(undefined);
  });

  it('is, where nothing is known of it, one that keeps to the standard', () => {
    expect(played('centrify')).to.equal('centrify for centrify');
    const generic = identityProviders.find(({ code }) => code === 'generic');
    expect(identityProviderOf('centrify')?.create).to.equal(generic?.create);
  });
});
