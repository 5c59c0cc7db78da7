import { ecdsa } from './ecdsa.ts';
import { encryption } from './encryption.ts';
import type { Hostile } from './hostile.ts';
import { signatures } from './signatures.ts';
import { statements } from './statements.ts';
import { wrapping } from './wrapping.ts';
import { xmlDocuments } from './xml.ts';

/** Every hostile document, by kind. */
export const hostileDocuments: Readonly<Record<string, readonly Hostile[]>> = {
  'signature wrapping': wrapping,
  'strange XML': xmlDocuments,
  'wrong signatures': signatures,
  'wrong signatures by elliptic curves': ecdsa,
  'wrong statements': statements,
  'wrong encryption': encryption,
};
