import { expect } from 'chai';
import { returnAddress, withCode } from '../../../modules/saml/login/return-address.ts';
import { samlProvider } from '../idp/provider.ts';
import { elsewhere } from './return-addresses.ts';

const provider = samlProvider({
  settings: {
    redirects: ['https://shop.example/saml/', 'https://exact.example/back?from=saml', 'https://bare.example'],
  },
});

describe('Where a browser goes after login', () => {
  it('is no address off the list, in any of seventy spellings', () => {
    expect(elsewhere.length).to.be.greaterThan(60);
    for (const text of elsewhere) expect(returnAddress(text, provider), JSON.stringify(text)).to.equal(undefined);
  });

  it('is an address of the list, exactly or below a slash, as browsers write it', () => {
    for (const [text, address] of [
      ['https://shop.example/saml/', 'https://shop.example/saml/'],
      ['https://shop.example/saml/done?state=1', 'https://shop.example/saml/done?state=1'],
      ['https://SHOP.example:443/saml/a/../b', 'https://shop.example/saml/b'],
      ['https://exact.example/back?from=saml', 'https://exact.example/back?from=saml'],
      ['https://bare.example', 'https://bare.example/'],
    ])
      expect(returnAddress(text ?? '', provider), text).to.deep.equal({ kind: 'storefront', address });
  });

  it('is our own account page by its path or its whole address', () => {
    for (const text of ['/saml/acme/account', 'https://store.example/saml/acme/account'])
      expect(returnAddress(text, provider), text).to.deep.equal({ kind: 'account' });
    expect(returnAddress('/saml/other/account', provider)).to.equal(undefined);
  });

  it('gets the code as a parameter of its own, in place of one that was there', () => {
    expect(withCode('https://shop.example/saml/?code=old&state=1', 'new')).to.equal(
      'https://shop.example/saml/?code=new&state=1',
    );
  });
});
