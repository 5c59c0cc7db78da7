import { randomBytes, randomInt } from 'node:crypto';

const idAlphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';
const idLength = 8;

/** 256 random bits, in base64url. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

export const newPublicId = (): string =>
  Array.from({ length: idLength }, () => idAlphabet[randomInt(idAlphabet.length)]).join('');

/** What stands behind `/setup/`: the public id alone, or with the secret of a link. */
export interface LinkText {
  readonly publicId: string;
  readonly secret: string | undefined;
}

export const linkText = (publicId: string, secret: string): string => `${publicId}-${secret}`;

/** Takes it apart; undefined for what can't be one of ours, which then costs no statement. */
export function parseLinkText(text: string): LinkText | undefined {
  const [, publicId, secret] = /^([a-z0-9]{8})(?:-([A-Za-z0-9_-]{43}))?$/.exec(text) ?? [];
  return publicId === undefined ? undefined : { publicId, secret };
}
