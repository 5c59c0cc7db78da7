import { createHash, timingSafeEqual } from 'node:crypto';

/** Digests of both sides have one length, so the comparison tells nothing, not even that. */
export const same = (a: string, b: string): boolean =>
  timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest());
