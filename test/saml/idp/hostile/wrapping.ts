import { encrypted } from '../encrypt.ts';
import { fieldOf, forge } from '../forge.ts';
import { identity } from '../identity.ts';
import { assertionPattern, type Base, cut, type Hostile, signaturePattern } from './hostile.ts';

/** A signed element, the same without its signature, the signature, and a forgery without one. */
interface Parts {
  readonly signed: string;
  readonly bare: string;
  readonly signature: string;
  readonly forgery: string;
}

const behindIssuer = (element: string, inserted: string): string =>
  element.replace(/<\/(?:i|saml):Issuer>/, (issuer) => `${issuer}${inserted}`);
const atTheEnd = (element: string, inserted: string): string =>
  element.replace(/<\/[\w:]+>$/, (end) => `${inserted}${end}`);
const inSignature = (signature: string, inserted: string): string => atTheEnd(signature, inserted);
const inObject = (text: string): string => `<ds:Object>${text}</ds:Object>`;
const idOf = (element: string): string => / ID="([^"]+)"/.exec(element)?.[1] ?? '';
const sameId = ({ forgery, signed }: Parts): string => forgery.replace(/ ID="[^"]+"/, ` ID="${idOf(signed)}"`);

/** The eight ways of "On Breaking SAML" (2012), as they arrange one element and its forgery. */
const arrangements: readonly ((parts: Parts) => string)[] = [
  (p) => behindIssuer(p.forgery, inSignature(p.signature, p.bare)),
  (p) => behindIssuer(p.forgery, p.bare + p.signature),
  (p) => p.forgery + p.signed,
  (p) => atTheEnd(p.forgery, p.signed),
  (p) => behindIssuer(p.forgery, p.signature) + p.bare,
  (p) => behindIssuer(sameId(p), inSignature(p.signature, p.bare)),
  (p) =>
    behindIssuer(
      p.forgery,
      `<samlp:Extensions xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol">${p.signed}</samlp:Extensions>`,
    ),
  (p) => behindIssuer(p.forgery, inSignature(p.signature, inObject(p.bare))),
];

const eve = { nameId: 'eve@example.com' };

function wrappedResponse(base: Base, number: number, encrypt: boolean): string {
  const how = encrypt ? { encrypt: {} } : {};
  const { xml: signed } = forge({ ...base, ...how, sign: 'response' });
  const { xml: forgery } = forge({ ...base, ...how, sign: 'none', assertion: eve });
  const signature = cut(signed, signaturePattern);
  const parts = { signed, signature, forgery, bare: signed.replace(signature, '') };
  const arranged = arrangements[number]?.(parts) ?? '';
  // Two responses beside each other need a root.
  const lonely = number === 2 || number === 4;
  return lonely ? atTheEnd(parts.forgery, arranged) : arranged;
}

function wrappedAssertion(base: Base, number: number, encrypt: boolean): string {
  const { xml } = forge({ ...base, sign: 'assertion' });
  const signed = cut(xml, assertionPattern);
  const forgery = cut(forge({ ...base, sign: 'none', assertion: eve }).xml, assertionPattern);
  const signature = cut(signed, signaturePattern);
  const arranged = arrangements[number]?.({ signed, signature, forgery, bare: signed.replace(signature, '') }) ?? '';
  const certificate = identity('sp').certificate;
  const content = encrypt
    ? encrypted(arranged, { certificate, cipher: 'aes256-gcm', transport: 'oaep-mgf1p', keyPlace: 'inside' })
    : arranged;
  return xml.replace(signed, () => content);
}

const variants = [
  { of: 'response', encrypt: false, make: wrappedResponse },
  { of: 'response', encrypt: true, make: wrappedResponse },
  { of: 'assertion', encrypt: false, make: wrappedAssertion },
  { of: 'assertion', encrypt: true, make: wrappedAssertion },
];

/** XSW1–8 × response and assertion × in the clear and encrypted. */
export const wrapping: readonly Hostile[] = variants.flatMap(({ of, encrypt, make }) =>
  arrangements.map((_, number) => ({
    name: `signature wrapping ${number + 1} of a signed ${of}${encrypt ? ', encrypted' : ''}`,
    // Two documents where one assertion is expected are no XML.
    code: encrypt && of === 'assertion' && (number === 2 || number === 4) ? 'SAML_MESSAGE_INVALID' : 'SAML_STRUCTURE',
    make: (base: Base) => fieldOf(make(base, number, encrypt)),
  })),
);
