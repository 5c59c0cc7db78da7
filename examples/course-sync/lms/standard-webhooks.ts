import { createHmac, timingSafeEqual } from 'node:crypto';

const prefix = 'whsec_';
/** How old or early a message may be, in seconds. */
const tolerance = 300;

/** What Standard Webhooks signs. */
export interface SignedMessage {
  readonly id: string;
  /** Seconds of the epoch. */
  readonly timestamp: number;
  readonly body: string | Buffer;
}

/** The bytes of a secret; undefined where it is none. */
const keyIn = (secret: string): Buffer | undefined => {
  const key = Buffer.from(secret.startsWith(prefix) ? secret.slice(prefix.length) : secret, 'base64');
  return key.length >= 16 ? key : undefined;
};

/** Whether a text can be a secret: `whsec_` and the base64 of at least 16 bytes. */
export const isSecret = (secret: string): boolean => keyIn(secret) !== undefined;

/**
 * `webhook-signature` of Standard Webhooks: `v1,` and the base64 of an HMAC-SHA256 over id, timestamp and body.
 * @throws Error for what is no secret: nothing is ever signed, or believed, with an empty key
 */
export function signatureOf({ id, timestamp, body }: SignedMessage, secret: string): string {
  const key = keyIn(secret);
  if (!key) throw new Error('What shall sign is no secret: whsec_ and the base64 of at least 16 bytes.');
  const hmac = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body);
  return `v1,${hmac.digest('base64')}`;
}

/** What is wrong with a signed message, in a sentence; undefined where nothing is. */
export function signatureProblem(
  headers: Readonly<Record<string, string | string[] | undefined>>,
  body: Buffer,
  secret: string,
  now: Date,
): string | undefined {
  const [id, stamp, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) =>
    String(headers[name] ?? ''),
  ) as [string, string, string];
  if (id === '' || signatures === '' || !/^\d{1,12}$/.test(stamp))
    return 'The headers webhook-id, webhook-timestamp and webhook-signature are missing; sign as Standard Webhooks has it.';
  const timestamp = Number(stamp);
  if (Math.abs(now.getTime() / 1_000 - timestamp) > tolerance)
    return `webhook-timestamp is more than ${tolerance / 60} minutes away from the time here; send it with the time of sending, in seconds.`;
  const expected = Buffer.from(signatureOf({ id, timestamp, body }, secret));
  const matches = signatures.split(' ').some((one) => {
    const given = Buffer.from(one);
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
  return matches ? undefined : 'The signature is wrong; sign with the secret under course_sync/orders/secret.';
}
