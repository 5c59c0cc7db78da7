import { expect } from 'chai';
import { tryLogoutMutations } from './logout-mutations.ts';
import { tryMutations } from './mutations.ts';

describe('mutated responses', () => {
  it('are refused, or say exactly what was signed', async () => {
    const { tried, refused, untouched, breaches, accidents } = await tryMutations(300, 1);
    expect(breaches).to.deep.equal([]);
    expect(accidents).to.deep.equal([]);
    expect(tried).to.equal(300);
    expect([...refused.values()].reduce((a, b) => a + b, 0) + untouched).to.equal(300);
    // They come as far as the signature: otherwise they would prove nothing of it.
    expect(refused.get('SAML_SIGNATURE') ?? 0).to.be.at.least(30);
  });

  it('of logout too', async () => {
    const { refused, untouched, breaches, accidents } = await tryLogoutMutations(200, 1);
    expect(breaches).to.deep.equal([]);
    expect(accidents).to.deep.equal([]);
    expect([...refused.values()].reduce((a, b) => a + b, 0) + untouched).to.equal(200);
    expect(refused.get('SAML_SIGNATURE') ?? 0).to.be.at.least(30);
  });
});
