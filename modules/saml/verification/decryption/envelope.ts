import { SamlError } from '../../error.ts';
import { decodeBase64 } from '../../xml/base64.ts';
import { attribute, child, children, onlyChild, text } from '../../xml/element.ts';
import { messageLimits } from '../../xml/limits.ts';
import { ds, xenc, xenc11 } from '../../xml/names.ts';
import { type Cipher, ciphers, oaep11, oaepDigests, oaepMasks, oaepMgf1p } from './algorithms.ts';

/** What is encrypted, and the key it is encrypted with, wrapped for one of our keys. */
export interface Envelope {
  readonly cipher: Cipher;
  readonly content: Buffer;
  readonly wrappedKey: Buffer;
  /** Hash of RSA-OAEP, for its label and its mask. */
  readonly oaepHash: string;
}

const wrong = (what: string): SamlError => new SamlError('SAML_ENCRYPTION', what, { point: 9 });

function algorithmOf(element: Element): { method: Element; algorithm: string } {
  const method = onlyChild(element, xenc, 'EncryptionMethod');
  return { method, algorithm: attribute(method, 'Algorithm') ?? '' };
}

const cipherValue = (element: Element): Buffer =>
  decodeBase64(text(onlyChild(onlyChild(element, xenc, 'CipherData'), xenc, 'CipherValue')), messageLimits.maxBytes);

function oaepHashOf(key: Element): string {
  const { method, algorithm } = algorithmOf(key);
  if (algorithm !== oaepMgf1p && algorithm !== oaep11)
    throw wrong(`The key is wrapped by ${JSON.stringify(algorithm.slice(0, 128))}; RSA-OAEP is needed.`);
  const digest = child(method, ds, 'DigestMethod');
  const mask = child(method, xenc11, 'MGF');
  const label = child(method, xenc, 'OAEPparams');
  const hash = digest ? oaepDigests.get(attribute(digest, 'Algorithm') ?? '') : 'sha1';
  const maskHash = mask && algorithm === oaep11 ? oaepMasks.get(attribute(mask, 'Algorithm') ?? '') : 'sha1';
  if (!hash || hash !== maskHash || label)
    throw wrong(
      'The key is wrapped by RSA-OAEP with two different hashes, an unknown one or a label; choose one hash for both.',
    );
  return hash;
}

/** The one wrapped key: in the data's KeyInfo, or beside the data. */
function wrappedKeyOf(encrypted: Element, data: Element): Element {
  const info = child(data, ds, 'KeyInfo');
  const keys = [...(info ? children(info, xenc, 'EncryptedKey') : []), ...children(encrypted, xenc, 'EncryptedKey')];
  const [key] = keys;
  if (!key || keys.length > 1) throw wrong(`The encrypted assertion has ${keys.length} keys, one is needed.`);
  return key;
}

/**
 * Reads how an assertion is encrypted. Nothing is decrypted.
 *
 * @param encrypted an `<EncryptedAssertion>`
 * @throws SamlError `SAML_ENCRYPTION` for algorithms that are not accepted
 */
export function readEnvelope(encrypted: Element): Envelope {
  const data = onlyChild(encrypted, xenc, 'EncryptedData');
  const { algorithm } = algorithmOf(data);
  const cipher = ciphers.get(algorithm);
  if (!cipher)
    throw wrong(`The assertion is encrypted by ${JSON.stringify(algorithm.slice(0, 128))}; AES-GCM is needed.`);
  const key = wrappedKeyOf(encrypted, data);
  return { cipher, content: cipherValue(data), wrappedKey: cipherValue(key), oaepHash: oaepHashOf(key) };
}
