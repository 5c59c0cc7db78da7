import { readFileSync } from 'node:fs';
import { SAML, type SamlConfig, ValidateInResponseTo } from '@node-saml/node-saml';
import { expect } from 'chai';
import { type Forgery, forge } from '../idp/forge.ts';
import { identity } from '../idp/identity.ts';
import { samlProvider } from '../idp/provider.ts';

const provider = samlProvider();
const project = new URL('../../../', import.meta.url);
const version = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`node_modules/${name}/package.json`, project), 'utf8')).version;

/** Everything that node-saml can be told about whom to believe. */
const strictest: SamlConfig = {
  issuer: provider.entityId,
  audience: provider.entityId,
  callbackUrl: provider.acsUrl,
  idpCert: identity('idp').certificate,
  idpIssuer: 'https://idp.example/entity',
  wantAssertionsSigned: true,
  wantAuthnResponseSigned: false,
  signatureAlgorithm: 'sha256',
  digestAlgorithm: 'sha256',
  acceptedClockSkewMs: 90_000,
  maxAssertionAgeMs: 600_000,
};

async function accepts(changes: Partial<Forgery>, config: Partial<SamlConfig> = {}): Promise<boolean> {
  const { field } = forge({ provider, now: new Date(), ...changes });
  const saml = new SAML({ ...strictest, ...config });
  return saml.validatePostResponseAsync({ SAMLResponse: field }).then(
    () => true,
    () => false,
  );
}

// When one of these fails, upstream has begun to check it. Look at the point of the guard: it may shrink, and the reason
// why the verifier does not use the class may have gone.
describe('what node-saml still leaves to the guard', () => {
  const leaves: readonly (readonly [string, Partial<Forgery>, Partial<SamlConfig>?])[] = [
    [
      'the issuer of an assertion and of a response (3)',
      { assertion: { issuer: 'urn:x' }, response: { issuer: 'urn:x' } },
    ],
    ['the destination of a response (4)', { response: { destination: 'https://evil.example/acs' } }],
    ['the recipient of an assertion (5)', { assertion: { recipient: 'https://evil.example/acs' } }],
    [
      'whether there is a confirmation (5)',
      { edit: { assertion: (xml) => xml.replace(/<saml:SubjectConfirmation .*<\/saml:SubjectConfirmation>/, '') } },
    ],
    ['when a confirmation ends (5)', { assertion: { confirmedUntil: new Date('2020-01-01T00:00:00Z') } }],
    ['whether an unasked response may come (7)', {}, { validateInResponseTo: ValidateInResponseTo.ifPresent }],
    ['the status of a response with an assertion (12)', { response: { status: 'Responder' } }],
    ['when the session ended (13)', { assertion: { sessionEnds: new Date('2020-01-01T00:00:00Z') } }],
    ['SHA-1 (9)', { signature: { algorithm: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1' } }],
    ['document types (1)', { edit: { signedResponse: (xml) => `<!DOCTYPE x>${xml}` } }],
    ['comments in a NameID (11)', { edit: { signedAssertion: (xml) => xml.replace('>ada@', '>ada<!-- -->@') } }],
    [
      'CBC in a response that is not signed (9)',
      { encrypt: { cipher: 'aes256-cbc' } },
      { decryptionPvk: identity('sp').privateKey },
    ],
  ];
  for (const [what, changes, config] of leaves)
    it(what, async () => {
      expect(await accepts(changes, config)).to.equal(true);
    });

  it('replays, of which it lets all in when they come at once (8)', async () => {
    const { field } = forge({ provider, now: new Date() });
    const saml = new SAML(strictest);
    const replayed = await Promise.all(
      Array.from({ length: 5 }, () => saml.validatePostResponseAsync({ SAMLResponse: field })),
    );
    expect(replayed).to.have.length(5);
  });

  it('has the wrong clock: the machine’s, not the one it is given', async () => {
    expect(await accepts({ now: new Date('2024-05-06T12:00:00Z') })).to.equal(false);
  });

  it("knows no key that was wrapped with SHA-256, as Keycloak's are", async () => {
    expect(
      await accepts({ encrypt: { transport: 'oaep-sha256' } }, { decryptionPvk: identity('sp').privateKey }),
    ).to.equal(false);
  });

  it('refuses a wrong audience, an ended assertion and a foreign signature by itself', async () => {
    expect(await accepts({})).to.equal(true);
    expect(await accepts({ assertion: { audiences: [['urn:other']] } })).to.equal(false);
    expect(await accepts({ assertion: { notOnOrAfter: new Date('2020-01-01T00:00:00Z') } })).to.equal(false);
    expect(await accepts({ by: identity('foreign') })).to.equal(false);
  });
});

describe('XML libraries', () => {
  it('are the versions that were examined', () => {
    expect(version('@node-saml/node-saml')).to.equal('5.1.0');
    expect(version('xml-crypto')).to.equal('6.3.2');
    expect(version('@xmldom/xmldom')).to.equal('0.8.15');
  });
});
