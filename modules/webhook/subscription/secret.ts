import { randomBytes } from 'node:crypto';

/** A signing secret as Standard Webhooks has it: `whsec_` and base64 of 24 to 64 random bytes, here 32. */
export const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;
