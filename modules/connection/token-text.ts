import { randomBytes, randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';

/**
 * A bearer token reads `vsb_<id>_<secret><checksum>`: a prefix that secret scanners can look for, 8 characters that name
 * the token's row, 256 random bits in base64url, and 6 characters of CRC-32 that let a mistyped or foreign token be
 * refused without asking the database. 62 characters in all: some providers cap a secret at 64.
 */
export interface TokenText {
  readonly publicId: string;
  readonly secret: string;
}

const prefix = 'vsb_';
const idLength = 8;
const secretLength = 43;
const checksumLength = 6;
/** Length of every token. */
export const tokenLength: number = prefix.length + idLength + 1 + secretLength + checksumLength;

const idAlphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';

const checksum = (text: string): string => crc32(text).toString(36).padStart(7, '0').slice(-checksumLength);

const isIdCharacter = (c: number): boolean => (c >= 97 && c <= 122) || (c >= 48 && c <= 57);
const isSecretCharacter = (c: number): boolean => isIdCharacter(c) || (c >= 65 && c <= 90) || c === 45 || c === 95;

/** A new random token and its parts. The whole text is shown once and stored nowhere. */
export function generateToken(): TokenText & { text: string } {
  const publicId = Array.from({ length: idLength }, () => idAlphabet[randomInt(idAlphabet.length)]).join('');
  const secret = randomBytes(32).toString('base64url');
  const body = `${prefix}${publicId}_${secret}`;
  return { publicId, secret, text: body + checksum(body) };
}

/** Takes a token apart, or answers undefined when it can't be one of ours. Constant work for its length. */
export function parseToken(text: string): TokenText | undefined {
  if (text.length !== tokenLength || !text.startsWith(prefix)) return undefined;
  const secretStart = prefix.length + idLength + 1;
  const bodyEnd = secretStart + secretLength;
  if (text[secretStart - 1] !== '_') return undefined;
  for (let i = prefix.length; i < secretStart - 1; i++) if (!isIdCharacter(text.charCodeAt(i))) return undefined;
  for (let i = secretStart; i < bodyEnd; i++) if (!isSecretCharacter(text.charCodeAt(i))) return undefined;
  if (checksum(text.slice(0, bodyEnd)) !== text.slice(bodyEnd)) return undefined;
  return { publicId: text.slice(prefix.length, prefix.length + idLength), secret: text.slice(secretStart, bodyEnd) };
}
