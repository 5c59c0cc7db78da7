import type { SamlProvider } from '../../../modules/saml/provider/provider.ts';
import { type EncryptionFacts, encrypted } from './encrypt.ts';
import { type Identity, identity } from './identity.ts';
import { type AssertionFacts, assertionXml, type ResponseFacts, responseXml } from './messages.ts';
import { type SignatureFacts, signed, usualSignature } from './sign.ts';

/** A response as `forge` makes it: everything that is left out is as a good identity provider would have it. */
export interface Forgery {
  readonly provider: SamlProvider;
  readonly now: Date;
  /** ID of the request that is answered; undefined: none. */
  readonly inResponseTo?: string | undefined;
  readonly by?: Identity;
  readonly sign?: 'assertion' | 'response' | 'both' | 'none';
  readonly assertion?: Partial<AssertionFacts>;
  readonly response?: Partial<ResponseFacts>;
  readonly signature?: Partial<SignatureFacts>;
  readonly responseSignature?: Partial<SignatureFacts>;
  readonly encrypt?: Partial<EncryptionFacts>;
  /** Changes of the text before and after each step. */
  readonly edit?: {
    readonly assertion?: (xml: string) => string;
    readonly signedAssertion?: (xml: string) => string;
    readonly response?: (xml: string) => string;
    readonly signedResponse?: (xml: string) => string;
  };
}

export interface Forged {
  readonly xml: string;
  /** The form field `SAMLResponse`. */
  readonly field: string;
}

/** A form field of a document. */
export const fieldOf = (xml: string): string => Buffer.from(xml, 'utf8').toString('base64');

const after = (date: Date, seconds: number): Date => new Date(date.getTime() + seconds * 1000);
let numbered = 0;

/** What an assertion says where a test says nothing else. */
export function usualAssertion({ provider, now, inResponseTo }: Forgery): AssertionFacts {
  return {
    id: `_assertion${++numbered}`,
    issuer: provider.idp?.entityId ?? '',
    issued: now,
    nameId: 'ada@example.com',
    nameIdFormat: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
    nameQualifier: undefined,
    spNameQualifier: undefined,
    recipient: provider.acsUrl,
    inResponseTo,
    confirmedUntil: after(now, 300),
    notBefore: after(now, -60),
    notOnOrAfter: after(now, 300),
    audiences: [[provider.entityId]],
    authnInstant: now,
    authnContext: 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport',
    sessionIndex: '_session',
    sessionEnds: undefined,
    attributes: [{ name: 'email', values: ['ada@example.com'] }],
    prefix: 'saml',
    pretty: false,
  };
}

function usualResponse({ provider, now, inResponseTo }: Forgery): ResponseFacts {
  return {
    id: `_response${++numbered}`,
    issuer: provider.idp?.entityId,
    issued: now,
    destination: provider.acsUrl,
    inResponseTo,
    status: 'Success',
    prefix: 'samlp',
    declarations: '',
    xmlDeclaration: false,
    pretty: false,
  };
}

const unchanged = (xml: string): string => xml;

/** Makes a response in any shape: builds, signs and encrypts what it is told, right or wrong. */
export function forge(forgery: Forgery): Forged {
  const { by = identity('idp'), sign = 'assertion', edit = {} } = forgery;
  const signature: SignatureFacts = { ...usualSignature(by), ...forgery.signature };
  const facts = { ...usualAssertion(forgery), ...forgery.assertion };
  let assertion = (edit.assertion ?? unchanged)(assertionXml(facts));
  const around: ResponseFacts = { ...usualResponse(forgery), ...forgery.response };
  // Inclusive canonicalization has the namespaces of the response in it: then it is signed in its place.
  const inPlace = signature.transforms.every((transform) => !transform.includes('exc-c14n')) && !forgery.encrypt;
  if ((sign === 'assertion' || sign === 'both') && !inPlace) assertion = signed(assertion, 'Assertion', signature);
  assertion = (edit.signedAssertion ?? unchanged)(assertion);
  if (forgery.encrypt)
    assertion = encrypted(assertion, {
      certificate: identity('sp').certificate,
      cipher: 'aes256-gcm',
      transport: 'oaep-mgf1p',
      keyPlace: 'inside',
      ...forgery.encrypt,
    });
  let xml = (edit.response ?? unchanged)(responseXml(around, assertion));
  if ((sign === 'assertion' || sign === 'both') && inPlace) xml = signed(xml, 'Assertion', signature);
  if (sign === 'response' || sign === 'both')
    xml = signed(xml, 'Response', { ...signature, ...forgery.responseSignature });
  xml = (edit.signedResponse ?? unchanged)(xml);
  return { xml, field: fieldOf(xml) };
}
