import { constants } from 'node:crypto';
import { excC14n } from '../../xml/names.ts';

const pkcs1 = { padding: constants.RSA_PKCS1_PADDING };
const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
const more = 'http://www.w3.org/2001/04/xmldsig-more#rsa-';

/** How a signature method reads for node:crypto. */
export interface SignatureMethod {
  readonly hash: string;
  readonly options: { readonly padding: number; readonly saltLength?: number };
}

/** What a signature may use, by its URI. Everything else is refused, however good the signature is. */
export const signatureMethods: ReadonlyMap<string, SignatureMethod> = new Map([
  [`${more}sha256`, { hash: 'sha256', options: pkcs1 }],
  [`${more}sha384`, { hash: 'sha384', options: pkcs1 }],
  [`${more}sha512`, { hash: 'sha512', options: pkcs1 }],
  ['http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1', { hash: 'sha256', options: pss }],
]);
/** Of these, what xml-crypto can verify. */
export const xmlSignatureMethods: ReadonlySet<string> = new Set(
  [...signatureMethods.keys()].filter((method) => method !== `${more}sha384`),
);
export const digestMethods: ReadonlySet<string> = new Set([
  'http://www.w3.org/2001/04/xmlenc#sha256',
  'http://www.w3.org/2001/04/xmlenc#sha512',
]);
export const inclusiveC14n = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315';
export const canonicalizations: ReadonlySet<string> = new Set([inclusiveC14n, excC14n]);
export const enveloped = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature';

/** Bits that an RSA key must have. */
export const minRsaBits = 2048;
