import { SamlError } from '../error.ts';

/**
 * Decodes base64 as RFC 4648 §4 has it: padded, nothing outside the alphabet but line breaks, spaces and tabs, no spare
 * bits, so that two readers never see two things.
 *
 * @param maxBytes refused before anything is decoded
 * @throws SamlError `SAML_MESSAGE_INVALID`
 */
export function decodeBase64(text: string, maxBytes: number): Buffer {
  // Line breaks after every 60 characters or more add less than a tenth.
  if (text.length > (maxBytes * 4) / 3 + maxBytes / 8 + 4) throw invalid(`is longer than ${maxBytes} bytes`);
  const compact = text.replace(/[\t\n\r ]+/g, '');
  if (compact === '') throw invalid('is empty');
  const bytes = Buffer.from(compact, 'base64');
  if (bytes.length > maxBytes) throw invalid(`is longer than ${maxBytes} bytes`);
  // Node passes over what is no base64; written anew, nothing may be missing.
  if (bytes.toString('base64') !== compact) throw invalid('is not base64');
  return bytes;
}

const invalid = (what: string): SamlError =>
  new SamlError('SAML_MESSAGE_INVALID', `The message ${what}.`, { point: 1 });
