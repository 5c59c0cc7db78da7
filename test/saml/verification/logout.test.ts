import { deflateRawSync } from 'node:zlib';
import { expect } from 'chai';
import { SamlError, type SamlErrorCode } from '../../../modules/saml/error.ts';
import { createLogoutVerifier } from '../../../modules/saml/verification/logout/verify-logout.ts';
import { identity } from '../idp/identity.ts';
import { forgeLogoutField, forgeLogoutQuery, type LogoutForgery } from '../idp/logout.ts';
import { samlProvider } from '../idp/provider.ts';
import { rsaSha256 } from '../idp/sign.ts';

const now = new Date('2024-05-06T12:00:00.000Z');
const provider = samlProvider();
const verifier = createLogoutVerifier();
const later = (seconds: number): Date => new Date(now.getTime() + seconds * 1000);

const redirect = (rawQuery: string) => verifier.verify({ provider, now, binding: 'redirect', rawQuery });
const post = (message: string) => verifier.verify({ provider, now, binding: 'post', message, relayState: 'state' });
const query = (changes: Partial<LogoutForgery> = {}): string => forgeLogoutQuery({ provider, now, ...changes });
const field = (changes: Partial<LogoutForgery> = {}): string => forgeLogoutField({ provider, now, ...changes });

async function refusal(verifying: Promise<unknown>): Promise<SamlErrorCode | 'accepted'> {
  return verifying.then(
    () => 'accepted' as const,
    (error: unknown) => {
      if (error instanceof SamlError) return error.code;
      throw error;
    },
  );
}

describe('logout messages', () => {
  it('are read from a redirect', async () => {
    const request = await redirect(query({ id: '_one', relayState: 'a state & more', sessionIndexes: ['one', 'two'] }));
    expect(request).to.deep.include({
      ...{ kind: 'request', id: '_one', issuer: 'https://idp.example/entity', relayState: 'a state & more' },
      ...{ sessionIndexes: ['one', 'two'], notOnOrAfter: later(690) },
    });
    expect(request).to.have.nested.property('nameId.value', 'ada@example.com');
  });

  it('are read from a form', async () => {
    const request = await post(field({ sessionIndexes: [], notOnOrAfter: later(60) }));
    expect(request).to.deep.include({
      kind: 'request',
      relayState: 'state',
      sessionIndexes: [],
      notOnOrAfter: later(150),
    });
  });

  it('tell how a logout of ours went', async () => {
    const answer = { kind: 'LogoutResponse', inResponseTo: '_ours' } as const;
    expect(await redirect(query(answer))).to.include({ kind: 'response', inResponseTo: '_ours', status: 'success' });
    expect(await post(field({ ...answer, status: 'PartialLogout' }))).to.include({ status: 'partial' });
    expect(await post(field({ ...answer, status: 'Responder' }))).to.include({ status: 'failed' });
  });

  it('are verified over the query as it was written', async () => {
    const small = query({ relayState: 'a/b' }).replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
    // Signed in capitals, written in small letters: other bytes.
    expect(await refusal(redirect(small))).to.equal('SAML_SIGNATURE');
    // Microsoft writes and signs small letters.
    const encode = (text: string): string =>
      encodeURIComponent(text).replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
    expect(await refusal(redirect(query({ relayState: 'a/b', encode })))).to.equal('accepted');
    const moved = query({ relayState: 'x' }).split('&').reverse().join('&');
    expect(await refusal(redirect(moved))).to.equal('accepted');
    expect(
      await refusal(
        redirect(
          `${query()}&SAMLEncoding=urn%3Aoasis%3Anames%3Atc%3ASAML%3A2.0%3Abindings%3AURL-Encoding%3ADEFLATE&utm=1`,
        ),
      ),
    ).to.equal('accepted');
  });

  for (const algorithm of ['sha256', 'sha384', 'sha512'].map((hash) => rsaSha256.replace('sha256', hash)))
    it(`may be signed with ${algorithm}`, async () => {
      expect(await refusal(redirect(query({ algorithm })))).to.equal('accepted');
    });
  it('may be signed with RSA-PSS', async () => {
    const algorithm = 'http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1';
    expect(await refusal(redirect(query({ algorithm })))).to.equal('accepted');
  });

  const foreign = identity('foreign');
  const wrong: readonly (readonly [string, SamlErrorCode, Partial<LogoutForgery>])[] = [
    ['of another issuer', 'SAML_ISSUER', { issuer: 'https://evil.example' }],
    ['for another address', 'SAML_DESTINATION', { destination: 'https://store.example/saml/other/logout' }],
    ['for no address', 'SAML_DESTINATION', { destination: null }],
    ['that have ended', 'SAML_EXPIRED', { notOnOrAfter: later(-90) }],
    ['of eleven minutes ago', 'SAML_EXPIRED', { edit: (xml) => xml.replace('12:00:00', '11:48:30') }],
    ['of tomorrow', 'SAML_EXPIRED', { edit: (xml) => xml.replace('05-06', '05-07') }],
    ['signed by somebody else', 'SAML_SIGNATURE', { by: foreign }],
    ['about nobody', 'SAML_SUBJECT', { edit: (xml) => xml.replace(/<saml:NameID>.*<\/saml:NameID>/, '') }],
    ['of SAML 1.1', 'SAML_STRUCTURE', { edit: (xml) => xml.replace('Version="2.0"', 'Version="1.1"') }],
    ['with a comment in the NameID', 'SAML_MESSAGE_INVALID', { edit: (xml) => xml.replace('ada@', 'ada<!-- -->@') }],
    ['with a document type', 'SAML_MESSAGE_INVALID', { edit: (xml) => `<!DOCTYPE x>${xml}` }],
    [
      'with a message in them',
      'SAML_STRUCTURE',
      { edit: (xml) => xml.replace('<saml:NameID>', '<samlp:LogoutRequest/><saml:NameID>') },
    ],
    ['that answer nothing', 'SAML_UNSOLICITED', { kind: 'LogoutResponse' }],
  ];
  for (const [name, code, changes] of wrong)
    it(`${name} are refused`, async () => {
      expect(await refusal(redirect(query(changes))), 'redirect').to.equal(code);
      expect(await refusal(post(field(changes))), 'form').to.equal(code);
    });

  const changed: readonly (readonly [string, SamlErrorCode, (query: string) => string])[] = [
    ['without signature', 'SAML_SIGNATURE', (q) => q.replace(/&SigAlg.*/, '')],
    ['without algorithm', 'SAML_SIGNATURE', (q) => q.replace(/&SigAlg[^&]*/, '')],
    ['with another RelayState', 'SAML_SIGNATURE', (q) => q.replace('RelayState=x', 'RelayState=y')],
    ['without its RelayState', 'SAML_SIGNATURE', (q) => q.replace('&RelayState=x', '')],
    ['with another message', 'SAML_SIGNATURE', (q) => q.replace(/SAMLRequest=[^&]*/, query().split('&')[0] ?? '')],
    ['with two messages', 'SAML_MESSAGE_INVALID', (q) => `${q}&${query().split('&')[0]}`],
    ['with a request and a response', 'SAML_MESSAGE_INVALID', (q) => `SAMLResponse=AAAA&${q}`],
    ['with a response that is a request', 'SAML_SIGNATURE', (q) => q.replace('SAMLRequest', 'SAMLResponse')],
    ['with a name that is encoded', 'SAML_MESSAGE_INVALID', (q) => q.replace('SAMLRequest', 'SAML%52equest')],
    ['with two signatures', 'SAML_MESSAGE_INVALID', (q) => `${q}&Signature=AAAA`],
    [
      'with SHA-1',
      'SAML_ALGORITHM',
      (q) => q.replace(/SigAlg=[^&]*/, `SigAlg=${encodeURIComponent('http://www.w3.org/2000/09/xmldsig#rsa-sha1')}`),
    ],
    ['with an unknown encoding', 'SAML_MESSAGE_INVALID', (q) => `${q}&SAMLEncoding=urn%3Ax`],
    ['with a broken percent sign', 'SAML_MESSAGE_INVALID', (q) => q.replace(/SAMLRequest=/, 'SAMLRequest=%zz')],
    ['with a signature that is no base64', 'SAML_MESSAGE_INVALID', (q) => q.replace(/Signature=.*/, 'Signature=%21')],
    ['that is empty', 'SAML_MESSAGE_INVALID', () => ''],
  ];
  for (const [name, code, change] of changed)
    it(`a redirect ${name} is refused`, async () => {
      expect(await refusal(redirect(change(query({ relayState: 'x' }))))).to.equal(code);
    });

  it('a request that calls itself a response is refused', async () => {
    expect(await refusal(redirect(query({ parameter: 'SAMLResponse' })))).to.equal('SAML_STRUCTURE');
  });

  it('a bomb is refused, whoever signed it', async () => {
    expect(
      await refusal(
        redirect(query({ edit: (xml) => xml.replace('</saml:Issuer>', `${' '.repeat(70_000)}</saml:Issuer>`) })),
      ),
    ).to.equal('SAML_MESSAGE_INVALID');
    const unsigned = `SAMLRequest=${encodeURIComponent(deflateRawSync(Buffer.alloc(5_000_000)).toString('base64'))}`;
    expect(await refusal(redirect(unsigned))).to.equal('SAML_SIGNATURE');
  });

  it('a form without signature, or with one of SHA-1, is refused', async () => {
    const bare = Buffer.from(
      Buffer.from(field(), 'base64')
        .toString()
        .replace(/<ds:Signature.*<\/ds:Signature>/, ''),
    ).toString('base64');
    expect(await refusal(post(bare))).to.equal('SAML_SIGNATURE');
    const old = { algorithm: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1' };
    expect(await refusal(post(field({ signature: old })))).to.equal('SAML_ALGORITHM');
  });

  it('are refused where SAML is off', async () => {
    const off = samlProvider({ enabled: false });
    expect(await refusal(verifier.verify({ provider: off, now, binding: 'redirect', rawQuery: query() }))).to.equal(
      'SAML_DISABLED',
    );
  });
});
