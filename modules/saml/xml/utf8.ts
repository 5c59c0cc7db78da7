import { SamlError } from '../error.ts';

const decoder = new TextDecoder('utf-8', { fatal: true });

/** Text of bytes; a byte order mark is dropped. @throws SamlError `SAML_MESSAGE_INVALID` for bytes that are not UTF-8 */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new SamlError('SAML_MESSAGE_INVALID', 'The message is not UTF-8.', { cause, point: 1 });
  }
}
