import { promisify } from 'node:util';
import { type InputType, inflateRaw, type ZlibOptions } from 'node:zlib';
import { SamlError } from '../error.ts';
import { maxInflated } from './limits.ts';

const inflate: (bytes: InputType, options: ZlibOptions) => Promise<Buffer> = promisify(inflateRaw);

/**
 * Undoes the DEFLATE encoding of the HTTP-Redirect binding; stops at 64 KiB.
 *
 * @throws SamlError `SAML_MESSAGE_INVALID`
 */
export async function inflateMessage(bytes: Buffer): Promise<Buffer> {
  try {
    return await inflate(bytes, { maxOutputLength: maxInflated });
  } catch (cause) {
    const why = cause instanceof RangeError ? `becomes longer than ${maxInflated} bytes` : 'is not DEFLATE';
    throw new SamlError('SAML_MESSAGE_INVALID', `The message ${why}.`, { cause, point: 1 });
  }
}
