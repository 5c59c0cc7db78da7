import { expect } from 'chai';
import { SamlError } from '../../../modules/saml/index.ts';
import { createAssertionVerifier } from '../../../modules/saml/verification/verify-assertion.ts';
import { forge } from '../idp/forge.ts';
import { samlProvider } from '../idp/provider.ts';

const now = new Date('2024-05-06T12:00:00.000Z');
const verifier = createAssertionVerifier();
const password = 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport';
const second = 'https://refeds.org/profile/mfa';

/** What becomes of somebody who was authenticated by `found` where a connection asks for `wanted`. */
async function outcome(wanted: string | null, found: string): Promise<string> {
  const provider = samlProvider({ settings: { authnContext: wanted } });
  const { field } = forge({ provider, now, inResponseTo: '_request', assertion: { authnContext: found } });
  return verifier.verify({ provider, response: field, now }).then(
    ({ authnContext }) => `in by ${authnContext}`,
    (error: unknown) => (error instanceof SamlError ? `${error.code} ${error.message}` : String(error)),
  );
}

describe('An authentication context that a connection asks for', () => {
  it('has to come back in the assertion', async () => {
    expect(await outcome(second, password)).to.match(/^SAML_AUTHN_CONTEXT .*PasswordProtectedTransport.*refeds/);
    expect(await outcome(second, second)).to.equal(`in by ${second}`);
  });

  it('is anything where none is asked for', async () => {
    expect(await outcome(null, password)).to.equal(`in by ${password}`);
  });
});
