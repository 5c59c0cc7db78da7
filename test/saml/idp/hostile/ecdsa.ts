import { createHmac } from 'node:crypto';
import { fieldOf, forge } from '../forge.ts';
import { type Identity, identity } from '../identity.ts';
import { ecdsaSha256, rsaSha256 } from '../sign.ts';
import { assertionPattern, cut, forged, type Hostile, signaturePattern } from './hostile.ts';

const [signature, algorithm, structure] = ['SAML_SIGNATURE', 'SAML_ALGORITHM', 'SAML_STRUCTURE'] as const;
const ours = identity('ec', 'prime256v1');
const foreign = identity('foreign', 'prime256v1');
const trusting = (...who: readonly Identity[]) => ({ idp: { certificates: who.map(({ trusted }) => trusted) } });
/** The order of P-256 (FIPS 186-4, D.1.2.3). */
const order = 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551';
const more = 'http://www.w3.org/2001/04/xmldsig-more#';

const valuePattern = /(<ds:SignatureValue>)([^<]*)/;
/** Another value in place of the signature's. */
const withValue = (change: (value: Buffer) => Buffer) => (xml: string) =>
  xml.replace(
    valuePattern,
    (_, tag: string, text: string) => `${tag}${change(Buffer.from(text, 'base64')).toString('base64')}`,
  );
const hex = (text: string) => (): Buffer => Buffer.from(text, 'hex');
const half = 32;

/** r and s as DER has them: each a number, with a zero in front where it would be negative. */
function der(value: Buffer): Buffer {
  const number = (part: Buffer): Buffer => {
    const short = part.subarray(part.findIndex((byte) => byte !== 0));
    const whole = (short[0] ?? 0) > 127 ? Buffer.concat([Buffer.of(0), short]) : short;
    return Buffer.concat([Buffer.of(2, whole.length), whole]);
  };
  const both = Buffer.concat([number(value.subarray(0, half)), number(value.subarray(half))]);
  return Buffer.concat([Buffer.of(0x30, both.length), both]);
}

/** A good document that is signed by ECDSA, changed after that. */
const altered = (name: string, code: Hostile['code'], change: (xml: string) => string): Hostile => ({
  name: `ECDSA: ${name}`,
  code,
  provider: trusting(ours),
  make: (base) => {
    const { xml } = forge({ ...base, by: ours });
    const changed = change(xml);
    if (changed === xml) throw new Error(`"${name}" changes nothing`);
    return fieldOf(changed);
  },
});
const valued = (name: string, change: (value: Buffer) => Buffer): Hostile =>
  altered(name, signature, withValue(change));
const signedBy = (
  name: string,
  code: Hostile['code'],
  by: Identity,
  trusted: readonly Identity[],
  uri?: string,
): Hostile =>
  forged(`ECDSA: ${name}`, code, { by, ...(uri ? { signature: { algorithm: uri } } : {}) }, trusting(...trusted));

/** Documents whose ECDSA signatures say nothing. */
export const ecdsa: readonly Hostile[] = [
  valued('r and s are zero, which some libraries verify anything with', hex('00'.repeat(64))),
  valued('r is zero', (value) => Buffer.concat([Buffer.alloc(half), value.subarray(half)])),
  valued('s is zero', (value) => Buffer.concat([value.subarray(0, half), Buffer.alloc(half)])),
  valued('r and s are the order of the curve', hex(order + order)),
  valued('r and s are one', hex(`${'00'.repeat(31)}01`.repeat(2))),
  valued('r and s have changed places', (value) => Buffer.concat([value.subarray(half), value.subarray(0, half)])),
  valued('the value is in DER', der),
  valued('the value is a byte short', (value) => value.subarray(1)),
  valued('the value is a byte too long', (value) => Buffer.concat([value, Buffer.alloc(1)])),
  valued('the value comes twice', (value) => Buffer.concat([value, value])),
  valued('a zero before r and before s', (value) =>
    Buffer.concat([Buffer.alloc(1), value.subarray(0, half), Buffer.alloc(1), value.subarray(half)]),
  ),
  valued('no value', () => Buffer.alloc(0)),
  valued('another value', (value) => Buffer.from(value.map((byte, at) => (at === 40 ? byte ^ 1 : byte)))),
  signedBy("somebody else's key on the same curve", signature, foreign, [ours]),
  signedBy('a key on another curve', signature, identity('foreign', 'secp384r1'), [ours]),
  signedBy("somebody else's key, where an RSA certificate is trusted", signature, foreign, [identity('idp')]),
  signedBy('a trusted key on P-224', algorithm, identity('ec', 'secp224r1'), [identity('ec', 'secp224r1')]),
  signedBy('a trusted key on secp256k1', algorithm, identity('ec', 'secp256k1'), [identity('ec', 'secp256k1')]),
  signedBy('SHA-1', algorithm, ours, [ours], `${more}ecdsa-sha1`),
  altered('a signature with SHA-256 that says SHA-512', signature, (xml) =>
    xml.replace(ecdsaSha256, `${more}ecdsa-sha512`),
  ),
  // OpenSSL verifies by what the key is, whatever the method says: these would be good.
  signedBy('an RSA signature that says ECDSA', signature, identity('idp'), [identity('idp')], ecdsaSha256),
  signedBy('an ECDSA signature that says RSA', signature, ours, [ours], rsaSha256),
  altered('a good signature that says EdDSA', algorithm, (xml) =>
    xml.replace(ecdsaSha256, 'http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519'),
  ),
  altered('an HMAC with the certificate', algorithm, (xml) =>
    withValue(() => createHmac('sha256', ours.certificate).update(xml).digest())(xml).replace(
      ecdsaSha256,
      `${more}hmac-sha256`,
    ),
  ),
  altered('a key of its own in the KeyInfo', signature, (xml) =>
    withValue((value) => Buffer.alloc(value.length, 7))(xml).replace(
      /<ds:KeyInfo>.*?<\/ds:KeyInfo>/,
      '<ds:KeyInfo><ds:KeyValue><e:ECKeyValue xmlns:e="http://www.w3.org/2009/xmldsig11#"><e:NamedCurve URI="urn:oid:1.2.840.10045.3.1.7"/><e:PublicKey>BAAA</e:PublicKey></e:ECKeyValue></ds:KeyValue></ds:KeyInfo>',
    ),
  ),
  altered('another NameID', signature, (xml) =>
    xml.replace('>ada@example.com</saml:NameID', '>eve@example.com</saml:NameID'),
  ),
  altered('another attribute', signature, (xml) => xml.replace('AttributeValue>ada', 'AttributeValue>eve')),
  altered('another digest', signature, (xml) => xml.replace(/(<ds:DigestValue>)./, '$1_')),
  altered('two signatures', structure, (xml) => xml.replace(signaturePattern, '$&$&')),
  altered('a wrapped assertion', structure, (xml) => {
    const assertion = cut(xml, assertionPattern);
    const evil = assertion
      .replace(signaturePattern, '')
      .replace(/ ID="[^"]*"/, ' ID="_evil"')
      .replaceAll('>ada@', '>eve@');
    return xml.replace(assertion, () => `${evil}${assertion}`);
  }),
];
