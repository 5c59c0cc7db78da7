import { randomBytes } from 'node:crypto';

const letters = 'ABCDEFGHJKMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz0123456789';

/** `webhook-id` of an event, the same for every subscription and attempt: `msg_` and 24 letters, about 140 bits. */
export function newMessageId(): string {
  let text = 'msg_';
  for (const byte of randomBytes(24)) text += letters[byte % letters.length];
  return text;
}
