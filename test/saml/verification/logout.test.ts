import { deflateRawSync } from 'node:zlib';
import { expect } from 'chai';
import { SamlError, type SamlErrorCode } from '../../../modules/saml/error.ts';
import type { SamlProvider } from '../../../modules/saml/provider/provider.ts';
import { createLogoutVerifier } from '../../../modules/saml/verification/logout/verify-logout.ts';
import { fieldOf } from '../idp/forge.ts';
import { identity } from '../idp/identity.ts';
import { forgeLogoutField, forgeLogoutQuery, type LogoutForgery } from '../idp/logout.ts';
import { samlProvider } from '../idp/provider.ts';
import { ecdsaSha256, rsaSha256 } from '../idp/sign.ts';

const now = new Date('2024-05-06T12:00:00.000Z');
const provider = samlProvider();
const verifier = createLogoutVerifier();
const later = (seconds: number): Date => new Date(now.getTime() + seconds * 1000);

const redirect = (rawQuery: string) => verifier.verify({ provider, now, binding: 'redirect', rawQuery });
const redirectTo = (to: SamlProvider, rawQuery: string) =>
  verifier.verify({ provider: to, now, binding: 'redirect', rawQuery });
const post = (message: string) => verifier.verify({ provider, now, binding: 'post', message, relayState: 'state' });
const query = (changes: Partial<LogoutForgery> = {}): string => forgeLogoutQuery({ provider, now, ...changes });
const field = (changes: Partial<LogoutForgery> = {}): string => forgeLogoutField({ provider, now, ...changes });

/** A form field whose message has lost its signature. */
const withoutSignature = (text: string): string =>
  fieldOf(
    Buffer.from(text, 'base64')
      .toString()
      .replace(/<ds:Signature .*<\/ds:Signature>/, ''),
  );

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

  describe('signed by ECDSA', () => {
    const ec = identity('ec', 'prime256v1');
    const trusting = samlProvider({ idp: { certificates: [identity('idp').trusted, ec.trusted] } });
    const arrive = (changes: Partial<LogoutForgery>) =>
      verifier.verify({
        ...{ provider: trusting, now, binding: 'redirect' },
        rawQuery: forgeLogoutQuery({ provider: trusting, now, by: ec, ...changes }),
      });

    for (const hash of ['sha256', 'sha384', 'sha512'])
      it(`and ${hash} are read from a redirect, in either form of the value`, async () => {
        const algorithm = ecdsaSha256.replace('sha256', hash);
        for (const dsaEncoding of ['ieee-p1363', 'der'] as const)
          expect(await refusal(arrive({ algorithm, dsaEncoding })), dsaEncoding).to.equal('accepted');
      });

    it('are read from a form', async () => {
      const message = forgeLogoutField({ provider: trusting, now, by: ec });
      const arrival = { provider: trusting, now, binding: 'post', message, relayState: undefined } as const;
      expect(await refusal(verifier.verify(arrival))).to.equal('accepted');
      expect(await refusal(verifier.verify({ ...arrival, provider }))).to.equal('SAML_SIGNATURE');
    });

    it('are refused where they are of another key, another text or another method', async () => {
      expect(await refusal(arrive({ by: identity('foreign', 'prime256v1') }))).to.equal('SAML_SIGNATURE');
      const rawQuery = forgeLogoutQuery({ provider: trusting, now, by: ec, relayState: 'x' });
      const changed = (from: string | RegExp, to: string) => refusal(redirectTo(trusting, rawQuery.replace(from, to)));
      expect(await changed('RelayState=x', 'RelayState=y')).to.equal('SAML_SIGNATURE');
      const zero = encodeURIComponent(Buffer.alloc(64).toString('base64'));
      expect(await changed(/Signature=.*/, `Signature=${zero}`)).to.equal('SAML_SIGNATURE');
      const rsa = forgeLogoutQuery({ provider: trusting, now, algorithm: ecdsaSha256 });
      expect(await refusal(redirectTo(trusting, rsa))).to.equal('SAML_SIGNATURE');
      expect(await refusal(arrive({ algorithm: rsaSha256, dsaEncoding: 'der' }))).to.equal('SAML_SIGNATURE');
      expect(await refusal(arrive({ algorithm: ecdsaSha256.replace('sha256', 'sha1') }))).to.equal('SAML_ALGORITHM');
    });
  });

  describe('that nobody has signed', () => {
    const answer = { kind: 'LogoutResponse', inResponseTo: '_ours' } as const;
    const bareQuery = (changes: Partial<LogoutForgery>) => query(changes).replace(/&SigAlg.*/, '');

    it('are read where they answer, and say that they are not signed', async () => {
      // Entra names no Destination.
      for (const changes of [answer, { ...answer, destination: null }]) {
        expect(await redirect(bareQuery(changes))).to.include({ kind: 'response', signed: false, status: 'success' });
        expect(await post(withoutSignature(field(changes)))).to.include({ signed: false, inResponseTo: '_ours' });
      }
      expect(await redirect(query(answer))).to.include({ signed: true });
      expect(await post(field(answer))).to.include({ signed: true });
    });

    it('are refused where they ask', async () => {
      expect(await refusal(redirect(bareQuery({})))).to.equal('SAML_SIGNATURE');
      expect(await refusal(post(withoutSignature(field())))).to.equal('SAML_SIGNATURE');
      const disguised = bareQuery({ parameter: 'SAMLResponse' });
      expect(await refusal(redirect(disguised))).to.equal('SAML_STRUCTURE');
    });

    it('are refused with half a signature or a wrong one, from others, for others and too old', async () => {
      const good = query(answer);
      for (const half of [/&SigAlg=[^&]*/, /&Signature=.*/])
        expect(await refusal(redirect(good.replace(half, '')))).to.equal('SAML_SIGNATURE');
      const zeros = `Signature=${encodeURIComponent(Buffer.alloc(256).toString('base64'))}`;
      expect(await refusal(redirect(good.replace(/Signature=.*/, zeros)))).to.equal('SAML_SIGNATURE');
      for (const [code, changes] of [
        ['SAML_ISSUER', { issuer: 'https://evil.example' }],
        ['SAML_DESTINATION', { destination: 'https://store.example/saml/other/logout' }],
        ['SAML_EXPIRED', { edit: (xml: string) => xml.replace('12:00:00', '11:48:30') }],
        ['SAML_UNSOLICITED', { inResponseTo: '' }],
      ] as const) {
        expect(await refusal(redirect(bareQuery({ ...answer, ...changes }))), code).to.equal(code);
        expect(await refusal(post(withoutSignature(field({ ...answer, ...changes })))), code).to.equal(code);
      }
    });
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
    const bomb = encodeURIComponent(deflateRawSync(Buffer.alloc(5_000_000)).toString('base64'));
    expect(await refusal(redirect(`SAMLRequest=${bomb}`))).to.equal('SAML_SIGNATURE');
    expect(await refusal(redirect(`SAMLResponse=${bomb}`))).to.equal('SAML_MESSAGE_INVALID');
  });

  it('a form without signature, or with one of SHA-1, is refused', async () => {
    expect(await refusal(post(withoutSignature(field())))).to.equal('SAML_SIGNATURE');
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
