/**
 * The one fold that decides equality, order and uniqueness of case-insensitive values: trim, NFKC, lower case, NFKC,
 * final sigma as sigma. Two names are the same exactly when their folds are; folding twice changes nothing.
 */
export function fold(text: string): string {
  const trimmed = text.trim();
  // Compatibility characters may decompose into a blank and a mark: the second trim keeps the fold idempotent.
  return isAscii(trimmed) ? trimmed.toLowerCase() : foldUnicode(trimmed).trim();
}

/** The same fold without trimming, for a part of a value (`co`, `sw`, `ew`), where blanks at the ends count. */
export function foldPart(text: string): string {
  return isAscii(text) ? text.toLowerCase() : foldUnicode(text);
}

/** Orders two strings by code point; UTF-16 order, which `<` gives, differs from it beyond the BMP. */
export function compareCodePoints(left: string, right: string): number {
  const shorter = Math.min(left.length, right.length);
  for (let i = 0; i < shorter; i++) {
    const a = left.charCodeAt(i);
    const b = right.charCodeAt(i);
    if (a !== b) return surrogatesLast(a) - surrogatesLast(b);
  }
  return left.length - right.length;
}

const surrogatesLast = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);

function foldUnicode(text: string): string {
  return text.normalize('NFKC').toLowerCase().normalize('NFKC').replaceAll('ς', 'σ');
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}
