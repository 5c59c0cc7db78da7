import { createHmac } from 'node:crypto';

const prefix = 'whsec_';

/**
 * `webhook-signature` of Standard Webhooks: for each secret `v1,` and the base64 of an HMAC-SHA256 over id, timestamp
 * (seconds of the epoch) and body with points between, keyed with the bytes whose base64 stands behind `whsec_`.
 */
export function signatureOf(
  message: { readonly id: string; readonly timestamp: number; readonly body: string },
  secrets: readonly string[],
): string {
  const signed = `${message.id}.${message.timestamp}.${message.body}`;
  return secrets
    .map((secret) => Buffer.from(secret.startsWith(prefix) ? secret.slice(prefix.length) : secret, 'base64'))
    .map((key) => `v1,${createHmac('sha256', key).update(signed).digest('base64')}`)
    .join(' ');
}
