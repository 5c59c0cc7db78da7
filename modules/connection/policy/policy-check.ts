import { checkAddresses } from '../address/address-list.ts';
import { ConnectionError } from '../connection.ts';
import type { ConnectionPolicy } from './policy.ts';
import { type PolicyNumber, policyNumbers } from './policy-words.ts';

const fastest = 1_000_000;

/** Checks what can be told from the policy alone. @throws ConnectionError `ADDRESS_INVALID`, `RATE_INVALID`, `POLICY_INVALID` */
export function checkPolicy(policy: ConnectionPolicy): void {
  checkAddresses(policy.addresses);
  checkRate(policy.requestsPerSecond);
  for (const domain of policy.verifiedDomains)
    if (!isDomain(domain))
      throw new ConnectionError(
        'POLICY_INVALID',
        `"${domain}" is no domain of e-mail addresses; write such as example.com, separated by commas, or any.`,
      );
  for (const name of Object.keys(policyNumbers) as PolicyNumber[]) {
    const { from, to, label } = policyNumbers[name];
    if (Number.isInteger(policy[name]) && policy[name] >= from && policy[name] <= to) continue;
    throw new ConnectionError(
      'POLICY_INVALID',
      `"${label}" can't be ${policy[name]}; write a number from ${from} to ${to}.`,
    );
  }
}

function checkRate(requestsPerSecond: number | null): void {
  if (requestsPerSecond === null) return;
  if (Number.isInteger(requestsPerSecond) && requestsPerSecond >= 0 && requestsPerSecond <= fastest) return;
  throw new ConnectionError(
    'RATE_INVALID',
    `${requestsPerSecond} is no number of requests per second; write 1 to ${fastest}, 0 for no limit or default.`,
  );
}

/** In lower case; international domains in either form. */
const isDomain = (text: string): boolean =>
  text.length <= 253 &&
  /^[\p{L}\p{N}]([\p{L}\p{N}-]*[\p{L}\p{N}])?(\.[\p{L}\p{N}]([\p{L}\p{N}-]*[\p{L}\p{N}])?)+$/u.test(text) &&
  text === text.toLowerCase();

/** @throws ConnectionError `POLICY_INVALID` where it is no number */
export function readNumber(name: PolicyNumber, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  const { from, to, label } = policyNumbers[name];
  throw new ConnectionError('POLICY_INVALID', `"${label}" can't be "${text}"; write a number from ${from} to ${to}.`);
}

/** Reads domains, separated by commas or blanks, with or without an "@" in front; `any` is an empty list. */
export function readDomains(text: string): readonly string[] {
  const words = text
    .split(/[\s,]+/)
    .filter((word) => word !== '')
    .map((word) => word.replace(/^@/, '').toLowerCase());
  return words.length === 1 && words[0] === 'any' ? [] : [...new Set(words)];
}
