import type { Anchor } from '../seal/verify.ts';

/** Reads `<seal>:<key>:<digest>`, as it is printed and logged; undefined for anything else. */
export function readAnchor(text: string): Anchor | undefined {
  const [, seal, digest] = /^(\d{1,10}):(\d{1,9}:[0-9a-f]{64})$/.exec(text) ?? [];
  return seal === undefined || digest === undefined ? undefined : { sealId: Number(seal), digest };
}
