import type { ReceivedRequest } from '../activity.ts';
import { limited } from './bounds.ts';
import { keptPayload } from './values.ts';

/** A body up to this length is kept as it came, where nothing in it can be a secret. */
const shortEnough = 8_192;

/**
 * Anything that could be the name of a secret, a credential, or an escape behind which one could stand. Wider than what
 * the redaction looks for, because all it decides is whether that has to look.
 */
const suspicious =
  /passw|passphrase|pwd|secret|token|credential|authori[sz]ation|cookie|api[-_ ]?key|private[-_ ]?key|crypt[-_ ]?key|hash|otp|pin|bearer|basic|\\u/i;

/**
 * A request as the record keeps it: JSON text `{method, path, body}`. The body stands in it as it came, character by character,
 * unless a secret might be in it: then it is read, redacted and written anew, which costs many times as much.
 */
export function receivedText({ method, path, body, text }: ReceivedRequest): string {
  const head = `{"method":${JSON.stringify(limited(method, 20))},"path":${JSON.stringify(limited(path, 500))}`;
  if (text !== undefined && text.length <= shortEnough && body !== undefined && !suspicious.test(text))
    return `${head},"body":${text}}`;
  return body === undefined ? `${head}}` : `${head},"body":${JSON.stringify(keptPayload(body)) ?? 'null'}}`;
}
