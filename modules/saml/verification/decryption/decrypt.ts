import { SamlError } from '../../error.ts';
import type { SamlKey } from '../../provider/provider.ts';
import { decodeUtf8 } from '../../xml/utf8.ts';
import { decipher } from './decipher.ts';
import { readEnvelope } from './envelope.ts';
import { unwrapKey } from './unwrap.ts';

/**
 * The text of an encrypted assertion. CBC is decrypted only where the response around it was signed and that signature
 * has been verified: to others each answer would tell a little of the text. Whatever goes wrong after that is one error.
 *
 * @param encrypted an `<EncryptedAssertion>`
 * @throws SamlError `SAML_ENCRYPTION`
 */
export function decryptAssertion(
  encrypted: Element,
  keys: readonly SamlKey[],
  { envelopeVerified }: { envelopeVerified: boolean },
): string {
  const envelope = readEnvelope(encrypted);
  if (!envelope.cipher.authenticated && !envelopeVerified)
    throw new SamlError(
      'SAML_ENCRYPTION',
      'The assertion is encrypted with AES-CBC in a response that is not signed. Let the identity provider encrypt with AES-GCM, or sign the response too.',
      { point: 9 },
    );
  try {
    return decodeUtf8(decipher(envelope, unwrapKey(envelope, keys)));
  } catch {
    throw new SamlError(
      'SAML_ENCRYPTION',
      "The assertion can't be decrypted. Check that the identity provider encrypts with a certificate of this connection's metadata.",
      { point: 9 },
    );
  }
}
