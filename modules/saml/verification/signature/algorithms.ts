import { constants, type KeyObject, type SigningOptions, verify } from 'node:crypto';
import { excC14n } from '../../xml/names.ts';

const pkcs1: SigningOptions = { padding: constants.RSA_PKCS1_PADDING };
const pss: SigningOptions = {
  padding: constants.RSA_PKCS1_PSS_PADDING,
  saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
};
/** RFC 6931 §2.3.6: r and s side by side, each as long as the curve's order. */
const sideBySide: SigningOptions = { dsaEncoding: 'ieee-p1363' };
const more = 'http://www.w3.org/2001/04/xmldsig-more#';
export const rsaPss = 'http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1';

/** How a signature method reads for node:crypto. */
export interface SignatureMethod {
  readonly hash: string;
  readonly keyKind: 'rsa' | 'ec';
  readonly options: SigningOptions;
}

const methods = (name: string, keyKind: SignatureMethod['keyKind'], options: SigningOptions) =>
  ['sha256', 'sha384', 'sha512'].map((hash): [string, SignatureMethod] => [
    `${more}${name}-${hash}`,
    { hash, keyKind, options },
  ]);

/** What a signature may use, by its URI. Everything else is refused, however good the signature is. */
export const signatureMethods: ReadonlyMap<string, SignatureMethod> = new Map([
  ...methods('rsa', 'rsa', pkcs1),
  ...methods('ecdsa', 'ec', sideBySide),
  [rsaPss, { hash: 'sha256', keyKind: 'rsa', options: pss }],
]);

/** Digests of what is signed, by URI, as node:crypto calls them. */
export const digestMethods: ReadonlyMap<string, string> = new Map([
  ['http://www.w3.org/2001/04/xmlenc#sha256', 'sha256'],
  [`${more}sha384`, 'sha384'],
  ['http://www.w3.org/2001/04/xmlenc#sha512', 'sha512'],
]);

/** Of all these, what node-saml's check knows: xml-crypto has it built in. */
export const ofNodeSaml: ReadonlySet<string> = new Set([
  `${more}rsa-sha256`,
  `${more}rsa-sha512`,
  rsaPss,
  'http://www.w3.org/2001/04/xmlenc#sha256',
  'http://www.w3.org/2001/04/xmlenc#sha512',
]);

export const inclusiveC14n = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315';
export const canonicalizations: ReadonlySet<string> = new Set([inclusiveC14n, excC14n]);
export const enveloped = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature';

/** For people whose identity provider signs with something else. */
export const signatureCure = 'Let the identity provider sign with RSA or ECDSA, and SHA-256 or better.';

/** Whether a key can be one of a method. A key of another kind is not even tried: OpenSSL would go by what the key is. */
export const isKeyOf = ({ keyKind }: SignatureMethod, key: KeyObject): boolean => key.asymmetricKeyType === keyKind;

/** Whether a key has signed a text by a method. */
export const hasSigned = (method: SignatureMethod, key: KeyObject, text: string | Buffer, signature: Buffer): boolean =>
  isKeyOf(method, key) && verify(method.hash, Buffer.from(text), { key, ...method.options }, signature);
