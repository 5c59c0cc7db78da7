import { quoted, ValueRefused } from '../transfer-error.ts';
import type { Codec } from './codec.ts';

const yes: ReadonlySet<string> = new Set(['1', 'yes', 'y', 'true']);
const no: ReadonlySet<string> = new Set(['0', 'no', 'n', 'false']);

/**
 * Reads yes or no.
 *
 * @throws ValueRefused
 */
export function flagOf(text: string): boolean {
  const word = text.trim().toLowerCase();
  if (yes.has(word)) return true;
  if (no.has(word)) return false;
  throw new ValueRefused(`${quoted(text)} is neither yes nor no. Write 1 or 0, Yes or No.`);
}

/** Columns that hold 0 and 1. */
export const numberFlag: Codec = { toText: String, toValue: (text) => Number(flagOf(text)) };

/** Attributes with Magento's source of Yes and No, which its export writes as these words. */
export const wordFlag: Codec = {
  toText: (value) => (Number(value) === 1 ? 'Yes' : Number(value) === 0 ? 'No' : String(value)),
  toValue: (text) => Number(flagOf(text)),
};
