import { expect } from 'chai';
import { SamlError } from '../../../modules/saml/error.ts';
import { createAssertionVerifier } from '../../../modules/saml/verification/verify-assertion.ts';
import { hostileDocuments } from '../idp/hostile/index.ts';
import { samlProvider } from '../idp/provider.ts';

const now = new Date('2024-05-06T12:00:00.000Z');
const verifier = createAssertionVerifier();

describe('hostile responses', () => {
  for (const [kind, documents] of Object.entries(hostileDocuments))
    describe(kind, () => {
      for (const { name, code, provider: changes, make } of documents)
        it(`refuses ${name}`, async () => {
          const provider = samlProvider(changes);
          const response = make({ provider, now, inResponseTo: '_request' });
          const outcome = await verifier.verify({ provider, response, now }).then(
            () => 'accepted',
            (error: unknown) => error,
          );
          expect(outcome, String(outcome)).to.be.instanceOf(SamlError);
          expect(outcome).to.have.property('code', code);
          if (code !== 'SAML_DISABLED') expect(outcome).to.have.property('point').that.is.within(1, 14);
        });
    });

  it('are 150 documents or more, each of its own name', () => {
    const names = Object.values(hostileDocuments).flatMap((documents) => documents.map(({ name }) => name));
    expect(names.length).to.be.at.least(150);
    expect(new Set(names).size).to.equal(names.length);
  });
});
