import { randomBytes } from 'node:crypto';

/** An ID for a message that nobody answers: no digit first, as xs:ID wants it, and 160 random bits. */
export const newMessageId = (): string => `_${randomBytes(20).toString('hex')}`;
