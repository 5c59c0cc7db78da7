import { createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { SignedXml } from 'xml-crypto';
import type { SamlKey } from '../provider/provider.ts';
import { recent } from '../verification/recent.ts';

const rsaSha256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
const sha256 = 'http://www.w3.org/2001/04/xmlenc#sha256';
const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const enveloped = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature';

/** What a browser is to carry to an identity provider. */
export type CarriedMessage =
  | { readonly binding: 'redirect'; readonly address: string }
  | { readonly binding: 'post'; readonly address: string; readonly fields: readonly (readonly [string, string])[] };

/** A message of ours and where it goes. */
export interface Message {
  readonly xml: string;
  readonly kind: 'SAMLRequest' | 'SAMLResponse';
  readonly relayState: string | undefined;
  readonly address: string;
  /** Undefined: it goes unsigned. */
  readonly key: SamlKey | undefined;
}

/** Reading a key costs as much as signing with it. */
const privateKeyOf = recent((pem) => createPrivateKey(pem));
const keyOf = ({ privateKey }: SamlKey): KeyObject => privateKeyOf(privateKey);

/** A message in the HTTP-Redirect binding (saml-bindings §3.4): deflated into the address, the query signed as it stands. */
export function byRedirect({ xml, kind, relayState, address, key }: Message): CarriedMessage {
  const parts: [string, string][] = [[kind, deflateRawSync(xml).toString('base64')]];
  if (relayState !== undefined) parts.push(['RelayState', relayState]);
  if (key) parts.push(['SigAlg', rsaSha256]);
  const query = parts.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
  const signature = key && sign('sha256', Buffer.from(query), keyOf(key)).toString('base64');
  const signed = signature === undefined ? query : `${query}&Signature=${encodeURIComponent(signature)}`;
  return { binding: 'redirect', address: `${address}${address.includes('?') ? '&' : '?'}${signed}` };
}

/** A message in the HTTP-POST binding (saml-bindings §3.5): the fields of a form, the signature inside the message. */
export function byPost({ xml, kind, relayState, address, key }: Message): CarriedMessage {
  const text = key ? enveloping(xml, key) : xml;
  const fields: [string, string][] = [[kind, Buffer.from(text).toString('base64')]];
  if (relayState !== undefined) fields.push(['RelayState', relayState]);
  return { binding: 'post', address, fields };
}

/** The message with a signature over all of it behind its Issuer, where the schema has it. */
export function enveloping(xml: string, key: SamlKey): string {
  const signed = new SignedXml({
    privateKey: keyOf(key),
    signatureAlgorithm: rsaSha256,
    canonicalizationAlgorithm: exclusive,
  });
  signed.addReference({ xpath: '/*', digestAlgorithm: sha256, transforms: [enveloped, exclusive] });
  signed.computeSignature(xml, {
    prefix: 'ds',
    location: { reference: "/*/*[local-name(.)='Issuer']", action: 'after' },
  });
  return signed.getSignedXml();
}
