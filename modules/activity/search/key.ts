import { createHash } from 'node:crypto';

/**
 * Equality of subjects as everywhere in the house: trimmed, NFKC, lower case, NFKC. Only compared with itself, so it needs
 * no agreement with another room's.
 */
export function foldSubject(text: string): string {
  return text.trim().normalize('NFKC').toLowerCase().normalize('NFKC').replaceAll('ς', 'σ').trim();
}

/**
 * 48 bits of a digest: a key as narrow as an integer for texts of any length. Two texts may share one, so whoever
 * searches by it compares the texts afterwards.
 */
export const narrowKey = (text: string): number => createHash('sha256').update(text).digest().readUIntBE(0, 6);

export const subjectKey = (subject: string): number => narrowKey(foldSubject(subject));
