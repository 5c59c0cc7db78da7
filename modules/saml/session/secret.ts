import { hash, randomBytes } from 'node:crypto';

/** 256 random bits as they stand in a cookie or an address. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** How a secret is kept: whoever reads the table cannot use what he finds. SHA-256 in hex. */
export const digestOf = (secret: string): string => hash('sha256', secret);

/** Whether a text can be one of {@link newSecret}. */
export const isSecret = (text: string): boolean => /^[\w-]{43}$/.test(text);
