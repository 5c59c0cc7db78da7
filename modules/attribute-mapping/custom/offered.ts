import type { CustomerAttribute } from '../../customer/index.ts';
import { isOffered, kindOf } from './kind.ts';
import type { Offered } from './schema.ts';

/** Custom attributes that can be offered: each name once, whatever its case, and none of those that are taken. */
export function offeredOf(
  attributes: readonly CustomerAttribute[],
  isTaken: (code: string) => boolean,
): readonly Offered[] {
  const seen = new Set<string>();
  const offered: Offered[] = [];
  for (const attribute of attributes) {
    const kind = isOffered(attribute) ? kindOf(attribute) : undefined;
    const code = attribute.code.toLowerCase();
    if (kind === undefined || seen.has(code) || isTaken(code)) continue;
    seen.add(code);
    offered.push({ attribute, kind });
  }
  return offered;
}
