import { domainToASCII } from 'node:url';
import type { Recipient } from '../mail.ts';

/**
 * Mailbox addresses that are taken: `local@domain`, at most 254 characters (RFC 5321 §4.5.3.1), without anything that
 * could end a header or an SMTP command. Quoted local parts are not taken: nobody has one, and they hide such things.
 */
const mailbox = /^[^\s@<>()[\]\\,;:"\p{Cc}\p{Cf}]{1,64}@(?:[^\s@<>()[\]\\,;:"\p{Cc}\p{Cf}]+|\[[0-9A-Fa-f:.]+\])$/u;

/**
 * A recipient that SMTP can be told of, its domain in ASCII (RFC 5890) and its name free of line ends and other control
 * characters; undefined where the address is none.
 */
export function readRecipient({ address, name }: Recipient): Recipient | undefined {
  const given = address.trim();
  if (given.length > 254 || !mailbox.test(given)) return undefined;
  const at = given.lastIndexOf('@');
  const domain = given.slice(at + 1);
  const ascii = domain.startsWith('[') ? domain : domainToASCII(domain);
  if (ascii === '') return undefined;
  const shown = name === undefined ? '' : oneLine(name);
  return { address: `${given.slice(0, at)}@${ascii}`, ...(shown === '' ? {} : { name: shown }) };
}

/** True for addresses in `.invalid`, which can never exist (RFC 2606 §2): placeholders, which no mail is meant for. */
export const isPlaceholder = (address: string): boolean => /[@.]invalid\.?\s*$/i.test(address);

/** Text for a header or a log: one line, without control characters and without what turns the direction of writing. */
export const oneLine = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
